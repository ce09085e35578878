using Segue.Campaigns;
using Segue.Files;
using Segue.Http.Campaigns;

namespace Segue.Http.OpenApi.Operations;

internal static class CampaignOperations
{
    private static readonly DateTimeOffset _at = new(2026, 11, 20, 9, 30, 0, TimeSpan.Zero);
    private static readonly ApiParameter _dryRun = new(
        "dryRun", "query", "true says what would change, and changes nothing.", """{ "type": "string", "enum": ["true", "false"], "default": "false" }""");

    private static readonly PublishResult _published = new()
    {
        Version = "b7b1d2a90c3e4f55", Previous = "4f0c55e1a2b3c4d5", InForce = true, GoesLive = ["welcome"],
        Changes = [new("journeys/welcome.yaml", "changed", ["'holdout' was 10% and is now 20%."])],
        Warnings = [new("journeys/welcome.yaml", 0, "", "No holdout: what it brings can't be measured.")],
    };

    private static readonly ApiAnswer _notValid = new(
        422, "The campaigns are not valid: `errors` names each fault by file, line and field. Nothing was changed.", "application/problem+json", typeof(CampaignsNotValid),
        CampaignsNotValid.Of([new FileError("journeys/welcome.yaml", 3, "enter.tag", "Found 'silent-6'; there is no such tag. Did you mean 'silent-60'?")], []));

    public static IReadOnlyDictionary<string, ApiOperation> All { get; } = new Dictionary<string, ApiOperation>
    {
        ["GET /api/campaigns"] = new("getCampaigns", ApiOperations.Campaigns, "What is and was in force, and who decided it.")
        {
            Answers = [ApiAnswer.Json(new CampaignsInForceView("b7b1d2a90c3e4f55", _at, "Ann", [new("b7b1d2a90c3e4f55", _at, "Ann")]))],
        },
        ["PUT /api/campaigns"] = new("putCampaigns", ApiOperations.Campaigns, "Puts a whole campaigns folder in force, checked as validate does: at once, or not at all.")
        {
            Parameters = [_dryRun, new("If-Match", "header", "Only where this version is in force, in quotes.", """{ "type": "string", "enum": ["*"] }""")],
            Body = ApiOperation.Json("CampaignsFolder"),
            Answers = [ApiAnswer.Json(_published, "In force; or with dryRun what would be."), _notValid],
            Problems = [409, 412],
        },
        ["GET /api/campaigns/{version}"] = new("getCampaignVersion", ApiOperations.Campaigns, "The files of one version by path; current is that in force.")
        {
            Parameters = [new("version", "path", "A version, or current.", """{ "type": "string", "minLength": 1, "examples": ["current"] }""")],
            Answers = [ApiAnswer.Json(new CampaignFilesView("b7b1d2a90c3e4f55", new Dictionary<string, string> { ["segments.yaml"] = "segments: …" }))],
            Problems = [404],
        },
        ["POST /api/campaigns/revert"] = new("revertCampaigns", ApiOperations.Campaigns, "Puts an earlier campaigns folder in force again.")
        {
            Parameters = [_dryRun],
            Body = ApiOperation.Json("CampaignsRevert"),
            Answers = [ApiAnswer.Json(_published, "In force; or with dryRun what would be."), _notValid],
            Problems = [404, 409, 412],
        },
    };
}
