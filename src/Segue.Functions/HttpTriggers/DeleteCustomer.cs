using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Segue.Functions.Hosting;

namespace Segue.Functions.HttpTriggers;

/// <summary>Forgets a customer.</summary>
public sealed class DeleteCustomer(SegueRoutes routes)
{
    private const string Route = "api/customers/{**id}";

    /// <summary>Answers as Segue.Http does.</summary>
    [Function(nameof(DeleteCustomer))]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Function, "delete", Route = Route)] HttpRequest request) =>
        routes.AnswerAsync(request, Route);
}
