using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Segue.Functions.Hosting;

namespace Segue.Functions.HttpTriggers;

/// <summary>Says whether the app can work.</summary>
public sealed class GetHealth(SegueRoutes routes)
{
    private const string Route = "health";

    /// <summary>Answers as Segue.Http does.</summary>
    [Function(nameof(GetHealth))]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Route)] HttpRequest request) =>
        routes.AnswerAsync(request, Route);
}
