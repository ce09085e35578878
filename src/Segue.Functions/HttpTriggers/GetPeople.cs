using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Segue.Functions.Hosting;

namespace Segue.Functions.HttpTriggers;

/// <summary>Shows who is where in a journey.</summary>
public sealed class GetPeople(SegueRoutes routes)
{
    private const string Route = "api/journeys/{id}/people";

    /// <summary>Answers as Segue.Http does.</summary>
    [Function(nameof(GetPeople))]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Function, "get", Route = Route)] HttpRequest request) =>
        routes.AnswerAsync(request, Route);
}
