using System.Text.Json.Nodes;
using Segue.Http.Health;

namespace Segue.Http.OpenApi.Operations;

internal static class PageOperations
{
    private static readonly ApiAnswer[] _page =
    [
        ApiAnswer.Html("What the link does, or that it is done."), ApiAnswer.Html("The link is none of ours.", 404), ApiAnswer.Html("Not available at the moment.", 503),
    ];

    public static IReadOnlyDictionary<string, ApiOperation> All { get; } = new Dictionary<string, ApiOperation>
    {
        ["GET /unsubscribe/{token}"] = Link("getUnsubscribe", "Shows what mails they get, and asks; changes nothing, since mail scanners open every link."),
        ["POST /unsubscribe/{token}"] = Link("postUnsubscribe", "Ends the mail's topic at once (RFC 8058); with the page's form, takes what is chosen there or ends all marketing.") with
        {
            Body = new Dictionary<string, string> { ["application/x-www-form-urlencoded"] = "MailChoice" },
            NeedsBody = false,
            Answers = [.. _page, ApiAnswer.Html("It chooses something that there is not.", 400), ApiAnswer.Html("The form is larger than any of ours.", 413)],
        },
        ["GET /survey/{token}"] = Link("getSurvey", "Asks whether this is the answer; changes nothing."),
        ["POST /survey/{token}"] = Link("postSurvey", "Takes the answer; the body is not read."),
        ["GET /"] = new("getRoot", ApiOperations.Pages, "Leads to the dashboard.")
        {
            Answers = [new(302, "To the dashboard.") { Headers = new Dictionary<string, string> { ["Location"] = "The dashboard." } }],
        },
        ["GET /dashboard/{**path}"] = new("getDashboard", ApiOperations.Pages, "The dashboard's page, whatever view the path names, and its files. They hold nothing of the shop.")
        {
            Parameters = [new("path", "path", "A view, or assets/VERSION/FILE.", """{ "type": "string" }""")],
            Answers =
            [
                ApiAnswer.Html("The page."), new(200, "The page.", "text/javascript"), new(200, "The page.", "text/css"),
                new(302, "To the plain overview, where the page was not built.") { Headers = new Dictionary<string, string> { ["Location"] = "The overview." } },
            ],
            Problems = [404],
        },
        ["GET /overview"] = new("getPlainOverview", ApiOperations.Pages, "An overview that needs no script.")
        {
            Answers = [ApiAnswer.Html("The page."), ApiAnswer.Html("Not available at the moment.", 503)],
        },
        ["GET /health"] = new("getHealth", ApiOperations.Pages, "Whether the app can do its work.")
        {
            Answers = [ApiAnswer.Json(new HealthAnswer("ok", "0.1.0", null), "The store answers.")],
        },
        ["GET /api/openapi.json"] = new("getOpenApi", ApiOperations.Pages, "This description.")
        {
            Answers = [ApiAnswer.Object(new JsonObject { ["openapi"] = "3.1.1" }, "An OpenAPI 3.1 document.")],
        },
    };

    private static ApiOperation Link(string id, string summary) => new(id, ApiOperations.Links, summary) { Parameters = [Parameters.Token], Answers = _page };
}
