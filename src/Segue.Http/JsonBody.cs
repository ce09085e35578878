using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Segue.Http;

/// <summary>Reads a request's JSON body up to a limit, whatever server is in front.</summary>
internal static class JsonBody
{
    /// <summary>The largest body that is read, in bytes.</summary>
    public const int MaxBytes = 4 * 1024 * 1024;

    /// <summary>The body, or the answer that says why it is not read: 415 or 413.</summary>
    public static async Task<(ReadOnlyMemory<byte> Body, IResult? Refusal)> ReadAsync(
        HttpRequest request, CancellationToken cancellation, int most = MaxBytes)
    {
        if (!IsPlainJson(request))
        {
            return (default, Problems.UnsupportedMediaType(request.ContentType));
        }

        if (request.ContentLength > most)
        {
            return (default, TooLarge(most));
        }

        var body = new MemoryStream((int)(request.ContentLength ?? 4096));
        var chunk = new byte[16 * 1024];
        for (int read; (read = await request.Body.ReadAsync(chunk, cancellation)) > 0;)
        {
            if (body.Length + read > most)
            {
                return (default, TooLarge(most));
            }

            body.Write(chunk, 0, read);
        }

        return (body.GetBuffer().AsMemory(0, (int)body.Length), null);
    }

    private static IResult TooLarge(int most) => Problems.TooLarge(most >= 1024 * 1024
        ? $"A body may have {most / 1024 / 1024} MiB; send what it holds in several requests."
        : $"A page sends at most {most / 1024} KiB at once.");

    private static bool IsPlainJson(HttpRequest request) =>
        request.HasJsonContentType()
        && (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || type.Charset.Length == 0
            || HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase))
        && (request.Headers.ContentEncoding.Count == 0 || request.Headers.ContentEncoding == "identity");
}
