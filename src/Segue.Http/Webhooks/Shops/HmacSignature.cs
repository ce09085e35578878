using System.Security.Cryptography;
using System.Text;

namespace Segue.Http.Webhooks.Shops;

/// <summary>Signatures by a shared secret: HMAC-SHA256 over the raw body.</summary>
internal static class HmacSignature
{
    /// <summary>Whether a Base64 signature is that of the body. Takes as long whatever it is.</summary>
    public static bool IsBase64Of(string secret, ReadOnlySpan<byte> body, string signature)
    {
        Span<byte> given = stackalloc byte[64];
        return Convert.TryFromBase64String(signature, given, out var length)
            && CryptographicOperations.FixedTimeEquals(given[..length], HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body));
    }

    /// <summary>Why a call with a Base64 signature in a header is refused, or null.</summary>
    public static string? Check(string? secret, string? signature, ReadOnlySpan<byte> body) =>
        secret is null ? SignedCall.NoKey
            : string.IsNullOrEmpty(signature) ? SignedCall.NoSignature
            : IsBase64Of(secret, body, signature) ? null : SignedCall.WrongSignature;
}
