using Segue.Customers;
using Segue.Email;
using Segue.Journeys;
using Segue.Measurement;
using Segue.Orders;
using Segue.Ports;
using Segue.Simulation;
using Segue.Storage;

namespace Segue.Tests.Measurement.Reports;

/// <summary>What reports must say, worked out from the customers' own rows and nothing else.</summary>
internal sealed class BruteForce
{
    /// <summary>The goal's window of the journeys here.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromDays(28);

    private readonly List<Customer> _customers;

    public BruteForce(InMemoryTableStore store) =>
        _customers = [.. store.AllRows().Where(r => r.Table == Tables.Customers).GroupBy(r => r.Row.Partition, r => r.Row).Select(Read)];

    private sealed record Customer(CustomerProfile Profile, IReadOnlyList<Order> Orders, IReadOnlyList<Send> Sends, IReadOnlyList<Enrolment> Runs)
    {
        /// <summary>Orders that count with what returns left of each: told anew, not asked of the product.</summary>
        public IReadOnlyList<(Order Order, decimal Net)> Counted => [.. Orders
            .Where(o => o.Status == OrderStatus.Paid && o.RefundOf is null)
            .Select(o => (o, Back: Orders.Where(r => r.RefundOf == o.OrderId).ToList()))
            .Where(o => o.Back.Count == 0 || o.Back.Sum(r => r.Amount) < o.o.Amount)
            .Select(o => (o.o, o.o.Amount - o.Back.Sum(r => r.Amount)))];

        public IEnumerable<(Order Order, decimal Net)> Within(Enrolment run) =>
            Counted.Where(o => run.EnteredAt < o.Order.OrderedAt && o.Order.OrderedAt <= run.EnteredAt + Window);
    }

    /// <summary>Customers, orders and revenue of the groups that have anybody.</summary>
    public SortedDictionary<string, (int Customers, int Orders, decimal Revenue)> Groups(Func<CustomerProfile, string> of) => new(
        _customers.GroupBy(c => of(c.Profile)).ToDictionary(
            g => g.Key, g => (g.Count(), g.Sum(c => c.Counted.Count), g.Sum(c => c.Counted.Sum(o => o.Net)))),
        StringComparer.Ordinal);

    public int Reachable => _customers.Count(c => c.Profile.Summary.Reachable);

    public int Sent => _customers.Sum(c => c.Sends.Count(s => s.Status == SendStatus.Accepted));

    public int Runs(bool heldOut) => _customers.Sum(c => c.Runs.Count(r => r.HeldOut == heldOut));

    public int UnderWay => _customers.Sum(c => c.Runs.Count(r => !r.HeldOut && r.EndedAt is null));

    public int Conversions => _customers.Sum(c => c.Runs.Count(r => !r.HeldOut && c.Within(r).Any()));

    /// <summary>Customers, entries, conversions, revenue and the sum of the squares of customers' revenue, of one arm.</summary>
    public (int Customers, int Entries, int Conversions, decimal Revenue, decimal Squares) Arm(bool heldOut) =>
        Arm(r => r.HeldOut == heldOut);

    /// <summary>The same of the runs that are meant, where the customer could be mailed.</summary>
    public (int Customers, int Entries, int Conversions, decimal Revenue, decimal Squares) Arm(Func<Enrolment, bool> isIn)
    {
        var arm = _customers.Select(c => (Customer: c, Runs: c.Runs.Where(r => isIn(r) && r.Reachable).ToList())).Where(c => c.Runs.Count > 0).ToList();
        decimal Revenue((Customer Customer, List<Enrolment> Runs) c) => c.Runs.Sum(r => c.Customer.Within(r).Sum(o => o.Net));
        return (
            arm.Count, arm.Sum(c => c.Runs.Count), arm.Sum(c => c.Runs.Count(r => c.Customer.Within(r).Any())), arm.Sum(Revenue),
            arm.Sum(c => Revenue(c) * Revenue(c)));
    }

    /// <summary>Orders and revenue by step of the mail that each order is attributed to.</summary>
    /// <param name="first">The first mail before it, not the last.</param>
    public SortedDictionary<string, (decimal Orders, decimal Revenue)> Attributed(bool first)
    {
        var steps = new SortedDictionary<string, (decimal Orders, decimal Revenue)>(StringComparer.Ordinal);
        foreach (var customer in _customers)
        {
            foreach (var (order, net) in customer.Counted)
            {
                var touches = customer.Sends.Where(s => s.Status == SendStatus.Accepted && s.ClaimedAt <= order.OrderedAt
                    && order.OrderedAt <= customer.Runs.Single(r => r.Run == s.Run).EnteredAt + Window).OrderBy(s => s.ClaimedAt).ToList();
                if (touches.Count > 0)
                {
                    var step = (first ? touches[0] : touches[^1]).Step;
                    var (orders, revenue) = steps.GetValueOrDefault(step);
                    steps[step] = (orders + 1, revenue + net);
                }
            }
        }

        return steps;
    }

    private static Customer Read(IGrouping<string, Row> rows)
    {
        IEnumerable<Row> With(string prefix) => rows.Where(r => r.Key.StartsWith(prefix, StringComparison.Ordinal));
        return new(
            RowJson.Unpack(rows.Single(r => r.Key == CustomerRows.Profile), SegueJson.Default.CustomerProfile),
            [.. With(CustomerRows.Orders).Select(r => RowJson.Unpack(r, SegueJson.Default.Order))],
            [.. With(CustomerRows.OpenSends).Concat(With(CustomerRows.SettledSends)).Select(r => RowJson.Unpack(r, SegueJson.Default.Send))],
            [.. With(CustomerRows.Enrolments).Concat(With(CustomerRows.EndedEnrolments)).Select(r => RowJson.Unpack(r, SegueJson.Default.Enrolment))]);
    }
}
