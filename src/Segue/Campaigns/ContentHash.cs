using System.Security.Cryptography;
using System.Text;

namespace Segue.Campaigns;

/// <summary>Versions of campaign files: the same content has the same version on every machine.</summary>
public static class ContentHash
{
    /// <summary>
    /// The first 16 hexadecimal digits, lower-case, of the SHA-256 of <paramref name="parts"/>, each taken without byte-order
    /// mark and with line feeds as line ends, and kept apart by its length.
    /// </summary>
    public static string Of(params IEnumerable<string> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in parts)
        {
            var bytes = Encoding.UTF8.GetBytes(Normalise(part));
            hash.AppendData(Encoding.UTF8.GetBytes($"{bytes.Length}:"));
            hash.AppendData(bytes);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 8));
    }

    /// <summary>The text without byte-order mark and with line feeds as line ends.</summary>
    public static string Normalise(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.TrimStart('\uFEFF').ReplaceLineEndings("\n");
    }
}
