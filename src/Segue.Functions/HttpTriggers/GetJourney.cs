using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Segue.Functions.Hosting;

namespace Segue.Functions.HttpTriggers;

/// <summary>Draws one journey, with who is at each step.</summary>
public sealed class GetJourney(SegueRoutes routes)
{
    private const string Route = "api/journeys/{id}";

    /// <summary>Answers as Segue.Http does.</summary>
    [Function(nameof(GetJourney))]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Function, "get", Route = Route)] HttpRequest request) =>
        routes.AnswerAsync(request, Route);
}
