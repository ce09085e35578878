using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Segue.Functions.Hosting;

namespace Segue.Functions.HttpTriggers;

/// <summary>The dashboard's page, which holds nothing of the shop.</summary>
public sealed class GetDashboard(SegueRoutes routes)
{
    private const string Route = "dashboard/{**path}";

    /// <summary>Answers as Segue.Http does.</summary>
    [Function(nameof(GetDashboard))]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Route)] HttpRequest request) =>
        routes.AnswerAsync(request, Route);
}
