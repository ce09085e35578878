using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Segue.Functions.Hosting;

namespace Segue.Functions.HttpTriggers;

/// <summary>Takes what SendGrid tells of mails; its signature stands in for a key.</summary>
public sealed class PostSendGridEvents(SegueRoutes routes)
{
    private const string Route = "api/sendgrid/events";

    /// <summary>Answers as Segue.Http does.</summary>
    [Function(nameof(PostSendGridEvents))]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Route)] HttpRequest request) =>
        routes.AnswerAsync(request, Route);
}
