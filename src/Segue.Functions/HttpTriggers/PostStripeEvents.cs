using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Segue.Functions.Hosting;

namespace Segue.Functions.HttpTriggers;

/// <summary>Takes what Stripe tells of checkouts; its signature stands in for a key.</summary>
public sealed class PostStripeEvents(SegueRoutes routes)
{
    private const string Route = "api/stripe/events";

    /// <summary>Answers as Segue.Http does.</summary>
    [Function(nameof(PostStripeEvents))]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Route)] HttpRequest request) =>
        routes.AnswerAsync(request, Route);
}
