using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Segue.Functions.Hosting;

namespace Segue.Functions.HttpTriggers;

/// <summary>Shows whether a discount code can be redeemed.</summary>
public sealed class GetCode(SegueRoutes routes)
{
    private const string Route = "api/codes/{code}";

    /// <summary>Answers as Segue.Http does.</summary>
    [Function(nameof(GetCode))]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Function, "get", Route = Route)] HttpRequest request) =>
        routes.AnswerAsync(request, Route);
}
