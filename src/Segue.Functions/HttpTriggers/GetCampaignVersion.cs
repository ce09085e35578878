using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Segue.Functions.Hosting;

namespace Segue.Functions.HttpTriggers;

/// <summary>Shows the files of a campaigns folder.</summary>
public sealed class GetCampaignVersion(SegueRoutes routes)
{
    private const string Route = "api/campaigns/{version}";

    /// <summary>Answers as Segue.Http does.</summary>
    [Function(nameof(GetCampaignVersion))]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Function, "get", Route = Route)] HttpRequest request) =>
        routes.AnswerAsync(request, Route);
}
