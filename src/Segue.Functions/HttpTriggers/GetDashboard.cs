using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Segue.Functions.Hosting;

namespace Segue.Functions.HttpTriggers;

/// <summary>Shows the dashboard.</summary>
public sealed class GetDashboard(SegueRoutes routes)
{
    private const string Route = "dashboard/{**path}";

    /// <summary>Answers as Segue.Http does.</summary>
    [Function(nameof(GetDashboard))]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Function, "get", Route = Route)] HttpRequest request) =>
        routes.AnswerAsync(request, Route);
}
