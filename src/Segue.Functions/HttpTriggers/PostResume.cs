using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Segue.Functions.Hosting;

namespace Segue.Functions.HttpTriggers;

/// <summary>Lets a paused journey go on.</summary>
public sealed class PostResume(SegueRoutes routes)
{
    private const string Route = "api/journeys/{id}/resume";

    /// <summary>Answers as Segue.Http does.</summary>
    [Function(nameof(PostResume))]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Function, "post", Route = Route)] HttpRequest request) =>
        routes.AnswerAsync(request, Route);
}
