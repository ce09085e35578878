using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Segue.Functions.Hosting;

namespace Segue.Functions.HttpTriggers;

/// <summary>Leads to the dashboard.</summary>
public sealed class GetRoot(SegueRoutes routes)
{
    /// <summary>Answers as Segue.Http does.</summary>
    [Function(nameof(GetRoot))]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Function, "get", Route = SegueRoutes.Root)] HttpRequest request) =>
        routes.AnswerAsync(request, SegueRoutes.Root);
}
