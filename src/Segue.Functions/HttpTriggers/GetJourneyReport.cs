using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Segue.Functions.Hosting;

namespace Segue.Functions.HttpTriggers;

/// <summary>One journey by step, variant and segment.</summary>
public sealed class GetJourneyReport(SegueRoutes routes)
{
    private const string Route = "api/reports/journeys/{id}";

    /// <summary>Answers as Segue.Http does.</summary>
    [Function(nameof(GetJourneyReport))]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Function, "get", Route = Route)] HttpRequest request) =>
        routes.AnswerAsync(request, Route);
}
