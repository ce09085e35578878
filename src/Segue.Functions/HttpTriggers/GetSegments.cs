using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Segue.Functions.Hosting;

namespace Segue.Functions.HttpTriggers;

/// <summary>Counts customers, orders and revenue by segment.</summary>
public sealed class GetSegments(SegueRoutes routes)
{
    private const string Route = "api/segments";

    /// <summary>Answers as Segue.Http does.</summary>
    [Function(nameof(GetSegments))]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Function, "get", Route = Route)] HttpRequest request) =>
        routes.AnswerAsync(request, Route);
}
