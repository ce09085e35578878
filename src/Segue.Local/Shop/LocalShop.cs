using Segue.Analytics;
using Segue.Campaigns;
using Segue.Email;
using Segue.Http.Calls;
using Segue.Http.Campaigns;
using Segue.Http.Codes;
using Segue.Http.Customers;
using Segue.Http.Events;
using Segue.Http.Health;
using Segue.Http.Journeys;
using Segue.Http.Orders;
using Segue.Http.Products;
using Segue.Http.Reports;
using Segue.Http.Surveys;
using Segue.Http.Unsubscribe;
using Segue.Http.Webhooks;
using Segue.Journeys;
using Segue.Local.Commands;
using Segue.Local.DeadLetters;
using Segue.Local.Demo;
using Segue.Local.Email;
using Segue.Local.Hosting;
using Segue.Local.Serving;
using Segue.Local.Storage;
using Segue.Messaging;
using Segue.Ports;
using Segue.Segmentation;
using Segue.Simulation;
using Segue.Storage;

namespace Segue.Local.Shop;

/// <summary>The engine on a data folder.</summary>
internal sealed class LocalShop(
    DataFolder folder, SqliteDatabase database, SqliteTableStore store, SegueEngine engine, CampaignPublisher publisher, CampaignSet set, DerivedNames names, int demoCustomers) : IShop
{
    private static readonly TimeSpan ComparedWith = TimeSpan.FromDays(30);

    private readonly CustomerDirectory _customers = new(engine);
    private readonly ShopReports _reports = new(engine);
    private readonly JourneyControl _journeys = new(engine);

    /// <summary>Publishes campaigns folders.</summary>
    internal ICampaignDesk Desk { get; } = new CampaignDesk(publisher);

    /// <summary>The product itself.</summary>
    internal SegueEngine Engine => engine;

    private TimeProvider Clock => engine.Ports.Clock;

    /// <inheritdoc/>
    public ServedParts Parts => new()
    {
        Orders = new OrderRequests(engine),
        Events = new EventRequests(engine),
        Customers = _customers,
        Calls = new CallDesk(engine),
        Campaigns = Desk,
        Codes = new CodeDirectory(engine),
        Products = new ProductRequests(engine),
        Surveys = new SurveysByLink(engine),
        Previews = new EnginePreviews(engine),
        Reports = _reports,
        Insights = new EngineInsights(engine),
        Journeys = this,
        AddressFile = folder.ServerAddress,
        Unsubscribe = new UnsubscribeByLink(engine),
        MailReports = new MailReports(engine),
        CountWaiting = atMost => new SqliteMessageReceiver(database, Clock).CountReady(Queues.Customers, atMost),
        DeadLetters = new FolderDeadLetters(null, new(database, Clock)),
        Health = new LocalHealth(new(store), new(database, Clock)),
        Queues = engine.Queues,
        Timers = engine.Timers,
        Receiver = new SqliteQueueReceiver(new(database, Clock), Clock),
        Ledger = new TimerLedger(store),
    };

    /// <inheritdoc/>
    public Task<ImportResult> ImportAsync(ImportRequest request, IProgress<WorkDone> progress, CancellationToken cancellation) =>
        new FileImporter(engine, folder).RunAsync(request, progress, cancellation);

    /// <inheritdoc/>
    public async Task<SimulateResult> SimulateAsync(
        SimulateRequest request, IProgress<WorkDone> progress, CancellationToken cancellation)
    {
        var state = await engine.Campaigns.CurrentAsync(cancellation);

        // The folder may not have been published here, so that its files' own word counts, too.
        var live = set.Journeys.Values
            .Where(j => JourneySwitches.StateBy(j, state.Switches.GetValueOrDefault(j.Id)) != SwitchState.Off).Select(j => j.Id).ToList();
        foreach (var id in request.Journeys)
        {
            JourneyControl.Find(set, id);
        }

        progress.Report(new("Copying history", 0, null));
        var days = new ProgressMap<SimulationProgress>(progress, p => new(
            "Simulating days", (long)(p.Now - request.From).TotalDays, (long)(request.Until - request.From).TotalDays));
        var result = await new CampaignSimulation(store, set, names).RunAsync(
            new(request.From, request.Until, request.Journeys, request.AssumeReachable), live, days, cancellation);
        if (request.SendsFile is { } file)
        {
            await SendsFile.WriteAsync(file, result.Sends, cancellation);
        }

        return new(result.From, result.Until, result.Sends.Count, result.Customers, result.Unreachable, result.ByJourney);
    }

    /// <inheritdoc/>
    public async Task<SegmentsResult> SegmentsAsync(DateTimeOffset? at, CancellationToken cancellation)
    {
        var now = Clock.GetUtcNow();
        var moment = at ?? now;
        var since = moment - ComparedWith;
        var inThePast = moment < now;
        var before = PastSummaries.Count(store.AllRows(), set.Evaluator, since, withProspects: !inThePast);
        var counter = inThePast
            ? PastSummaries.Count(store.AllRows(), set.Evaluator, moment, withProspects: false)
            : await CountAsync(moment, cancellation);
        return new(
            moment, since, set.Settings.Currency, GroupChange.Between(before.Segments, counter.Segments),
            GroupChange.Between(before.Stages, counter.Stages));
    }

    /// <inheritdoc/>
    public async Task<CalibrateResult> CalibrateAsync(IProgress<WorkDone> progress, CancellationToken cancellation)
    {
        progress.Report(new("Calibrating", 0, null));
        var initial = (await engine.Campaigns.CurrentAsync(cancellation)).Calibration is null;
        var made = await engine.CalibrateAsync(initial, cancellation);
        engine.Campaigns.Invalidate();
        var (insights, result) = (new EngineInsights(engine), await CalibrationAsync(made.Id, cancellation));
        var inForce = await insights.CalibrationAsync(cancellation);
        return result with
        {
            Warnings = (await insights.MapAsync(cancellation)).Warnings,

            // One that waits is shown by its own word: the personas are of those in force.
            Learned = inForce.Id == made.Id ? inForce : CalibrationReport.Of(made, inForce.Personas, inForce.Currency, inForce.Now),
        };
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<CalibrateResult>> CalibrationsAsync(CancellationToken cancellation) =>
        [.. (await engine.CalibrationVersionsAsync(cancellation)).Select(CalibrateResult.Of)];

    /// <inheritdoc/>
    public async Task<CalibrateResult> PutCalibrationInForceAsync(string id, string by, CancellationToken cancellation)
    {
        try
        {
            await engine.PutCalibrationInForceAsync(id, by, cancellation);
        }
        catch (CalibrationNotFoundException e)
        {
            throw new RefusedException($"{e.Message} calibrate --list shows those that there are.", e);
        }

        return await CalibrationAsync(id, cancellation);
    }

    /// <inheritdoc/>
    public Task<ClvResult> ClvAsync(ClvRequest request, IProgress<WorkDone> progress, CancellationToken cancellation)
    {
        progress.Report(new("Fitting", 0, null));
        try
        {
            return Task.FromResult(LifetimeForecast.Of(store.AllRows(), request));
        }
        catch (AnalyticsException e)
        {
            throw new RefusedException(e.Message, e);
        }
    }

    /// <inheritdoc/>
    public Task<ForecastResult> ForecastAsync(string journey, CancellationToken cancellation) =>
        _journeys.ForecastAsync(journey, cancellation);

    /// <inheritdoc/>
    public Task SwitchAsync(string journey, SwitchTo to, string by, CancellationToken cancellation) =>
        _journeys.SwitchAsync(journey, to, by, cancellation);

    /// <inheritdoc/>
    public Task<JourneysReport> ReportAsync(CancellationToken cancellation) => _reports.JourneysAsync(cancellation);

    /// <inheritdoc/>
    public async Task<JourneyReport> ReportAsync(string journey, AttributionRule attribution, CancellationToken cancellation) =>
        (await _reports.JourneyAsync(JourneyControl.Find(set, journey).Id, attribution, cancellation))!;

    /// <inheritdoc/>
    public async Task<JourneyPeople> PeopleAsync(PeopleWish wish, CancellationToken cancellation) =>
        await new EngineInsights(engine).PeopleAsync(wish, cancellation) ?? throw new JourneyNotFoundException(
            $"There is no journey '{wish.Journey}'.{Files.Suggestion.For(wish.Journey, set.Journeys.Keys)}");

    /// <inheritdoc/>
    public async Task<RenderedEmail> PreviewAsync(string journey, string step, string customer, CancellationToken cancellation)
    {
        try
        {
            return await engine.Previews.PreviewAsync(journey, step, customer, cancellation);
        }
        catch (PreviewException e)
        {
            throw new RefusedException(e.Message, e);
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<TestSendResult>> TestSendAsync(
        string journey, string step, string? address, string? locale, CancellationToken cancellation)
    {
        var results = new List<TestSendResult>();
        IReadOnlyList<string> to = address is not null ? [address] : set.Settings.SeedList;
        if (to.Count == 0)
        {
            throw new RefusedException("seedList in settings.yaml names no address.");
        }

        try
        {
            foreach (var one in to)
            {
                // The pick-up folder reaches nobody, whatever the settings say of real mail.
                var answer = await engine.Previews.TestAsync(journey, step, one, locale, reachesPeople: engine.Ports.Sender is not PickupFolder, cancellation);
                results.Add(new(one, PreviewCommands.InWords(answer)));
            }
        }
        catch (PreviewException e)
        {
            throw new RefusedException(e.Message, e);
        }

        return results;
    }

    /// <inheritdoc/>
    public Task<CustomerView?> CustomerAsync(string id, CancellationToken cancellation) => _customers.FindAsync(id, cancellation);

    /// <inheritdoc/>
    public async Task<DemoResult?> EnsureDemoAsync(IProgress<WorkDone> progress, CancellationToken cancellation)
    {
        if (await HasCustomersAsync(cancellation))
        {
            return null;
        }

        var now = Clock.GetUtcNow();
        var rows = await DemoReplay.RunAsync(set, names, now, demoCustomers, progress, cancellation);
        progress.Report(new("Keeping it", 0, null));

        // All rows in one transaction: a first start that is cut off leaves nothing, and the next begins anew.
        await store.LoadAsync(rows, cancellation);
        engine.Campaigns.Invalidate();
        var overview = await _reports.OverviewAsync(cancellation);
        return new(
            overview, new DateTimeOffset(now.UtcDateTime.Date.AddDays(-DemoShop.Days), TimeSpan.Zero),
            overview.Lately.Count > 0 ? overview.Lately[0].CustomerId : null);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        database.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Counts customers as they are, where they will stand at a moment from now on.</summary>
    private async Task<GroupCounter> CountAsync(DateTimeOffset moment, CancellationToken cancellation)
    {
        var state = await engine.Campaigns.CurrentAsync(cancellation);
        var counter = new GroupCounter(set.Evaluator);
        for (var shard = 0; shard < Shards.Count; shard++)
        {
            await foreach (var row in store.ReadAllAsync(Tables.Summaries, Shards.Text(shard), KeyRange.All, cancellation))
            {
                counter.Add(RowJson.Unpack(row, SegueJson.Default.SummaryRow).Summary, state.Calibration, moment);
            }
        }

        return counter;
    }

    private async Task<CalibrateResult> CalibrationAsync(string id, CancellationToken cancellation) =>
        (await CalibrationsAsync(cancellation)).Single(c => c.Id == id);

    private async Task<bool> HasCustomersAsync(CancellationToken cancellation)
    {
        for (var shard = 0; shard < Shards.Count; shard++)
        {
            if ((await store.ReadAsync(Tables.Summaries, Shards.Text(shard), KeyRange.All, pageSize: 1, cancellation: cancellation)).Rows.Count > 0)
            {
                return true;
            }
        }

        return false;
    }
}
