using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Segue.Functions.Hosting;

namespace Segue.Functions.HttpTriggers;

/// <summary>Takes a WooCommerce shop's orders; its signature stands in for a key.</summary>
public sealed class PostWooCommerceOrders(SegueRoutes routes)
{
    private const string Route = "api/woocommerce/orders";

    /// <summary>Answers as Segue.Http does.</summary>
    [Function(nameof(PostWooCommerceOrders))]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Route)] HttpRequest request) =>
        routes.AnswerAsync(request, Route);
}
