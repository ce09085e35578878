using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Segue.Functions.Hosting;

namespace Segue.Functions.HttpTriggers;

/// <summary>Today's calls, for agents.</summary>
public sealed class GetCalls(SegueRoutes routes)
{
    private const string Route = "api/calls";

    /// <summary>Answers as Segue.Http does.</summary>
    [Function(nameof(GetCalls))]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Function, "get", Route = Route)] HttpRequest request) =>
        routes.AnswerAsync(request, Route);
}
