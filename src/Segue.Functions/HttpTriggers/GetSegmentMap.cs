using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Segue.Functions.Hosting;

namespace Segue.Functions.HttpTriggers;

/// <summary>Tells where all customers stand.</summary>
public sealed class GetSegmentMap(SegueRoutes routes)
{
    private const string Route = "api/segments/map";

    /// <summary>Answers as Segue.Http does.</summary>
    [Function(nameof(GetSegmentMap))]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Function, "get", Route = Route)] HttpRequest request) =>
        routes.AnswerAsync(request, Route);
}
