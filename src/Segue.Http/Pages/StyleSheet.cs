using System.Security.Cryptography;
using System.Text;

namespace Segue.Http.Pages;

/// <summary>The one style sheet, inside every page: a page needs nothing but itself, and looks right when saved.</summary>
internal static class StyleSheet
{
    private static readonly string Css = Read();

    /// <summary>The element for a page's head.</summary>
    public static string Element { get; } = $"<style>{Css}</style>";

    /// <summary>The only thing a page may load or run is this style sheet.</summary>
    public static string ContentSecurityPolicy { get; } =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Css)))}'; "
        + "img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private static string Read()
    {
        using var stream = typeof(StyleSheet).Assembly.GetManifestResourceStream("segue.css")
            ?? throw new InvalidOperationException("segue.css is not embedded.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
