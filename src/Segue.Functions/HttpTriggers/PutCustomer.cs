using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Segue.Functions.Hosting;

namespace Segue.Functions.HttpTriggers;

/// <summary>Takes what the shop says about a customer.</summary>
public sealed class PutCustomer(SegueRoutes routes)
{
    private const string Route = "api/customers/{**id}";

    /// <summary>Answers as Segue.Http does.</summary>
    [Function(nameof(PutCustomer))]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Function, "put", Route = Route)] HttpRequest request) =>
        routes.AnswerAsync(request, Route);
}
