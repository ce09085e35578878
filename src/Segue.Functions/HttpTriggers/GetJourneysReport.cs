using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Segue.Functions.Hosting;

namespace Segue.Functions.HttpTriggers;

/// <summary>The totals of every journey.</summary>
public sealed class GetJourneysReport(SegueRoutes routes)
{
    private const string Route = "api/reports/journeys";

    /// <summary>Answers as Segue.Http does.</summary>
    [Function(nameof(GetJourneysReport))]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Function, "get", Route = Route)] HttpRequest request) =>
        routes.AnswerAsync(request, Route);
}
