using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Segue.Functions.Hosting;

namespace Segue.Functions.HttpTriggers;

/// <summary>Takes what the shop sells.</summary>
public sealed class PutProducts(SegueRoutes routes)
{
    private const string Route = "api/products";

    /// <summary>Answers as Segue.Http does.</summary>
    [Function(nameof(PutProducts))]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Function, "put", Route = Route)] HttpRequest request) =>
        routes.AnswerAsync(request, Route);
}
