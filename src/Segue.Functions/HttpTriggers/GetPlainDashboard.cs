using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Segue.Functions.Hosting;

namespace Segue.Functions.HttpTriggers;

/// <summary>Shows the overview that needs no script.</summary>
public sealed class GetPlainDashboard(SegueRoutes routes)
{
    private const string Route = "overview";

    /// <summary>Answers as Segue.Http does.</summary>
    [Function(nameof(GetPlainDashboard))]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Function, "get", Route = Route)] HttpRequest request) =>
        routes.AnswerAsync(request, Route);
}
