using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Segue.Functions.Hosting;

namespace Segue.Functions.HttpTriggers;

/// <summary>Shows whom a journey would mail.</summary>
public sealed class GetForecast(SegueRoutes routes)
{
    private const string Route = "api/journeys/{id}/forecast";

    /// <summary>Answers as Segue.Http does.</summary>
    [Function(nameof(GetForecast))]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Function, "get", Route = Route)] HttpRequest request) =>
        routes.AnswerAsync(request, Route);
}
