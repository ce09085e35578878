using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Segue.Functions.Hosting;

namespace Segue.Functions.HttpTriggers;

/// <summary>Holds everyone in a journey where they are.</summary>
public sealed class PostPause(SegueRoutes routes)
{
    private const string Route = "api/journeys/{id}/pause";

    /// <summary>Answers as Segue.Http does.</summary>
    [Function(nameof(PostPause))]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Function, "post", Route = Route)] HttpRequest request) =>
        routes.AnswerAsync(request, Route);
}
