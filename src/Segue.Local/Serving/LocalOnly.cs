using System.Net;
using Microsoft.AspNetCore.Http;
using Segue.Http;

namespace Segue.Local.Serving;

/// <summary>
/// Keeps everything but people's links and the health check to this machine: there are no accounts here. The name asked
/// for is checked too, so that no web page can reach in by pointing a name of its own at this address.
/// </summary>
internal static class LocalOnly
{
    public static Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var endpoint = context.GetEndpoint();
        return endpoint is null || endpoint.Metadata.GetMetadata<OpenToAll>() is not null || IsLocal(context)
            ? next(context)
            : Results.Problem(
                title: "Only for this machine",
                detail: "Segue on one machine has no accounts: its API and dashboard answer requests to localhost only.",
                statusCode: StatusCodes.Status403Forbidden).ExecuteAsync(context);
    }

    private static bool IsLocal(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } from && IPAddress.IsLoopback(from) && IsLocalName(context.Request.Host.Host);

    private static bool IsLocalName(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
