using System.Globalization;
using Microsoft.AspNetCore.Http;
using Segue.Ports;

namespace Segue.Http;

/// <summary>Answers of RFC 9457, "Problem Details for HTTP APIs".</summary>
internal static class Problems
{
    /// <summary>400 that names each fault.</summary>
    public static IResult Faults(string title, string detail, IReadOnlyList<RequestFault> faults) => Results.Problem(
        title: title, detail: detail, statusCode: StatusCodes.Status400BadRequest,
        extensions: new Dictionary<string, object?> { ["errors"] = faults });

    /// <summary>404.</summary>
    public static IResult NotFound(string detail) => Results.Problem(
        title: "Not found", detail: detail, statusCode: StatusCodes.Status404NotFound);

    /// <summary>409.</summary>
    public static IResult Conflict(string detail) => Results.Problem(
        title: "Not in this state", detail: detail, statusCode: StatusCodes.Status409Conflict);

    /// <summary>413.</summary>
    public static IResult TooLarge(string detail) => Results.Problem(
        title: "The request is too large", detail: detail, statusCode: StatusCodes.Status413PayloadTooLarge);

    /// <summary>415.</summary>
    public static IResult UnsupportedMediaType(string? found) => Results.Problem(
        title: "The body must be JSON",
        detail: $"Content-Type is '{found ?? ""}'; send application/json in UTF-8, not compressed.",
        statusCode: StatusCodes.Status415UnsupportedMediaType);

    /// <summary>422 for an Idempotency-Key that came with another body before.</summary>
    public static IResult KeyReused() => Results.Problem(
        title: "The Idempotency-Key was used", statusCode: StatusCodes.Status422UnprocessableEntity,
        detail: "It came with another body before; nothing of this request was taken. A new request has a new key.");

    /// <summary>429 with Retry-After.</summary>
    public static IResult TooMany(HttpContext context, int seconds)
    {
        context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return Results.Problem(
            title: "Too much at once", statusCode: StatusCodes.Status429TooManyRequests,
            detail: "Nothing of this request was taken: send the same request again after the time in Retry-After.");
    }

    /// <summary>500 that tells nothing of the inside.</summary>
    public static IResult Broken() => Results.Problem(
        title: "Something went wrong", statusCode: StatusCodes.Status500InternalServerError,
        detail: "It is in the log under the request's id. Sending the same again is safe.");

    /// <summary>503 with Retry-After.</summary>
    public static IResult Unavailable(HttpContext context, PortUnavailableException exception)
    {
        var after = exception.RetryAfter ?? TimeSpan.FromSeconds(5);
        context.Response.Headers.RetryAfter =
            Math.Max(1, Math.Ceiling(after.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        return Results.Problem(
            title: "Not available at the moment",
            detail: "Nothing was lost: send the same request again after the time in Retry-After.",
            statusCode: StatusCodes.Status503ServiceUnavailable);
    }
}
