using System.Security.Cryptography;
using System.Text;

namespace Segue.Events;

/// <summary>Lets pages of one origin send events, and nothing else: whoever reads the page can read it.</summary>
/// <param name="Origin">Scheme, host and port as browsers send them: <c>https://shop.example.com</c>.</param>
/// <param name="Key">16 to 200 letters, digits, hyphens and underscores.</param>
public sealed record BrowserKey(string Origin, string Key)
{
    /// <summary>Whether a request's origin and key are these.</summary>
    public bool Fits(string? origin, string? key) =>
        origin == Origin && key is not null
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(Key));
}
