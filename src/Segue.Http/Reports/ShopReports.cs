using Segue.Campaigns;
using Segue.Journeys;
using Segue.Measurement;
using Segue.Ports;
using Segue.Storage;

namespace Segue.Http.Reports;

/// <summary>How the shop stands, added up from its summaries and facts.</summary>
/// <param name="engine">The engine.</param>
/// <param name="rows">All rows of Summaries and Facts, in any order; rows of other tables are passed over.</param>
public sealed class ShopReports(
    SegueEngine engine, Func<CampaignState, CancellationToken, IAsyncEnumerable<(string Table, Row Row)>> rows) : IShopReports
{
    private const int MailsShown = 12;
    private const int TooFew = 20;
    private static readonly TimeSpan Stale = TimeSpan.FromDays(2);

    /// <inheritdoc/>
    public async Task<Overview> OverviewAsync(CancellationToken cancellation)
    {
        var now = engine.Ports.Clock.GetUtcNow();
        var state = await engine.Campaigns.CurrentAsync(cancellation);
        var counter = new GroupCounter(state.Set.Evaluator);
        var journeys = new Dictionary<string, JourneySum>();
        var mails = new PriorityQueue<Fact, DateTimeOffset>();
        await foreach (var (table, row) in rows(state, cancellation).WithCancellation(cancellation))
        {
            if (table == Tables.Summaries)
            {
                counter.Add(RowJson.Unpack(row, SegueJson.Default.SummaryRow).Summary, state.Calibration, now);
            }
            else if (table == Tables.Facts)
            {
                Add(RowJson.Unpack(row, SegueJson.Default.Fact), journeys, mails);
            }
        }

        var segments = counter.Segments;
        var figures = state.Set.Journeys.Values.OrderBy(j => StatusOf(j, state) == "draft").ThenBy(j => j.Name, StringComparer.Ordinal)
            .Select(j => journeys.GetValueOrDefault(j.Id, new()).Of(j, StatusOf(j, state))).ToList();
        return new()
        {
            At = now,
            ShopName = state.Set.Settings.ShopName,
            Currency = state.Set.Settings.Currency,
            Sending = state.Set.Settings.Sending,
            Customers = counter.Customers,
            Reachable = counter.Reachable,
            Orders = segments.Sum(s => s.Orders),
            Revenue = segments.Sum(s => s.Revenue),
            Segments = segments,
            Stages = counter.Stages,
            Journeys = figures,
            Lately = [.. mails.UnorderedItems.Select(m => m.Element).OrderByDescending(f => f.At).Select(Mail)],
            LastOrderAt = counter.LastOrderAt,
            CalibratedAt = state.Calibration?.At,
            Warnings = [.. Warnings(state, segments, counter, now)],
        };
    }

    /// <summary>A journey's state in a word.</summary>
    public static string StatusOf(Journey journey, CampaignState state) => state.Switches.GetValueOrDefault(journey.Id)?.State switch
    {
        SwitchState.Live => "live",
        SwitchState.Paused => "paused",
        _ => "draft",
    };

    private static void Add(Fact fact, Dictionary<string, JourneySum> journeys, PriorityQueue<Fact, DateTimeOffset> mails)
    {
        if (fact.Journey is { } id)
        {
            if (!journeys.TryGetValue(id, out var sum))
            {
                journeys.Add(id, sum = new());
            }

            sum.Add(fact);
        }

        if (fact.Kind is FactKinds.Sent or FactKinds.Rejected or FactKinds.Unknown)
        {
            mails.Enqueue(fact, fact.At);
            if (mails.Count > MailsShown)
            {
                mails.Dequeue();
            }
        }
    }

    private static MailFigures Mail(Fact fact) => new(
        fact.At, fact.CustomerId, fact.Journey ?? "", fact.Step ?? "", fact.Kind == FactKinds.Sent ? "accepted" : fact.Kind);

    private static IEnumerable<string> Warnings(
        CampaignState state, IReadOnlyList<GroupFigures> segments, GroupCounter counter, DateTimeOffset now)
    {
        foreach (var segment in segments.Where(s => s.Customers is > 0 and < TooFew))
        {
            yield return $"The segment '{segment.Name}' has {segment.Customers} customers: too few to learn anything from.";
        }

        foreach (var journey in state.Set.Journeys.Values.Where(j => j.Holdout == 0 && StatusOf(j, state) == "live"))
        {
            yield return $"The journey '{journey.Name}' holds nobody out: what it brings can't be measured.";
        }

        if (counter.LastOrderAt is { } last && now - last > Stale)
        {
            yield return $"The newest order is {(int)(now - last).TotalDays} days old. Does the shop still send its orders?";
        }

        if (counter.Customers > 0 && state.Calibration is null)
        {
            yield return "Nothing is calibrated yet: rules on scores and ranks hold for nobody. Run calibrate.";
        }
    }

    private sealed class JourneySum
    {
        private int _underWay;
        private int _sent;
        private int _conversions;

        public void Add(Fact fact)
        {
            switch (fact.Kind)
            {
                case FactKinds.Entered when !fact.HeldOut:
                    _underWay++;
                    break;
                case FactKinds.Exited when !fact.HeldOut:
                    _underWay--;
                    break;
                case FactKinds.Sent:
                    _sent++;
                    break;
                case FactKinds.Converted when !fact.HeldOut:
                    _conversions++;
                    break;
                case FactKinds.ConversionReversed when !fact.HeldOut:
                    _conversions--;
                    break;
            }
        }

        public JourneyFigures Of(Journey journey, string status) => new(
            journey.Id, journey.Name, status, journey.Enter.Group, Math.Max(0, _underWay), _sent, _conversions);
    }
}
