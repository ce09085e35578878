using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Segue.Functions.Hosting;

namespace Segue.Functions.HttpTriggers;

/// <summary>Shows a customer what is kept of them.</summary>
public sealed class GetCustomerExport(SegueRoutes routes)
{
    private const string Route = "api/customers/{id}/export";

    /// <summary>Answers as Segue.Http does.</summary>
    [Function(nameof(GetCustomerExport))]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Function, "get", Route = Route)] HttpRequest request) =>
        routes.AnswerAsync(request, Route);
}
