using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Segue.Functions.Hosting;

namespace Segue.Functions.HttpTriggers;

/// <summary>Puts an earlier campaigns folder in force again.</summary>
public sealed class PostCampaignsRevert(SegueRoutes routes)
{
    private const string Route = "api/campaigns/revert";

    /// <summary>Answers as Segue.Http does.</summary>
    [Function(nameof(PostCampaignsRevert))]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Function, "post", Route = Route)] HttpRequest request) =>
        routes.AnswerAsync(request, Route);
}
