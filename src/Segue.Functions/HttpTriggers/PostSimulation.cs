using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Segue.Functions.Hosting;

namespace Segue.Functions.HttpTriggers;

/// <summary>Replays history through a journey; sends nothing.</summary>
public sealed class PostSimulation(SegueRoutes routes)
{
    private const string Route = "api/simulations";

    /// <summary>Answers as Segue.Http does.</summary>
    [Function(nameof(PostSimulation))]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Function, "post", Route = Route)] HttpRequest request) =>
        routes.AnswerAsync(request, Route);
}
