using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Segue.Functions.Hosting;

namespace Segue.Functions.HttpTriggers;

/// <summary>Shows a journey's mail as a customer would get it.</summary>
public sealed class GetPreview(SegueRoutes routes)
{
    private const string Route = "api/journeys/{id}/steps/{step}/preview";

    /// <summary>Answers as Segue.Http does.</summary>
    [Function(nameof(GetPreview))]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Function, "get", Route = Route)] HttpRequest request) =>
        routes.AnswerAsync(request, Route);
}
