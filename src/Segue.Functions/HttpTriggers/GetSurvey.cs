using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Segue.Functions.Hosting;

namespace Segue.Functions.HttpTriggers;

/// <summary>Asks the question of a mail's link.</summary>
public sealed class GetSurvey(SegueRoutes routes)
{
    private const string Route = "survey/{token}";

    /// <summary>Answers as Segue.Http does.</summary>
    [Function(nameof(GetSurvey))]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Route)] HttpRequest request) =>
        routes.AnswerAsync(request, Route);
}
