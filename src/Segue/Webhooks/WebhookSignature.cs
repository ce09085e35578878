using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Segue.Webhooks;

/// <summary>
/// Signs calls as Standard Webhooks has it (https://www.standardwebhooks.com, symmetric signatures), so that receivers check them with
/// a library that is there: HMAC-SHA256 over <c>id.timestamp.body</c>.
/// </summary>
public sealed class WebhookSignature
{
    private const string Prefix = "whsec_";
    private readonly byte[] _key;

    private WebhookSignature(byte[] key) => _key = key;

    /// <summary>Takes a secret as such libraries write it: <c>whsec_</c> and 24 to 64 bytes in Base64.</summary>
    public static bool TryParse(string? secret, [NotNullWhen(true)] out WebhookSignature? signature)
    {
        signature = null;
        var key = new byte[96];
        if (secret is not { Length: > 0 and < 120 }
            || !Convert.TryFromBase64String(secret.StartsWith(Prefix, StringComparison.Ordinal) ? secret[Prefix.Length..] : secret, key, out var length)
            || length is < 24 or > 64)
        {
            return false;
        }

        signature = new(key[..length]);
        return true;
    }

    /// <summary>The value of <c>webhook-signature</c>.</summary>
    /// <param name="id">The value of <c>webhook-id</c>.</param>
    /// <param name="at">The moment of the try; <c>webhook-timestamp</c> is its Unix time in seconds.</param>
    /// <param name="body">The body as it is sent.</param>
    public string Of(string id, DateTimeOffset at, string body)
    {
        var signed = string.Create(CultureInfo.InvariantCulture, $"{id}.{at.ToUnixTimeSeconds()}.{body}");
        return $"v1,{Convert.ToBase64String(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(signed)))}";
    }
}
