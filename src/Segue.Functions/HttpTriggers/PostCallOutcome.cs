using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Segue.Functions.Hosting;

namespace Segue.Functions.HttpTriggers;

/// <summary>Takes what came of a call.</summary>
public sealed class PostCallOutcome(SegueRoutes routes)
{
    private const string Route = "api/calls/{id}/outcome";

    /// <summary>Answers as Segue.Http does.</summary>
    [Function(nameof(PostCallOutcome))]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Function, "post", Route = Route)] HttpRequest request) =>
        routes.AnswerAsync(request, Route);
}
