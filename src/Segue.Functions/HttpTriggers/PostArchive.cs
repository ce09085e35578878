using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Segue.Functions.Hosting;

namespace Segue.Functions.HttpTriggers;

/// <summary>Ends a journey: nobody enters any more, and who is under way finishes.</summary>
public sealed class PostArchive(SegueRoutes routes)
{
    private const string Route = "api/journeys/{id}/archive";

    /// <summary>Answers as Segue.Http does.</summary>
    [Function(nameof(PostArchive))]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Function, "post", Route = Route)] HttpRequest request) =>
        routes.AnswerAsync(request, Route);
}
