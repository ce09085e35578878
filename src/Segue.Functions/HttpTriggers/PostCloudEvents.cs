using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Segue.Functions.Hosting;

namespace Segue.Functions.HttpTriggers;

/// <summary>Takes orders and events in CloudEvents envelopes.</summary>
public sealed class PostCloudEvents(SegueRoutes routes)
{
    private const string Route = "api/cloudevents";

    /// <summary>Answers as Segue.Http does.</summary>
    [Function(nameof(PostCloudEvents))]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Function, "post", Route = Route)] HttpRequest request) =>
        routes.AnswerAsync(request, Route);
}
