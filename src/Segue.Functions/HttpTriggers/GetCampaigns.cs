using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Segue.Functions.Hosting;

namespace Segue.Functions.HttpTriggers;

/// <summary>Shows which campaigns are and were in force.</summary>
public sealed class GetCampaigns(SegueRoutes routes)
{
    private const string Route = "api/campaigns";

    /// <summary>Answers as Segue.Http does.</summary>
    [Function(nameof(GetCampaigns))]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Function, "get", Route = Route)] HttpRequest request) =>
        routes.AnswerAsync(request, Route);
}
