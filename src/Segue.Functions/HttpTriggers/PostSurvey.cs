using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Segue.Functions.Hosting;

namespace Segue.Functions.HttpTriggers;

/// <summary>Takes the answer to it.</summary>
public sealed class PostSurvey(SegueRoutes routes)
{
    private const string Route = "survey/{token}";

    /// <summary>Answers as Segue.Http does.</summary>
    [Function(nameof(PostSurvey))]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Route)] HttpRequest request) =>
        routes.AnswerAsync(request, Route);
}
