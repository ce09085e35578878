using System.Text.Json.Nodes;
using Segue.Calls;
using Segue.Campaigns;
using Segue.Customers;
using Segue.Email;
using Segue.Email.Reports;
using Segue.Events;
using Segue.Http;
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
using Segue.Local.Hosting;
using Segue.Local.Serving;
using Segue.Local.Storage;
using Segue.Ports;
using Segue.Segmentation;
using Segue.Simulation;

namespace Segue.Tests.Http;

/// <summary>What the endpoints ask of the product, answering what a test told it to.</summary>
internal sealed class FakeProduct : IOrderIntake, IEventIntake, ICustomerDirectory, IShopReports, IShopInsights, IProductIntake, ICallDesk, ICampaignDesk, ICodes, ISurveys, IMailPreviews, IJourneyControl, IUnsubscribe, IMailReports, IHealthProbe, IQueueReceiver, ITimerLedger
{
    public static readonly CustomerView Customer = new()
    {
        Id = "gid://shop/c1", Name = "Ada", Email = "ada@example.com", EmailConsent = Consent.Granted, Stage = Stage.WonBack,
        Segment = "vip-active", Tags = ["silent-60"], Why = ["7 orders, 3 or more are loyal"], Scores = new(5, 4, 3), Orders = 7, TotalSpend = 812.5m,
        Journeys = [new("welcome", "under way", "2", DateTimeOffset.UnixEpoch)],
        Timeline = [new(DateTimeOffset.UnixEpoch, "order", "7 for 99.00")],
    };

    public static readonly CallTask Call = new()
    {
        Queue = "accounts", CustomerId = "c1", Journey = "vip-reactivation", Step = "call", Token = "t", Priority = 5, Value = 812.5m, Reason = "why",
        Outcomes = ["reached"], AddedAt = DateTimeOffset.UnixEpoch, DueAt = DateTimeOffset.UnixEpoch.AddDays(3),
    };

    public OrderRequest? Ordered { get; private set; }

    public (string Id, string Body)? Put { get; private set; }

    public (string Journey, SwitchTo To, string By)? Switched { get; private set; }

    public List<string> Unsubscribed { get; } = [];

    public OrderReceipt Receipt { get; set; } = new([new(0, "o1", "c1")], 1, []);

    public IReadOnlyList<RequestFault> CustomerFaults { get; set; } = [];

    public Overview Overview { get; set; } = Overviews.Busy;

    public Exception? Fault { get; set; }

    /// <summary>Messages set aside; null where the bus counts them.</summary>
    public long? DeadLetters { get; set; }

    /// <summary>Pumps that wait for a message of the one queue.</summary>
    public int Receiving { get; private set; }

    public static ServedParts Parts(FakeProduct? product = null)
    {
        product ??= new();
        return new()
        {
            Orders = product, Events = product, Products = product, Calls = product, Campaigns = product, Codes = product, Surveys = product, Previews = product, Customers = product, Reports = product, Insights = product, Journeys = product, Unsubscribe = product, MailReports = product, Health = product,
            Queues = [], Timers = [], Receiver = product, Ledger = product,
        };
    }

    public Task<OrderReceipt> TakeAsync(OrderRequest request, CancellationToken cancellation)
    {
        Ordered = request with { Body = request.Body.ToArray() };
        return Answer(Receipt);
    }

    Task<IReadOnlyList<string>> ICallDesk.QueuesAsync(CancellationToken cancellation) => Answer<IReadOnlyList<string>>(["accounts"]);

    Task<CallList> ICallDesk.ReadAsync(string queue, CancellationToken cancellation) => Answer(new CallList(queue, 20, 1, 3, [new("id", Call, "Ann", "+41 1", "vip-inactive")]));

    Task<CallAnswer> ICallDesk.AnswerAsync(string id, string outcome, string? by, CancellationToken cancellation) =>
        Answer(id == "over" ? CallAnswer.Over : id != "id" ? CallAnswer.NoSuchCall : outcome != "reached" ? CallAnswer.NoSuchOutcome(["reached"]) : CallAnswer.Taken);

    Task<CodeView?> ICodes.FindAsync(string code, CancellationToken cancellation) => Answer(code == "GOOD"
        ? new CodeView("GOOD", true, null, 15, null, null, false, DateTimeOffset.UnixEpoch, "c1") : null);

    public CampaignFiling? Filed { get; private set; }

    public (string? Version, string By, bool DryRun)? Reverted { get; private set; }

    public PublishResult Published { get; set; } = new() { Version = "v2", Previous = "v1", InForce = true, Changes = [new("journeys/a.yaml", "changed", ["'holdout' was 10% and is now 20%."])] };

    Task<PublishResult> ICampaignDesk.PublishAsync(CampaignFiling filing, CancellationToken cancellation)
    {
        Filed = filing;
        return Answer(Published);
    }

    Task<PublishResult> ICampaignDesk.RevertAsync(string? version, string by, bool dryRun, CancellationToken cancellation)
    {
        Reverted = (version, by, dryRun);
        return version == "gone" ? throw new CampaignVersionNotFoundException("There are no campaigns of the version 'gone'.") : Answer(Published);
    }

    Task<CampaignHistory> ICampaignDesk.HistoryAsync(CancellationToken cancellation)
    {
        var now = new PublishedVersion("v2", DateTimeOffset.UnixEpoch, "ann");
        return Answer(new CampaignHistory(now, [now, new("v1", DateTimeOffset.UnixEpoch, "file")]));
    }

    Task<IReadOnlyDictionary<string, string>?> ICampaignDesk.FilesAsync(string version, CancellationToken cancellation) =>
        Answer<IReadOnlyDictionary<string, string>?>(version == "v2" ? new Dictionary<string, string> { ["segments.yaml"] = "segments: []" } : null);

    public string? PutProducts { get; private set; }

    public List<string> Answered { get; } = [];

    public Task<(int Accepted, IReadOnlyList<RequestFault> Faults)> PutAsync(ReadOnlyMemory<byte> body, CancellationToken cancellation)
    {
        PutProducts = System.Text.Encoding.UTF8.GetString(body.Span);
        return Answer<(int, IReadOnlyList<RequestFault>)>(CustomerFaults.Count > 0 ? (0, CustomerFaults) : (2, []));
    }

    Task<SurveySubject?> ISurveys.FindAsync(string token, CancellationToken cancellation) =>
        Answer(token == "good" ? new SurveySubject("Alder & <Finch>", "How was it?", "Very <good>", "We read every answer.") : null);

    public Task<SurveySubject?> AnswerAsync(string token, CancellationToken cancellation)
    {
        Answered.Add(token);
        return ((ISurveys)this).FindAsync(token, cancellation);
    }

    public Task<RenderedEmail> PreviewAsync(string journey, string step, string customer, CancellationToken cancellation) =>
        (journey, step, customer) == ("welcome", "1", "c1")
            ? Answer(new RenderedEmail("s", "shop@example.com", "Shop", null, "ada@example.com", "Ada", "Hello", "<p>Hello</p>", "Hello\n", null, []))
            : throw new PreviewException($"There is no journey '{journey}'.");

    public EventRequest? Happened { get; private set; }

    public EventReceipt EventReceipt { get; set; } = new([new(0, "e1", "c1")], []);

    public Task<EventReceipt> TakeAsync(EventRequest request, CancellationToken cancellation)
    {
        Happened = request with { Body = request.Body.ToArray() };
        return Answer(EventReceipt);
    }

    public Task<IReadOnlyList<BrowserKey>> BrowserKeysAsync(CancellationToken cancellation) =>
        Answer<IReadOnlyList<BrowserKey>>([new("https://shop.example.com", "pk-0123456789abcdef")]);

    public Task<CustomerView?> FindAsync(string id, CancellationToken cancellation) => Answer(id == Customer.Id ? Customer : null);

    public Task<JsonObject?> ExportAsync(string id, CancellationToken cancellation) =>
        Answer(id == Customer.Id ? new JsonObject { ["customerId"] = id } : null);

    public string? Erased { get; private set; }

    public Task<IReadOnlyList<RequestFault>> EraseAsync(string id, CancellationToken cancellation)
    {
        Erased = id;
        return Answer(CustomerFaults);
    }

    public Task<IReadOnlyList<RequestFault>> PutAsync(string id, ReadOnlyMemory<byte> body, CancellationToken cancellation)
    {
        Put = (id, System.Text.Encoding.UTF8.GetString(body.Span));
        return Answer(CustomerFaults);
    }

    public Task<Overview> OverviewAsync(CancellationToken cancellation) => Answer(Overview);

    public JourneyReport Report { get; set; } = new()
    {
        Id = "welcome", Name = "=Welcome", Status = "live", Currency = "EUR", At = DateTimeOffset.UnixEpoch, Attribution = "last-touch",
        Totals = new() { Entered = 5, Sent = 3, AttributedRevenue = -1.5m },
        Steps = [new("1", "=cmd()", new() { Sent = 3, AttributedRevenue = -1.5m })],
    };

    public AttributionRule? AskedBy { get; private set; }

    public Task<JourneysReport> JourneysAsync(CancellationToken cancellation) =>
        Answer(new JourneysReport(Report.At, null, Report.Currency, [new(Report.Id, Report.Name, Report.Totals)]));

    public Task<JourneyReport?> JourneyAsync(string id, AttributionRule attribution, CancellationToken cancellation)
    {
        AskedBy = attribution;
        return Answer(id == Report.Id ? Report : null);
    }

    public Task<ExperimentsReport> ExperimentsAsync(CancellationToken cancellation) => Answer(new ExperimentsReport(Report.At, null, Report.Currency,
    [
        new("welcome", "=Welcome", "live",
        [
            new()
            {
                Id = "welcome~holdout~0.1~0", Kind = "holdout", Name = "Let in against held out", Since = new(2026, 1, 3), Running = true, Verdict = "Nothing shown yet.",
                Arms = [new("control", "Held out", 0.1, 95, 100, 9, 0.09, 610, 6.1m), new("treated", "Let in", 0.9, 805, 900, 120, 0.133, 7000, 7.8m)],
                Comparisons = [new("treated", "control", new(0.043, -0.018, 0.104, 0.48, new(-0.06, 0.15), 0.6), null, 0.087, 39210)],
                Split = new(0.41, false),
            },
        ]),
    ]));

    public Task<Movements> MovementsAsync(CancellationToken cancellation) =>
        Answer(new Movements(Report.At, null, [new("2026-11", null, "new", 3), new("2026-11", "new", "core-active", 2)]));

    public SegmentMap Map { get; set; } = new(DateTimeOffset.UnixEpoch, "EUR", null, 0, 0, [], [], [], [], [], []);

    public Task<SegmentMap> MapAsync(CancellationToken cancellation) => Answer(Map);

    public CalibrationReport Calibration { get; set; } = new(DateTimeOffset.UnixEpoch, "EUR", null);

    public Task<CalibrationReport> CalibrationAsync(CancellationToken cancellation) => Answer(Calibration);

    public Func<string, JourneyDetail?> Journey { get; set; } = _ => null;

    public Task<JourneyDetail?> JourneyAsync(string id, CancellationToken cancellation) => Answer(Journey(id));

    public PeopleWish? Wish { get; private set; }

    public JourneyPeople? People { get; set; } = new()
    {
        At = DateTimeOffset.UnixEpoch, Journey = "welcome", Matching = 3, Next = "c1", Steps = [new("v2", true, "mail", 2, 1), new("v1", false, null, 1, 0)],
        People = [new("c1", "v2", "mail", DateTimeOffset.UnixEpoch.AddDays(1), DateTimeOffset.UnixEpoch, false)],
    };

    public Task<JourneyPeople?> PeopleAsync(PeopleWish wish, CancellationToken cancellation)
    {
        Wish = wish;
        return Answer(wish.Journey == "welcome" ? People : null);
    }

    public Task<(string Currency, decimal? PerMail)> MoneyAsync(CancellationToken cancellation) => Answer<(string, decimal?)>(("EUR", 0.01m));

    public Func<SimulationRequest, IProgress<SimulationProgress>, Task<SimulationResult>> Simulation { get; set; } =
        (_, _) => throw new JourneyNotFoundException("There is no such journey.");

    public Task<SimulationResult> SimulateAsync(SimulationRequest request, IProgress<SimulationProgress> progress, CancellationToken cancellation) =>
        Fault is null ? Simulation(request, progress) : throw Fault;

    public Task<ForecastResult> ForecastAsync(string journey, CancellationToken cancellation) => journey == "welcome"
        ? Answer(new ForecastResult(journey, "Welcome", "draft", 60, 5, 50, 4, 3))
        : throw new JourneyNotFoundException($"There is no journey '{journey}'.");

    public Task SwitchAsync(string journey, SwitchTo to, string by, CancellationToken cancellation)
    {
        Switched = (journey, to, by);
        return Answer(0);
    }

    /// <summary>What mail services told.</summary>
    public List<MailEvent> Reported { get; } = [];

    Task<MailReportReceipt> IMailReports.TakeAsync(string source, string call, IReadOnlyList<MailEvent> events, CancellationToken cancellation)
    {
        Reported.AddRange(events);
        return Fault is { } fault ? throw fault : Task.FromResult(new MailReportReceipt(events.Count, 0, false));
    }

    /// <summary>What a good link shows.</summary>
    public MailPreferences Preferences { get; set; } = new(
        "Alder & <Finch>", new("offers", "Offers <b>", true), [new("offers", "Offers <b>", true), new("picks", "Picks for you", false)], true) { WantsCalls = false, IsKnown = true };

    /// <summary>What was chosen on the page.</summary>
    public List<ChosenPreferences> Chosen { get; } = [];

    Task<MailPreferences?> IUnsubscribe.FindAsync(string token, CancellationToken cancellation) => Answer(token == "good" ? Preferences : null);

    public Task<MailPreferences?> UnsubscribeAsync(string token, bool all, CancellationToken cancellation)
    {
        Unsubscribed.Add(all ? $"{token} all" : token);
        return Answer(token == "good" ? Preferences : null);
    }

    public Task<MailPreferences?> ChooseAsync(string token, ChosenPreferences chosen, CancellationToken cancellation)
    {
        Chosen.Add(chosen);
        return Answer(token == "good" ? Preferences : null);
    }

    public Task CheckAsync(CancellationToken cancellation) => Answer(0);

    public long? CountDeadLetters() => DeadLetters;

    public async Task<ReceivedMessage> ReceiveAsync(string queue, CancellationToken cancellation)
    {
        Receiving++;
        try
        {
            await Task.Delay(Timeout.Infinite, cancellation);
            throw new OperationCanceledException(cancellation);
        }
        finally
        {
            Receiving--;
        }
    }

    public Task<ReceivedMessage?> RenewAsync(ReceivedMessage message, CancellationToken cancellation) => Task.FromResult<ReceivedMessage?>(message);

    public Task CompleteAsync(ReceivedMessage message, CancellationToken cancellation) => Task.CompletedTask;

    public Task AbandonAsync(ReceivedMessage message, TimeSpan delay, string error, bool passing, CancellationToken cancellation) => Task.CompletedTask;

    public Task DeadLetterAsync(ReceivedMessage message, string reason, CancellationToken cancellation) => Task.CompletedTask;

    public Task<DateTimeOffset?> LastRunAsync(string timer, CancellationToken cancellation) => Task.FromResult<DateTimeOffset?>(null);

    public Task RanAsync(string timer, DateTimeOffset at, CancellationToken cancellation) => Task.CompletedTask;

    private Task<T> Answer<T>(T answer) => Fault is null ? Task.FromResult(answer) : throw Fault;
}
