using Segue.Http.Journeys;
using Segue.Http.Reports;
using Segue.Http.Simulations;

namespace Segue.Http.OpenApi.Operations;

internal static class JourneyOperations
{
    private static readonly DateTimeOffset _at = new(2026, 11, 20, 9, 30, 0, TimeSpan.Zero);

    public static IReadOnlyDictionary<string, ApiOperation> All { get; } = new Dictionary<string, ApiOperation>
    {
        ["GET /api/journeys"] = new("getJourneys", ApiOperations.Journeys, "The journeys with their status and figures.")
        {
            Answers = [ApiAnswer.Json(new JourneysListed(_at, "off", [new("welcome", "Welcome", "live", "new", 88, 412, 61)]))],
        },
        ["GET /api/journeys/{id}"] = new("getJourney", ApiOperations.Journeys, "One journey as a flow, with its figures and who is at each step.")
        {
            Parameters = [Parameters.Journey],
            Answers =
            [
                ApiAnswer.Json(new JourneyDetail
                {
                    At = _at, Id = "welcome", Name = "Welcome", Status = "live", Group = "new", GroupName = "New", Version = "4f0c", Reentry = "never", First = "1",
                    Figures = new() { Entered = 88, Here = 12, Sent = 80 }, Steps = [new("1", "send", "Send hello", "topic offers", [new(null, null)], 12, 80, 1, "hello")],
                    Versions = [new("4f0c", 12, true)], People = [new("c-17", "1", _at, _at)],
                }),
            ],
            Problems = [404],
        },
        ["GET /api/journeys/{id}/forecast"] = new("getForecast", ApiOperations.Journeys, "Whom the journey would mail.")
        {
            Parameters = [Parameters.Journey],
            Answers = [ApiAnswer.Json(new ForecastResult("welcome", "Welcome", "draft", 60, 5, 50, 4, 3))],
            Problems = [404],
        },
        ["GET /api/journeys/{id}/people"] = new("getPeople", ApiOperations.Journeys, "Who is where: how many at each step of each version, and by name.")
        {
            Parameters =
            [
                Parameters.Journey, new("version", "query", "Only those on this version of the journey.", """{ "type": "string" }"""),
                new("step", "query", "Only those whose next step this is.", """{ "type": "string" }"""),
                new("after", "query", "Only customers whose ids sort after this one: the page before says which.", """{ "type": "string" }"""),
                new("limit", "query", "Runs to name at most.", """{ "type": "integer", "minimum": 1, "maximum": 1000, "default": 100 }"""),
            ],
            Answers =
            [
                ApiAnswer.Json(new JourneyPeople
                {
                    At = _at, Journey = "welcome", Matching = 13, Next = "c-17", Steps = [new("4f0c", true, "1", 12, 1)],
                    People = [new("c-17", "4f0c", "1", _at, _at, false)],
                }),
            ],
            Problems = [400, 404],
        },
        ["GET /api/journeys/{id}/steps/{step}/preview"] = new("getPreview", ApiOperations.Journeys, "A step's mail as a customer would get it now.")
        {
            Parameters =
            [
                Parameters.Journey, new("step", "path", "The step's id.", """{ "type": "string", "minLength": 1 }"""),
                new("customer", "query", "A customer's id.", """{ "type": "string", "minLength": 1, "pattern": "\\S" }""", IsRequired: true),
                new("format", "query", "json, or html for the mail itself, in a sandbox.", """{ "type": "string", "enum": ["json", "html"], "default": "json" }"""),
            ],
            Answers =
            [
                ApiAnswer.Json(new MailPreview("shop@example.com", "Shop", null, "ada@example.com", "Hello", "<p>Hello</p>", "Hello")),
                ApiAnswer.Html("As asked."),
            ],
            Problems = [400, 404],
        },
        ["POST /api/journeys/{id}/archive"] = Switch("archiveJourney", "Ends a journey: nobody enters any more, and who is under way finishes.", "archived"),
        ["POST /api/journeys/{id}/golive"] = Switch("goLive", "Puts a journey live.", "live"),
        ["POST /api/journeys/{id}/pause"] = Switch("pauseJourney", "Holds everyone in a journey where they are.", "paused"),
        ["POST /api/journeys/{id}/resume"] = Switch("resumeJourney", "Goes on with a paused journey, each moment moved by the pause's length.", "live"),
        ["POST /api/simulations"] = new("postSimulation", ApiOperations.Journeys, "Replays history through a journey in memory; sends nothing. One line of JSON after another while it runs.")
        {
            Body = ApiOperation.Json("Simulation"),
            Answers = [new(200, "Lines of JSON: days done, then the report, or that it broke off.", "application/x-ndjson", typeof(SimulationLine), new SimulationLine { Done = 3, Total = 181 })],
            Problems = [404, 409],
        },
    };

    private static ApiOperation Switch(string id, string summary, string status) => new(id, ApiOperations.Journeys, summary)
    {
        Parameters = [Parameters.Journey],
        Body = ApiOperation.Json("Decision"),
        Answers = [ApiAnswer.Json(new JourneySwitched("welcome", status, "Ann"), "Done, and who decided it is kept.")],
        Problems = [404, 409],
    };
}
