using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Segue.Functions.Hosting;

namespace Segue.Functions.HttpTriggers;

/// <summary>Publishes a campaigns folder.</summary>
public sealed class PutCampaigns(SegueRoutes routes)
{
    private const string Route = "api/campaigns";

    /// <summary>Answers as Segue.Http does.</summary>
    [Function(nameof(PutCampaigns))]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Function, "put", Route = Route)] HttpRequest request) =>
        routes.AnswerAsync(request, Route);
}
