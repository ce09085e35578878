using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Segue.Functions.Hosting;

namespace Segue.Functions.HttpTriggers;

/// <summary>Switches a journey on.</summary>
public sealed class PostGoLive(SegueRoutes routes)
{
    private const string Route = "api/journeys/{id}/golive";

    /// <summary>Answers as Segue.Http does.</summary>
    [Function(nameof(PostGoLive))]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Function, "post", Route = Route)] HttpRequest request) =>
        routes.AnswerAsync(request, Route);
}
