using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Segue.Functions.Hosting;

namespace Segue.Functions.HttpTriggers;

/// <summary>The experiments of all journeys.</summary>
public sealed class GetExperimentsReport(SegueRoutes routes)
{
    private const string Route = "api/reports/experiments";

    /// <summary>Answers as Segue.Http does.</summary>
    [Function(nameof(GetExperimentsReport))]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Function, "get", Route = Route)] HttpRequest request) =>
        routes.AnswerAsync(request, Route);
}
