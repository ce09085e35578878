using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Segue.Functions.Hosting;

namespace Segue.Functions.HttpTriggers;

/// <summary>Takes events from the shop's server.</summary>
public sealed class PostEvents(SegueRoutes routes)
{
    private const string Route = "api/events";

    /// <summary>Answers as Segue.Http does.</summary>
    [Function(nameof(PostEvents))]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Function, "post", Route = Route)] HttpRequest request) =>
        routes.AnswerAsync(request, Route);
}
