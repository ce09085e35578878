using Segue.Customers;
using Segue.Email;
using Segue.Journeys;
using Segue.Measurement;
using Segue.Simulation;
using Segue.Storage;

namespace Segue.Tests.Simulation;

/// <summary>What a shop has come to, without what may differ by seconds from one run to the next.</summary>
internal sealed class ShopState
{
    private ShopState(InMemoryTableStore store)
    {
        foreach (var (table, row) in store.AllRows().Select(r => (r.Table, r.Row)))
        {
            Add(table, row);
        }
    }

    /// <summary>A line for each customer: orders, money, segment, tags, journeys entered.</summary>
    public SortedSet<string> Customers { get; } = new(StringComparer.Ordinal);

    /// <summary>A line for each summary that calibrations scan.</summary>
    public SortedSet<string> Summaries { get; } = new(StringComparer.Ordinal);

    /// <summary>A line for each run that has ended: why.</summary>
    public SortedSet<string> Ended { get; } = new(StringComparer.Ordinal);

    /// <summary>A line for each run under way: its step and when that is due.</summary>
    public SortedSet<string> UnderWay { get; } = new(StringComparer.Ordinal);

    /// <summary>How each mail stands, by customer, journey, run, step and due moment.</summary>
    public SortedDictionary<string, SendStatus> Mails { get; } = new(StringComparer.Ordinal);

    /// <summary>Facts but for those that say how a mail went.</summary>
    public List<string> Facts { get; } = [];

    /// <summary>Effects that were committed and never went out.</summary>
    public int Outboxes { get; private set; }

    /// <summary>Reads a store.</summary>
    public static ShopState Of(InMemoryTableStore store)
    {
        var state = new ShopState(store);
        state.Facts.Sort(StringComparer.Ordinal);
        return state;
    }

    private void Add(string table, Segue.Ports.Row row)
    {
        switch (table)
        {
            case Tables.Customers when row.Key == CustomerRows.Profile:
                var p = RowJson.Unpack(row, SegueJson.Default.CustomerProfile);
                Customers.Add(
                    $"{p.CustomerId}: {p.Purchases.Orders} orders, {p.Purchases.TotalSpend}, {p.Standing?.Segment}, {p.Standing?.Stage}, "
                    + $"[{string.Join(' ', p.Standing?.Tags ?? [])}], {string.Join(' ', p.Journeys.OrderBy(j => j.Key, StringComparer.Ordinal).Select(j => $"{j.Key}x{j.Value.Runs}"))}");
                break;
            case Tables.Customers when row.Key.StartsWith(CustomerRows.EndedEnrolments, StringComparison.Ordinal):
                var ended = RowJson.Unpack(row, SegueJson.Default.Enrolment);
                Ended.Add($"{row.Partition} {ended.Id} {ended.Run}: {ended.EndReason}");
                break;
            case Tables.Customers when row.Key.StartsWith(CustomerRows.Enrolments, StringComparison.Ordinal):
                var run = RowJson.Unpack(row, SegueJson.Default.Enrolment);
                UnderWay.Add($"{row.Partition} {run.Id} {run.Run}: {run.Step} at {run.DueAt:O}");
                break;
            case Tables.Customers when row.Key.StartsWith(CustomerRows.OpenSends, StringComparison.Ordinal)
                || row.Key.StartsWith(CustomerRows.SettledSends, StringComparison.Ordinal):
                var send = RowJson.Unpack(row, SegueJson.Default.Send);
                Mails.Add($"{row.Partition} {send.Journey} {send.Run} {send.Step} at {send.DueAt:O} {send.Id}", send.Status);
                break;
            case Tables.Customers when row.Key.StartsWith(Segue.Messaging.Outbox.Prefix, StringComparison.Ordinal):
                Outboxes++;
                break;
            case Tables.Summaries:
                var summary = RowJson.Unpack(row, SegueJson.Default.SummaryRow);
                Summaries.Add($"{row.Key}: {summary.Summary.Purchases.Orders} orders, {summary.Summary.Purchases.TotalSpend}, {summary.Standing?.Segment}");
                break;
            case Tables.Facts:
                var fact = RowJson.Unpack(row, SegueJson.Default.Fact);
                if (fact.Kind is not (FactKinds.Sent or FactKinds.Unknown))
                {
                    Facts.Add($"{fact.CustomerId} {fact.Kind} {fact.Journey} {fact.Step} {fact.OrderId} {fact.Amount} {fact.Reason} {fact.From} {fact.Segment}");
                }

                break;
        }
    }
}
