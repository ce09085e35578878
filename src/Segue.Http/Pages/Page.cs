using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Segue.Ports;

namespace Segue.Http.Pages;

/// <summary>Renders pages, with the headers that they all have.</summary>
/// <remarks>
/// Components are rendered to text and nothing more: no cookies, no antiforgery keys on disk, no state in the page.
/// </remarks>
internal static class Page
{
    /// <summary>A page.</summary>
    public static async Task<IResult> RenderAsync<TPage>(
        HttpContext context, Dictionary<string, object?> parameters, int status = StatusCodes.Status200OK)
        where TPage : IComponent
    {
        var services = context.RequestServices;
        await using var renderer = new HtmlRenderer(services, services.GetRequiredService<ILoggerFactory>());
        var html = await renderer.Dispatcher.InvokeAsync(
            async () => (await renderer.RenderComponentAsync<TPage>(ParameterView.FromDictionary(parameters))).ToHtmlString());
        var headers = context.Response.Headers;
        headers.CacheControl = "no-store";
        headers.ContentSecurityPolicy = StyleSheet.ContentSecurityPolicy;
        headers["Referrer-Policy"] = "no-referrer";
        headers.XContentTypeOptions = "nosniff";
        return Results.Content(html, "text/html; charset=utf-8", statusCode: status);
    }

    /// <summary>A page with one thing to say.</summary>
    public static Task<IResult> MessageAsync(HttpContext context, int status, string heading, string text, string? more = null) => RenderAsync<MessagePage>(
        context, new() { [nameof(MessagePage.Heading)] = heading, [nameof(MessagePage.Text)] = text, [nameof(MessagePage.More)] = more }, status);

    /// <summary>503 for people.</summary>
    public static Task<IResult> UnavailableAsync(HttpContext context, PortUnavailableException exception)
    {
        var after = Math.Max(1, Math.Ceiling((exception.RetryAfter ?? TimeSpan.FromSeconds(5)).TotalSeconds));
        context.Response.Headers.RetryAfter = after.ToString(CultureInfo.InvariantCulture);
        return MessageAsync(context, StatusCodes.Status503ServiceUnavailable,
            "Not available at the moment", "Please load this page again in a minute.");
    }
}
