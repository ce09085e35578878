using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Segue.Storage;

/// <summary>Seals what a link is for into a token: opaque, made with the installation's key, and without personal data in clear.</summary>
/// <remarks>
/// AES-GCM with a nonce that is derived from what it seals, so that the same mail has the same link each time it is
/// rendered (as AES-SIV does it, RFC 5297).
/// </remarks>
/// <param name="names">The installation's secret names.</param>
/// <param name="purpose">What the links are for: a token for one purpose opens for no other.</param>
public sealed class SealedLinks(DerivedNames names, string purpose)
{
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private readonly byte[] _key = names.KeyFor($"{purpose} seal");
    private readonly byte[] _nonceKey = names.KeyFor($"{purpose} nonce");

    /// <summary>The token of some parts, none of which holds a line break.</summary>
    public string Seal(params ReadOnlySpan<string> parts)
    {
        var plain = Encoding.UTF8.GetBytes(string.Join('\n', parts.ToArray()));
        var token = new byte[NonceBytes + TagBytes + plain.Length];
        HMACSHA256.HashData(_nonceKey, plain).AsSpan(0, NonceBytes).CopyTo(token);
        using var aes = new AesGcm(_key, TagBytes);
        aes.Encrypt(
            token.AsSpan(0, NonceBytes), plain, token.AsSpan(NonceBytes + TagBytes), token.AsSpan(NonceBytes, TagBytes));
        return Base64Url.EncodeToString(token);
    }

    /// <summary>The parts that a token was made of; null for one that is not ours.</summary>
    public string[]? Open(string token)
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
            return Encoding.UTF8.GetString(plain).Split('\n');
        }
        catch (Exception e) when (e is FormatException or CryptographicException)
        {
            return null;
        }
    }
}
