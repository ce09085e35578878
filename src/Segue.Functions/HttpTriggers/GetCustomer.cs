using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Segue.Functions.Hosting;

namespace Segue.Functions.HttpTriggers;

/// <summary>Shows one customer.</summary>
public sealed class GetCustomer(SegueRoutes routes)
{
    private const string Route = "api/customers/{**id}";

    /// <summary>Answers as Segue.Http does.</summary>
    [Function(nameof(GetCustomer))]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Function, "get", Route = Route)] HttpRequest request) =>
        routes.AnswerAsync(request, Route);
}
