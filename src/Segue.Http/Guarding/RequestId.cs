using System.Diagnostics;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Segue.Http.Guarding;

/// <summary>Names requests, so that an answer is found in the log.</summary>
public static class RequestId
{
    /// <summary>The header, of requests and answers.</summary>
    public const string Header = "X-Request-Id";

    private const int Longest = 128;

    /// <summary>Names requests as soon as they come, for a host that may answer before an endpoint does.</summary>
    public static IApplicationBuilder UseRequestIds(this IApplicationBuilder app) => app.Use((HttpContext context, RequestDelegate next) =>
    {
        Name(context);
        return next(context);
    });

    /// <summary>A request's name, which its answer carries.</summary>
    internal static string Name(HttpContext context)
    {
        var headers = context.Response.Headers;
        if (headers[Header] is not [{ } id])
        {
            headers[Header] = id = Of(context);
        }

        return id;
    }

    /// <summary>The caller's name for it, where that is one; else the trace's id, or a new one.</summary>
    private static string Of(HttpContext context)
    {
        string? given = context.Request.Headers[Header];
        return given is { Length: > 0 and <= Longest } && given.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-') ? given
            : Activity.Current?.TraceId.ToHexString() ?? RandomNumberGenerator.GetHexString(32, lowercase: true);
    }
}
