using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Segue.Functions.Hosting;

namespace Segue.Functions.HttpTriggers;

/// <summary>Lists the journeys.</summary>
public sealed class GetJourneys(SegueRoutes routes)
{
    private const string Route = "api/journeys";

    /// <summary>Answers as Segue.Http does.</summary>
    [Function(nameof(GetJourneys))]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Function, "get", Route = Route)] HttpRequest request) =>
        routes.AnswerAsync(request, Route);
}
