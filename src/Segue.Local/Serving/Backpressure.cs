using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Segue.Local.Serving;

/// <summary>
/// Facts that come faster than they can be handled wait in the queue, on disk; when too many wait, whoever sends more is
/// told to come again (429 with Retry-After), so that the wait has an end and an accepted fact is never an old one. What
/// people do (unsubscribe, a call's outcome, a journey's switch) is always taken.
/// </summary>
/// <param name="countWaiting">How many facts wait to be handled, counted no further than it is told.</param>
/// <param name="limit">So many may wait.</param>
/// <param name="clock">The count is good for a quarter of a second.</param>
internal sealed class Backpressure(Func<int, int> countWaiting, int limit, TimeProvider clock)
{
    /// <summary>Facts that may wait: about a minute's work.</summary>
    public const int DefaultLimit = 20_000;

    private const int RetryAfterSeconds = 5;
    private static readonly TimeSpan CountedFor = TimeSpan.FromMilliseconds(250);

    private static readonly PathString[] Intake =
    [
        "/api/orders", "/api/events", "/api/browser/events", "/api/customers", "/api/products", "/api/cloudevents",
        "/api/shopify", "/api/stripe", "/api/woocommerce",
    ];

    private readonly Lock _lock = new();
    private long? _countedAt;
    private bool _full;

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (!IsIntake(context.Request) || !IsFull())
        {
            await next(context);
            return;
        }

        context.Response.Headers.RetryAfter = RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
        await Results.Problem(
            title: "Too much at once",
            detail: "Nothing of this request was taken: send the same request again after the time in Retry-After.",
            statusCode: StatusCodes.Status429TooManyRequests).ExecuteAsync(context);
    }

    private static bool IsIntake(HttpRequest request) =>
        (HttpMethods.IsPost(request.Method) || HttpMethods.IsPut(request.Method))
        && Array.Exists(Intake, path => request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase));

    private bool IsFull()
    {
        lock (_lock)
        {
            if (_countedAt is not { } at || clock.GetElapsedTime(at) >= CountedFor)
            {
                _full = countWaiting(limit) >= limit;
                _countedAt = clock.GetTimestamp();
            }

            return _full;
        }
    }
}
