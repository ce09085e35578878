using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Segue.Http;
using Segue.Ports;

namespace Segue.Functions.Hosting;

/// <summary>
/// The endpoints of Segue.Http, for the triggers to answer with: the very ones, bound and guarded as they are on one machine.
/// Each route has a trigger of its own, so that Functions knows it, its methods and its keys.
/// </summary>
public sealed class SegueRoutes
{
    /// <summary>
    /// How a trigger names the route of the root. An empty one means the function's name to the host, and a slash becomes two in
    /// the worker, which then answers no route at all.
    /// </summary>
    public const string Root = "{root:maxlength(0)?}";

    private readonly AzureShop _shop;
    private readonly Dictionary<(string Method, string Route), RouteEndpoint> _endpoints;

    /// <summary>Maps them.</summary>
    public SegueRoutes(IServiceProvider services, AzureShop shop)
    {
        _shop = shop;
        _endpoints = All(services)
            .SelectMany(e => MethodsOf(e).Select(method => (Key: (method.ToUpperInvariant(), RouteOf(e)), Endpoint: e)))
            .ToDictionary(e => e.Key, e => e.Endpoint);
    }

    /// <summary>All endpoints of Segue.Http, on these services.</summary>
    public static IReadOnlyList<RouteEndpoint> All(IServiceProvider services)
    {
        var builder = new Builder(services);
        builder.MapSegue();
        return [.. builder.DataSources.SelectMany(d => d.Endpoints).OfType<RouteEndpoint>()];
    }

    /// <summary>An endpoint's route as a trigger names it: without the slash that it begins with.</summary>
    public static string RouteOf(RouteEndpoint endpoint)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        return endpoint.RoutePattern.RawText!.TrimStart('/') is { Length: > 0 } route ? route : Root;
    }

    /// <summary>An endpoint's methods.</summary>
    public static IReadOnlyList<string> MethodsOf(RouteEndpoint endpoint)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        return endpoint.Metadata.GetRequiredMetadata<IHttpMethodMetadata>().HttpMethods;
    }

    /// <summary>The answer of the endpoint at a route to a request that a trigger took in for it.</summary>
    /// <param name="request">The request, its route values set.</param>
    /// <param name="route">The trigger's route.</param>
    public async Task<IResult> AnswerAsync(HttpRequest request, string route)
    {
        ArgumentNullException.ThrowIfNull(request);
        var endpoint = Closest(request, _endpoints[(request.Method.ToUpperInvariant(), route)]);
        try
        {
            await _shop.OpenAsync(request.HttpContext.RequestAborted);
        }
        catch (Exception e) when (e is PortUnavailableException or TableConflictException)
        {
            request.HttpContext.Response.Headers.RetryAfter = "5";
            return Results.Problem(title: "Not available at the moment", statusCode: StatusCodes.Status503ServiceUnavailable,
                detail: "Nothing was lost: send the same request again after the time in Retry-After.");
        }

        return new Answer(endpoint);
    }

    /// <summary>
    /// The host takes one of its routes that fit, which may be a catch-all where a closer one is there; the worker's own routing,
    /// which set the route values, has found the closer one. It answers, but only where the same key opens both.
    /// </summary>
    private RouteEndpoint Closest(HttpRequest request, RouteEndpoint taken) =>
        (request.HttpContext.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText is { } found
        && _endpoints.TryGetValue((request.Method.ToUpperInvariant(), found.TrimStart('/')), out var closer)
        && IsOpen(closer) == IsOpen(taken) ? closer : taken;

    private static bool IsOpen(RouteEndpoint endpoint) => endpoint.Metadata.GetMetadata<OpenToAll>() is not null;

    /// <summary>Lets the endpoint write its answer.</summary>
    private sealed class Answer(RouteEndpoint endpoint) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.SetEndpoint(endpoint);
            return endpoint.RequestDelegate!(httpContext);
        }
    }

    private sealed class Builder(IServiceProvider services) : IEndpointRouteBuilder
    {
        public IServiceProvider ServiceProvider => services;

        public ICollection<EndpointDataSource> DataSources { get; } = [];

        public IApplicationBuilder CreateApplicationBuilder() => new ApplicationBuilder(services);
    }
}
