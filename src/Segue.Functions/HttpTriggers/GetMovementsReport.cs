using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Segue.Functions.Hosting;

namespace Segue.Functions.HttpTriggers;

/// <summary>Moves between segments by month.</summary>
public sealed class GetMovementsReport(SegueRoutes routes)
{
    private const string Route = "api/reports/movements";

    /// <summary>Answers as Segue.Http does.</summary>
    [Function(nameof(GetMovementsReport))]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Function, "get", Route = Route)] HttpRequest request) =>
        routes.AnswerAsync(request, Route);
}
