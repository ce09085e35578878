using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Segue.Ports;

namespace Segue.Functions.Email;

/// <summary>What SendGrid's answer, or the lack of one, means for an e-mail.</summary>
/// <remarks>Source: SendGrid's API reference, "Mail Send" and "Rate limits".</remarks>
internal static class SendGridAnswers
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Usual = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <summary>The meaning of an answer.</summary>
    public static SendAnswer Of(HttpStatusCode status, HttpResponseHeaders headers, DateTimeOffset now) => (int)status switch
    {
        >= 200 and < 300 => new SendAnswer.Accepted(First(headers, "X-Message-Id")),
        429 => new SendAnswer.TryAfter(Wait(headers, now), "SendGrid's rate limit is reached."),
        // It gave up waiting for the request's end, or somebody on the way did: what it did with it nobody knows.
        408 or < 200 or (>= 300 and < 400) or >= 500 => new SendAnswer.Unknown($"SendGrid answered {(int)status}."),
        401 or 403 => new SendAnswer.Rejected($"SendGrid answered {(int)status}: SendGrid__ApiKey is wrong or may not send from this address."),
        413 => new SendAnswer.Rejected("SendGrid answered 413: the e-mail is too large."),
        _ => new SendAnswer.Rejected($"SendGrid answered {(int)status}: it does not take this e-mail."),
    };

    /// <summary>The meaning of an exception. Only where no connection came about, SendGrid surely has nothing.</summary>
    public static SendAnswer Of(Exception e) => e switch
    {
        HttpRequestException
        {
            HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError
                or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError
        } connecting => new SendAnswer.TryAfter(Usual, $"SendGrid could not be reached: {connecting.HttpRequestError}."),
        OperationCanceledException => new SendAnswer.Unknown("SendGrid did not answer in time."),
        HttpRequestException broken => new SendAnswer.Unknown($"The connection to SendGrid broke: {broken.HttpRequestError}."),
        _ => new SendAnswer.Unknown($"The connection to SendGrid broke: {e.GetType().Name}."),
    };

    /// <summary>Until the limit's reset (seconds since 1970), or as Retry-After says; a second to an hour.</summary>
    private static TimeSpan Wait(HttpResponseHeaders headers, DateTimeOffset now)
    {
        var wait = long.TryParse(First(headers, "X-RateLimit-Reset"), NumberStyles.None, CultureInfo.InvariantCulture, out var reset)
            && reset < DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? DateTimeOffset.FromUnixTimeSeconds(reset) - now
            : headers.RetryAfter?.Delta ?? headers.RetryAfter?.Date - now ?? Usual;
        return wait < Shortest ? Shortest : wait > Longest ? Longest : wait;
    }

    private static string? First(HttpResponseHeaders headers, string name) =>
        headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;
}
