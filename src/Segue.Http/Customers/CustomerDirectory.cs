using System.Globalization;
using System.Text.Json.Nodes;
using Segue.Campaigns;
using Segue.Customers;
using Segue.Email;
using Segue.Events;
using Segue.Journeys;
using Segue.Orders;
using Segue.Ports;
using Segue.Segmentation;
using Segue.Storage;

namespace Segue.Http.Customers;

/// <summary>Customers as the store has them.</summary>
public sealed class CustomerDirectory(SegueEngine engine) : ICustomerDirectory
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<RequestFault>> PutAsync(string id, ReadOnlyMemory<byte> body, CancellationToken cancellation)
    {
        var checks = new FieldChecks();
        checks.Id("id", id);
        var now = engine.Ports.Clock.GetUtcNow();
        var (facts, faults) = CustomerBody.Read(body, now);
        if (checks.Errors.Count == 0 && facts is not null)
        {
            await engine.Orders.AcceptAsync(id, facts, now, cancellation);
        }

        return [.. checks.Errors.Select(e => new RequestFault(0, e.Path, e.Message)), .. faults];
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<RequestFault>> EraseAsync(string id, CancellationToken cancellation)
    {
        var checks = new FieldChecks();
        checks.Id("id", id);
        if (checks.Errors.Count == 0)
        {
            await engine.Erasures.AcceptAsync(id, engine.Ports.Clock.GetUtcNow(), cancellation);
        }

        return [.. checks.Errors.Select(e => new RequestFault(0, e.Path, e.Message))];
    }

    /// <summary>Events that a timeline shows, the newest.</summary>
    private const int MostEvents = 200;

    /// <inheritdoc/>
    public async Task<CustomerView?> FindAsync(string id, CancellationToken cancellation)
    {
        if (!IsId(id))
        {
            return null;
        }

        CustomerProfile? profile = null;
        var orders = new List<Order>();
        var runs = new List<Enrolment>();
        var sends = new List<Send>();
        var events = new Queue<CustomerEvent>();
        await foreach (var row in engine.Ports.Store.ReadAllAsync(Tables.Customers, CustomerRows.Partition(id), KeyRange.All, cancellation))
        {
            if (row.Key == CustomerRows.Profile)
            {
                profile = RowJson.Unpack(row, SegueJson.Default.CustomerProfile);
            }
            else if (Is(row, CustomerRows.Orders))
            {
                orders.Add(RowJson.Unpack(row, SegueJson.Default.Order));
            }
            else if (Is(row, CustomerRows.Enrolments) || Is(row, CustomerRows.EndedEnrolments))
            {
                runs.Add(RowJson.Unpack(row, SegueJson.Default.Enrolment));
            }
            else if (Is(row, CustomerRows.OpenSends) || Is(row, CustomerRows.SettledSends))
            {
                sends.Add(RowJson.Unpack(row, SegueJson.Default.Send));
            }
            else if (Is(row, CustomerRows.Events))
            {
                // In order of time: the oldest make room.
                events.Enqueue(RowJson.Unpack(row, SegueJson.Default.CustomerEvent));
                if (events.Count > MostEvents)
                {
                    events.Dequeue();
                }
            }
        }

        return profile is null or { IsTombstone: true } ? null : View(profile, await engine.Campaigns.CurrentAsync(cancellation), orders, runs, sends, events);
    }

    /// <inheritdoc/>
    public async Task<JsonObject?> ExportAsync(string id, CancellationToken cancellation) => IsId(id) ? await engine.Exports.ExportAsync(id, cancellation) : null;

    /// <summary>Whether it could name a customer at all: what could not is no key of a table.</summary>
    private static bool IsId(string id)
    {
        var checks = new FieldChecks();
        return checks.Id("id", id) == id;
    }

    private CustomerView View(
        CustomerProfile profile, CampaignState state, List<Order> orders, List<Enrolment> runs, List<Send> sends, IEnumerable<CustomerEvent> events)
    {
        // Evaluated anew: between two ticks of the timer the stored answer may be minutes old.
        var now = engine.Ports.Clock.GetUtcNow();
        var standing = state.Set.Evaluator.Evaluate(profile.Summary, state.Calibration, now);
        var purchases = profile.Purchases;
        return new()
        {
            Id = profile.CustomerId,
            Name = profile.Contact.Name,
            Email = profile.Contact.Email,
            EmailConsent = profile.Contact.EmailConsent,
            ObjectsToProfilingSince = profile.Summary.NoProfilingSince,
            Stage = standing.Stage,
            Segment = standing.Segment,
            SegmentName = state.Set.Evaluator.Segments.First(s => s.Id == standing.Segment).Name,
            Currency = state.Set.Settings.Currency,
            Tags = standing.Tags,
            Why = Why(profile, standing, state, now),
            Decision = SegmentDecision.Of(state.Set.Evaluator, state.Set.Evaluator.ContextFor(profile.Summary, state.Calibration, now)),
            Scores = profile.Objects ? null : state.Calibration?.Score(purchases, now),
            Orders = purchases.Orders,
            TotalSpend = purchases.TotalSpend,
            FirstOrderAt = purchases.FirstOrderAt,
            LastOrderAt = purchases.LastOrderAt,
            ChangesAt = standing.ChangesAt,
            Journeys = [.. runs.OrderByDescending(r => r.EnteredAt).Select(Journey)],
            Timeline = [.. orders.Select(Entry).Concat(runs.SelectMany(Entries)).Concat(sends.Select(Entry)).Concat(events.Select(Entry)).OrderByDescending(e => e.At)],
        };
    }

    private static List<string> Why(CustomerProfile profile, Evaluation standing, CampaignState state, DateTimeOffset now)
    {
        var culture = CultureInfo.InvariantCulture;
        var purchases = profile.Purchases;
        if (profile.Summary.NoProfilingSince is { } since)
        {
            return
            [
                string.Create(culture, $"They object to being profiled, since {since:d MMMM yyyy}: nothing is worked out but the lifecycle stage, they are in the last segment without tags, and marketing that goes by what people are like leaves them out."),
            ];
        }

        var segment = state.Set.Evaluator.Segments.First(s => s.Id == standing.Segment);
        var silence = purchases.LastOrderAt is { } last ? (int)(now - last).TotalDays : (int?)null;
        var bounds = state.Set.Evaluator.LifecycleSettings;
        var why = new List<string>
        {
            string.Create(culture, $"Segment '{segment.Name}' is the first of the segments file whose rule holds."),
            string.Create(culture, $"{purchases.Orders:N0} counted {(purchases.Orders == 1 ? "order" : "orders")}, {purchases.TotalSpend:N2} {state.Set.Settings.Currency} net of returns."),
        };
        if (silence is { } days)
        {
            var atRisk = Lifecycle.AtRiskBound(purchases, bounds, state.Calibration).TotalDays;
            var churned = Lifecycle.ChurnBound(purchases, bounds, state.Calibration).TotalDays;
            why.Add(string.Create(culture, $"Silent for {days:N0} days; at risk from {atRisk:0.#} and churned from {churned:0.#} days for this customer."));
        }

        if (state.Calibration?.Score(purchases, now) is { } scores)
        {
            why.Add(string.Create(culture, $"Recency {scores.Recency}, frequency {scores.Frequency}, monetary {scores.Monetary} of 5, by calibration {state.Calibration!.Id}."));
        }

        return why;
    }

    private static bool Is(Row row, string prefix) => row.Key.StartsWith(prefix, StringComparison.Ordinal);

    private static CustomerJourney Journey(Enrolment run) => run.EndedAt is null
        ? new(run.Journey, run.HeldOut ? "held out" : "under way", run.Step, run.DueAt)
        : new(run.Journey, $"ended: {run.EndReason}", null, null);

    private static TimelineEntry Entry(Order order) => new(
        order.OrderedAt,
        order.RefundOf is null ? "order" : "return",
        string.Create(CultureInfo.InvariantCulture, $"{order.OrderId}, {order.Amount:N2}, {order.Status.ToString().ToLowerInvariant()}")
            + (order.RefundOf is null ? "" : $", of {order.RefundOf}"));

    private static TimelineEntry Entry(Send send) => new(
        send.SettledAt ?? send.DueAt, send.Status.ToString().ToLowerInvariant(),
        $"mail '{send.Email}' of {send.Journey}" + (send.Reason is null ? "" : $": {send.Reason}"));

    private static TimelineEntry Entry(CustomerEvent fact) => new(
        fact.At, fact.Name, string.Join(", ", new[] { fact.Value("title") ?? fact.ProductId, fact.Category, fact.Value("amount"), fact.Value("answer") }.OfType<string>()));

    private static IEnumerable<TimelineEntry> Entries(Enrolment run)
    {
        yield return new(run.EnteredAt, run.HeldOut ? "held out" : "entered", run.Journey);
        if (run.EndedAt is { } ended)
        {
            yield return new(ended, "left", $"{run.Journey}: {run.EndReason}");
        }
    }
}
