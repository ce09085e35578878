using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Segue.Functions.Hosting;

namespace Segue.Functions.HttpTriggers;

/// <summary>Tells browsers which pages may send events.</summary>
public sealed class PreflightBrowserEvents(SegueRoutes routes)
{
    private const string Route = "api/browser/events";

    /// <summary>Answers as Segue.Http does.</summary>
    [Function(nameof(PreflightBrowserEvents))]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "options", Route = Route)] HttpRequest request) =>
        routes.AnswerAsync(request, Route);
}
