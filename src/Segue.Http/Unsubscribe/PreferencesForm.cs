using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace Segue.Http.Unsubscribe;

/// <summary>
/// Reads the body of a post to a mail's link. Mail programs post <c>List-Unsubscribe=One-Click</c>, in whatever form, and mean it also
/// where it can't be read (RFC 8058): only our own page's form, which is url-encoded and says what it chooses, asks for anything else.
/// </summary>
internal static class PreferencesForm
{
    /// <summary>The field that only the page's own forms have.</summary>
    public const string Choose = "choose";

    /// <summary>Far more than the page's boxes need.</summary>
    private const int MostBytes = 32 * 1024;

    private static readonly Dictionary<string, StringValues> _nothing = [];

    /// <summary>The fields; empty for what is no form of ours; null where it is too large for one.</summary>
    public static async Task<Dictionary<string, StringValues>?> ReadAsync(HttpRequest request, CancellationToken cancellation)
    {
        if (request.ContentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) != true)
        {
            return _nothing;
        }

        var body = new MemoryStream();
        var chunk = new byte[4096];
        for (int read; (read = await request.Body.ReadAsync(chunk, cancellation)) > 0;)
        {
            if (body.Length + read > MostBytes)
            {
                return null;
            }

            body.Write(chunk, 0, read);
        }

        try
        {
            using var reader = new FormReader(Encoding.UTF8.GetString(body.GetBuffer(), 0, (int)body.Length));
            return reader.ReadForm();
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
