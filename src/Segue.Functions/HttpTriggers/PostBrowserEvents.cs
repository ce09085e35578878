using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Segue.Functions.Hosting;

namespace Segue.Functions.HttpTriggers;

/// <summary>Takes events from the shop's pages, which have a key of their own.</summary>
public sealed class PostBrowserEvents(SegueRoutes routes)
{
    private const string Route = "api/browser/events";

    /// <summary>Answers as Segue.Http does.</summary>
    [Function(nameof(PostBrowserEvents))]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Route)] HttpRequest request) =>
        routes.AnswerAsync(request, Route);
}
