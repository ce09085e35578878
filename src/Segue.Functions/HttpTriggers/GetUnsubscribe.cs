using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Segue.Functions.Hosting;

namespace Segue.Functions.HttpTriggers;

/// <summary>Asks a person who follows a mail's link.</summary>
public sealed class GetUnsubscribe(SegueRoutes routes)
{
    private const string Route = "unsubscribe/{token}";

    /// <summary>Answers as Segue.Http does.</summary>
    [Function(nameof(GetUnsubscribe))]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Route)] HttpRequest request) =>
        routes.AnswerAsync(request, Route);
}
