using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Segue.Functions.Hosting;

namespace Segue.Functions.HttpTriggers;

/// <summary>Tells what the calibration in force has learned.</summary>
public sealed class GetCalibration(SegueRoutes routes)
{
    private const string Route = "api/calibration";

    /// <summary>Answers as Segue.Http does.</summary>
    [Function(nameof(GetCalibration))]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Function, "get", Route = Route)] HttpRequest request) =>
        routes.AnswerAsync(request, Route);
}
