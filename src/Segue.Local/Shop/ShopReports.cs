using Segue.Campaigns;
using Segue.Campaigns.GuardRails;
using Segue.Http.Reports;
using Segue.Journeys;
using Segue.Local.Storage;
using Segue.Measurement;
using Segue.Ports;
using Segue.Segmentation;
using Segue.Storage;

namespace Segue.Local.Shop;

/// <summary>How the shop stands, read from all rows at once: on one machine that is quick enough.</summary>
internal sealed class ShopReports(SegueEngine engine, SqliteTableStore store) : IShopReports
{
    private const int MailsShown = 12;

    /// <inheritdoc/>
    public async Task<Overview> OverviewAsync(CancellationToken cancellation)
    {
        var now = engine.Ports.Clock.GetUtcNow();
        var state = await engine.Campaigns.CurrentAsync(cancellation);
        var counter = new GroupCounter(state.Set.Evaluator);
        var map = new CustomerMap();
        var journeys = new Dictionary<string, JourneySum>();
        var mails = new PriorityQueue<Fact, DateTimeOffset>();
        foreach (var (table, row) in store.AllRows().Where(r => r.Table is Tables.Summaries or Tables.Facts))
        {
            cancellation.ThrowIfCancellationRequested();
            if (table == Tables.Summaries)
            {
                var summary = RowJson.Unpack(row, SegueJson.Default.SummaryRow).Summary;
                counter.Add(summary, state.Calibration, now);
                map.Add(summary, state, now);
            }
            else
            {
                Add(RowJson.Unpack(row, SegueJson.Default.Fact), now, journeys, mails);
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
            Warnings =
            [
                .. ShopRails.Of(state, new(map, counter.LastOrderAt, journeys.ToDictionary(j => j.Key, j => j.Value.Traffic)), now)
                    .Concat(FileRails.Of(state.Set)).Select(r => r.Message),
            ],
        };
    }

    /// <inheritdoc/>
    public Task<RunFigures> RunsAsync(string journey, CancellationToken cancellation) => Task.FromResult(JourneyRuns.Of(
        store.AllRows().Where(r => r.Table == Tables.Facts).Select(r => RowJson.Unpack(r.Row, SegueJson.Default.Fact)), journey));

    /// <summary>A journey's state in a word.</summary>
    public static string StatusOf(Journey journey, CampaignState state) => state.Switches.GetValueOrDefault(journey.Id)?.State switch
    {
        SwitchState.Live => "live",
        SwitchState.Paused => "paused",
        _ => "draft",
    };

    private static void Add(Fact fact, DateTimeOffset now, Dictionary<string, JourneySum> journeys, PriorityQueue<Fact, DateTimeOffset> mails)
    {
        if (fact.Journey is { } id)
        {
            if (!journeys.TryGetValue(id, out var sum))
            {
                journeys.Add(id, sum = new());
            }

            sum.Add(fact, now);
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

    private sealed class JourneySum
    {
        private int _underWay;
        private int _sent;
        private int _conversions;
        private int _entered;
        private int _lately;
        private int _goals;

        public JourneyTraffic Traffic => new(_lately, _entered, _goals);

        public void Add(Fact fact, DateTimeOffset now)
        {
            _entered += fact.Kind == FactKinds.Entered ? 1 : 0;
            _lately += fact.Kind == FactKinds.Entered && fact.At > now - ShopRails.Window ? 1 : 0;
            _goals += fact.Kind switch { FactKinds.Converted => 1, FactKinds.ConversionReversed => -1, _ => 0 };
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
