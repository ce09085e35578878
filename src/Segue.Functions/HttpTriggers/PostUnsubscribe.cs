using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Segue.Functions.Hosting;

namespace Segue.Functions.HttpTriggers;

/// <summary>Unsubscribes by a mail's link.</summary>
public sealed class PostUnsubscribe(SegueRoutes routes)
{
    private const string Route = "unsubscribe/{token}";

    /// <summary>Answers as Segue.Http does.</summary>
    [Function(nameof(PostUnsubscribe))]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Route)] HttpRequest request) =>
        routes.AnswerAsync(request, Route);
}
