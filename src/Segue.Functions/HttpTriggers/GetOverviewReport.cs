using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Segue.Functions.Hosting;

namespace Segue.Functions.HttpTriggers;

/// <summary>How the shop stands.</summary>
public sealed class GetOverviewReport(SegueRoutes routes)
{
    private const string Route = "api/reports/overview";

    /// <summary>Answers as Segue.Http does.</summary>
    [Function(nameof(GetOverviewReport))]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Function, "get", Route = Route)] HttpRequest request) =>
        routes.AnswerAsync(request, Route);
}
