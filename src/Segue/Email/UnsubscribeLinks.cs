using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Segue.Storage;

namespace Segue.Email;

/// <summary>
/// Links by which a customer unsubscribes: opaque, sealed with the installation's key, and without personal data in clear.
/// </summary>
/// <remarks>
/// AES-GCM with a nonce that is derived from what it seals, so that the same mail has the same link each time it is
/// rendered (as AES-SIV does it, RFC 5297).
/// </remarks>
public sealed class UnsubscribeLinks(DerivedNames names)
{
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private readonly byte[] _key = names.KeyFor("unsubscribe seal");
    private readonly byte[] _nonceKey = names.KeyFor("unsubscribe nonce");

    /// <summary>The link in a mail.</summary>
    public Uri Of(Uri publicUrl, string customerId, string sendId)
    {
        var plain = Encoding.UTF8.GetBytes($"{customerId}\n{sendId}");
        var token = new byte[NonceBytes + TagBytes + plain.Length];
        HMACSHA256.HashData(_nonceKey, plain).AsSpan(0, NonceBytes).CopyTo(token);
        using var aes = new AesGcm(_key, TagBytes);
        aes.Encrypt(
            token.AsSpan(0, NonceBytes), plain, token.AsSpan(NonceBytes + TagBytes), token.AsSpan(NonceBytes, TagBytes));
        return new(publicUrl, $"/unsubscribe/{Base64Url.EncodeToString(token)}");
    }

    /// <summary>Whose link it is and in which mail it came; null for one that is not ours.</summary>
    public (string CustomerId, string SendId)? Open(string token)
    {
        try
        {
            var bytes = Base64Url.DecodeFromChars(token);
            if (bytes.Length <= NonceBytes + TagBytes)
            {
                return null;
            }

            var plain = new byte[bytes.Length - NonceBytes - TagBytes];
            using var aes = new AesGcm(_key, TagBytes);
            aes.Decrypt(bytes.AsSpan(0, NonceBytes), bytes.AsSpan(NonceBytes + TagBytes), bytes.AsSpan(NonceBytes, TagBytes), plain);
            var parts = Encoding.UTF8.GetString(plain).Split('\n');
            return parts.Length == 2 ? (parts[0], parts[1]) : null;
        }
        catch (Exception e) when (e is FormatException or CryptographicException)
        {
            return null;
        }
    }
}
