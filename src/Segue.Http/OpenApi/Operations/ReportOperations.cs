using Segue.Campaigns;
using Segue.Http.Reports;

namespace Segue.Http.OpenApi.Operations;

internal static class ReportOperations
{
    private static readonly DateTimeOffset _at = new(2026, 11, 20, 9, 30, 0, TimeSpan.Zero);
    private static readonly ExperimentReport _experiment = new()
    {
        Id = "welcome~holdout~0.1~0", Kind = "holdout", Name = "Let in against held out", Since = new(2026, 1, 3), Running = true, Verdict = "Nothing shown yet.",
        Arms = [new("control", "Held out", 0.1, 95, 100, 9, 0.09, 610, 6.1m), new("treated", "Let in", 0.9, 805, 900, 120, 0.133, 7000, 7.8m)],
        Comparisons = [new("treated", "control", new(0.043, -0.018, 0.104, 0.48, new(-0.06, 0.15), 0.6), null, 0.087, 39210)], Split = new(0.41, false),
    };

    public static IReadOnlyDictionary<string, ApiOperation> All { get; } = new Dictionary<string, ApiOperation>
    {
        ["GET /api/calibration"] = new("getCalibration", ApiOperations.Reports, "The calibration in force, and what members of segments and clusters are like.")
        {
            Answers = [ApiAnswer.Json(new CalibrationReport(_at, "EUR", null))],
        },
        ["GET /api/segments"] = new("getSegments", ApiOperations.Reports, "Customers, orders and revenue by segment and stage.")
        {
            Answers = [ApiAnswer.Json(new SegmentsListed(_at, "EUR", [new("new", "New", 96, 120, 7210m)], [new("active", "Active", 578, 5100, 498000m)]))],
        },
        ["GET /api/segments/map"] = new("getSegmentMap", ApiOperations.Reports, "Segments with their rules and journeys, tags, scores and ages of all customers.")
        {
            Answers = [ApiAnswer.Json(new SegmentMap(_at, "EUR", null, 2000, 1800, [new("new", "New", "orders: 1", ["welcome"], 96, 80, 120, 7210m, 70m, 12m)], [new("silent-60", "Silent", 12)], [new(5, 4, 10, 900m)], [], [], []))],
        },
        ["GET /api/reports/overview"] = Report("getOverview", "How the shop stands, and how it came to be.", new Overview { At = _at, ShopName = "Alder & Finch", Currency = "EUR", Sending = Sending.Off })
            with
        {
            Parameters = [new("every", "query", "Days of a step of the history.", """{ "type": "integer", "minimum": 1, "maximum": 31, "default": 1 }"""), Parameters.Format],
        },
        ["GET /api/reports/experiments"] = Report("getExperiments", "The experiments of all journeys.", new ExperimentsReport(_at, null, "EUR", [new("welcome", "Welcome", "live", [_experiment])])),
        ["GET /api/reports/journeys"] = Report("getJourneysReport", "The totals of every journey.", new JourneysReport(_at, null, "EUR", [new("welcome", "Welcome", new() { Entered = 5, Sent = 3 })])),
        ["GET /api/reports/journeys/{id}"] = Report("getJourneyReport", "What a journey did and what it earned.", new JourneyReport
        {
            Id = "welcome", Name = "Welcome", Status = "live", Currency = "EUR", At = _at, Attribution = "last-touch", Totals = new() { Entered = 5, Sent = 3 },
        }) with
        {
            Parameters =
            [
                Parameters.Journey, Parameters.Format,
                new("attribution", "query", "Who gets an order's revenue where several mails preceded it.", """{ "type": "string", "enum": ["last-touch", "first-touch", "even-split"], "default": "last-touch" }"""),
            ],
            Problems = [400, 404],
        },
        ["GET /api/reports/movements"] = Report("getMovements", "Who moved between segments, month by month.", new Movements(_at, null, [new("2026-11", "new", "core-active", 2)])),
    };

    private static ApiOperation Report<T>(string id, string summary, T example)
        where T : notnull => new(id, ApiOperations.Reports, summary)
        {
            Parameters = [Parameters.Format],
            Answers = [ApiAnswer.Json(example), ApiAnswer.Csv()],
            Problems = [400],
        };
}
