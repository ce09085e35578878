using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Segue.Functions.Hosting;

namespace Segue.Functions.HttpTriggers;

/// <summary>Takes orders.</summary>
public sealed class PostOrders(SegueRoutes routes)
{
    private const string Route = "api/orders";

    /// <summary>Answers as Segue.Http does.</summary>
    [Function(nameof(PostOrders))]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Function, "post", Route = Route)] HttpRequest request) =>
        routes.AnswerAsync(request, Route);
}
