using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Segue.Ports;

namespace Segue.Http.Guarding;

/// <summary>
/// Stands before every endpoint, in both hosts: names the request, turns away who calls too often, and lets no fault out but as a
/// problem (RFC 9457) that tells nothing of the inside.
/// </summary>
internal sealed class RequestGuard(CallLimits limits, ILogger<RequestGuard> logger)
{
    private static readonly Func<ILogger, string, IDisposable?> _request = LoggerMessage.DefineScope<string>("{RequestId}");

    public async Task InvokeAsync(HttpContext context, RequestDelegate endpoint)
    {
        using var scope = _request(logger, RequestId.Name(context));
        // What an answer quotes of a request is never taken for a page.
        context.Response.Headers.XContentTypeOptions = "nosniff";
        using var lease = limits.Ask(context);
        if (!lease.IsAcquired)
        {
            await Problems.TooMany(context, CallLimits.RetryAfter(lease)).ExecuteAsync(context);
            return;
        }

        try
        {
            await endpoint(context);
        }
        catch (Exception e) when (!context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
        {
            await AnswerTo(e, context).ExecuteAsync(context);
        }
    }

    private IResult AnswerTo(Exception fault, HttpContext context)
    {
        switch (fault)
        {
            case PortUnavailableException away:
                return Problems.Unavailable(context, away);
            case BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge }:
                return Problems.TooLarge("The body is larger than the server takes.");
            case BadHttpRequestException:
                return Problems.Faults("The request is not right", "It is no valid HTTP request, or its body broke off.", []);
            case TableLimitException when HttpMethods.IsGet(context.Request.Method):
                // A name that no row can have is the name of nothing.
                return Problems.NotFound("There is nothing of that name.");
            default:
                logger.RequestFailed(Route(context), fault);
                return Problems.Broken();
        }
    }

    // The route's pattern: an address may hold a customer's id.
    private static string Route(HttpContext context) => $"{context.Request.Method} {(context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText}";
}
