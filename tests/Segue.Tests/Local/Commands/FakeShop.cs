using Segue.Campaigns;
using Segue.Http.Campaigns;
using Segue.Http.Customers;
using Segue.Http.Journeys;
using Segue.Http.Reports;
using Segue.Local.Commands;
using Segue.Local.DeadLetters;
using Segue.Local.Serving;
using Segue.Local.Storage;
using Segue.Ports;
using Segue.Segmentation;
using Segue.Simulation;
using Segue.Tests.Http;
using DeadLetter = Segue.Local.Storage.DeadLetter;

namespace Segue.Tests.Local.Commands;

/// <summary>A shop that notes what it is asked and answers what it was told to.</summary>
internal sealed class FakeShop : IShop, IShopOpener, IDeadLetters, IPublishing
{
    public ShopOptions? Opened { get; private set; }

    public string? Validated { get; private set; }

    public List<object> Asked { get; } = [];

    public Exception? Fault { get; set; }

    public ImportResult Import { get; set; } = new(3, 1, 1, 2, 1234.5m, "EUR", "orders.csv.refused.csv");

    public ValidateResult Validation { get; set; } = new(true, [], [new("journeys/a.yaml", 4, "holdout", "has no holdout")]);

    public DemoResult? Demo { get; set; }

    public List<DeadLetter> DeadLetters { get; } = [];

    public ServedParts Parts { get; set; } = FakeProduct.Parts();

    public Task<IShop> OpenAsync(ShopOptions options, CancellationToken cancellation)
    {
        Opened = options;
        return Fault is null ? Task.FromResult<IShop>(this) : throw Fault;
    }

    public async Task<ISwitchboard> OpenSwitchboardAsync(ShopOptions options, CancellationToken cancellation) =>
        await OpenAsync(options, cancellation);

    public IReadOnlyList<DeadLetter> ListDeadLetters(string data, string? queue) =>
        [.. DeadLetters.Where(d => queue is null || d.Queue == queue)];

    public IDeadLetters OpenDeadLetters(string data) => Fault is null ? this : throw Fault;

    Task<bool> IDeadLetters.ReplayAsync(long number, CancellationToken cancellation) => Answer(("replay", number), Has(number));

    Task<bool> IDeadLetters.DropAsync(long number, CancellationToken cancellation) => Answer(("drop", number), Has(number));

    private bool Has(long number) => DeadLetters.Any(d => d.Number == number);

    public PublishResult Published { get; set; } = new() { Version = "v2", Previous = "v1", InForce = true, GoesLive = ["welcome"] };

    public async Task<IPublishing> OpenPublishingAsync(ShopOptions options, Uri? to, CancellationToken cancellation)
    {
        Asked.Add(to?.ToString() ?? "here");
        return (FakeShop)await OpenAsync(options, cancellation);
    }

    public Task<PublishResult> PublishAsync(CampaignFiling filing, CancellationToken cancellation) =>
        Answer((filing.By, filing.Expected, filing.DryRun), Published with { InForce = !filing.DryRun });

    public Task<PublishResult> RevertAsync(string? version, string by, bool dryRun, CancellationToken cancellation) => Answer((version, by, dryRun), Published);

    public Task<CampaignHistory> HistoryAsync(CancellationToken cancellation) =>
        Answer("history", new CampaignHistory(null, [new("v2", DateTimeOffset.UnixEpoch, "ann"), new("v1", DateTimeOffset.UnixEpoch, "file")]));

    public Task<IReadOnlyDictionary<string, string>?> FilesAsync(string version, CancellationToken cancellation) =>
        Answer<IReadOnlyDictionary<string, string>?>(version, null);

    public Task<DiffResult> DiffAsync(string data, string campaigns, string journey, CancellationToken cancellation) =>
        Answer(journey, new DiffResult(journey, "the version in force", "the file", ["'holdout' was 10% and is now 20%."]));

    public ValidateResult Validate(string campaigns)
    {
        Validated = campaigns;
        return Validation;
    }

    public Task<ImportResult> ImportAsync(ImportRequest request, IProgress<WorkDone> progress, CancellationToken cancellation)
    {
        progress.Report(new("Reading", 1, 2));
        return Answer(request, Import);
    }

    public Task<SimulateResult> SimulateAsync(SimulateRequest request, IProgress<WorkDone> progress, CancellationToken cancellation) =>
        Answer(request, new SimulateResult(request.From, request.Until, 12, 10, 2, new Dictionary<string, SimulatedJourney> { ["welcome"] = new(20, 2, 12, 4, 3.5) }));

    public Task<SegmentsResult> SegmentsAsync(DateTimeOffset? at, CancellationToken cancellation) => Answer(
        at as object ?? "now",
        new SegmentsResult(
            at ?? default, default, "EUR", [new("vip-active", "VIP [active]", 1, 5, 900.25m, new(1, 3, -20.5m))],
            [new("active", "Active", 1, 5, 900.25m, new(0, 0, 0))]));

    public Task<JourneysReport> ReportAsync(CancellationToken cancellation) =>
        Answer("report", new JourneysReport(default, null, "EUR", [new("welcome", "Welcome", new() { Entered = 5 })]));

    public Task<JourneyReport> ReportAsync(string journey, AttributionRule attribution, CancellationToken cancellation) => journey == "welcome"
        ? Answer((journey, attribution), new FakeProduct().Report)
        : throw new JourneyNotFoundException($"There is no journey '{journey}'.");

    public Task<CalibrateResult> CalibrateAsync(IProgress<WorkDone> progress, CancellationToken cancellation) => Answer(
        "calibrate", new CalibrateResult("c1", default, 100, 70, new Dictionary<string, Quintiles> { ["monetary"] = new(10, 20, 30, 40) }));

    public Task<IReadOnlyList<CalibrateResult>> CalibrationsAsync(CancellationToken cancellation) => Answer<IReadOnlyList<CalibrateResult>>(
        "calibrations", [new("c2", default, 100, 70, new Dictionary<string, Quintiles>()) { Status = "waiting", Moved = 9, MovedShare = 0.09 }]);

    public Task<CalibrateResult> PutCalibrationInForceAsync(string id, string by, CancellationToken cancellation) => Answer(
        (id, by), new CalibrateResult(id, default, 100, 70, new Dictionary<string, Quintiles>()) { By = by, Moved = 9, MovedShare = 0.09, Moves = [new("vip", "other", 9)] });

    public Task<ForecastResult> ForecastAsync(string journey, CancellationToken cancellation) => journey == "welcome"
        ? Task.FromResult(new ForecastResult(journey, "Welcome", "draft", 60, 5, 50, 4, 3))
        : throw new JourneyNotFoundException($"There is no journey '{journey}'.");

    public Task SwitchAsync(string journey, SwitchTo to, string by, CancellationToken cancellation) => Answer((journey, to, by), 0);

    public Task<JourneyPeople> PeopleAsync(PeopleWish wish, CancellationToken cancellation) => Answer(wish, new FakeProduct().People!);

    public Task<RenderedEmail> PreviewAsync(string journey, string step, string customer, CancellationToken cancellation) => Answer(
        (journey, step, customer), new RenderedEmail("s", "shop@example.com", "Shop", null, "ada@example.com", "Ada", "Hello", "<p>Hello</p>", "Hello Ada\n", null, []));

    public Task<IReadOnlyList<TestSendResult>> TestSendAsync(
        string journey, string step, string? address, string? locale, CancellationToken cancellation) =>
        Answer<IReadOnlyList<TestSendResult>>((journey, step, address, locale), [new(address ?? "seed@example.com", "accepted")]);

    public Task<ClvResult> ClvAsync(ClvRequest request, IProgress<WorkDone> progress, CancellationToken cancellation)
    {
        var none = new Dictionary<string, double?> { ["r"] = 0.01, ["alpha"] = 0.4, ["a"] = null, ["b"] = 0.7 };
        return Answer(request, new ClvResult(new(1997, 9, 30), 2357, new(0.243, 4.414, 0.793, 2.426, -9582.4, none), null, [new(12, 2400, null)], null, ["Few customers."]));
    }

    public Task<CustomerView?> CustomerAsync(string id, CancellationToken cancellation) =>
        Answer(id, id == "c1" ? FakeProduct.Customer : null);

    public Task<DemoResult?> EnsureDemoAsync(IProgress<WorkDone> progress, CancellationToken cancellation) => Answer("demo", Demo);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private Task<T> Answer<T>(object asked, T answer)
    {
        Asked.Add(asked);
        return Task.FromResult(answer);
    }
}
