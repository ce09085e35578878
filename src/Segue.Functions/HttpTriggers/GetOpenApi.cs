using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Segue.Functions.Hosting;

namespace Segue.Functions.HttpTriggers;

/// <summary>Describes the API.</summary>
public sealed class GetOpenApi(SegueRoutes routes)
{
    private const string Route = "api/openapi.json";

    /// <summary>Describes the API.</summary>
    [Function(nameof(GetOpenApi))]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Route)] HttpRequest request) =>
        routes.AnswerAsync(request, Route);
}
