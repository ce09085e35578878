using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Segue.Http.Webhooks.SendGrid;

/// <summary>Checks the signature of SendGrid's signed event webhook: ECDSA over timestamp and raw body.</summary>
/// <remarks>
/// Source: Twilio SendGrid, "Getting started with the event webhook security features". The key is a Base64 SubjectPublicKeyInfo
/// (P-256), the signature a Base64 DER sequence over SHA-256.
/// </remarks>
internal static class SendGridSignature
{
    /// <summary>Header with the signature.</summary>
    public const string SignatureHeader = "X-Twilio-Email-Event-Webhook-Signature";

    /// <summary>Header with the time of signing: seconds since 1970.</summary>
    public const string TimestampHeader = "X-Twilio-Email-Event-Webhook-Timestamp";

    /// <summary>A call that was not answered is tried again for a day; what is older is somebody's recording.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromHours(25);

    /// <summary>Checks a call.</summary>
    /// <param name="publicKey">The key as SendGrid shows it, or null.</param>
    /// <param name="signature">The signature header, or null.</param>
    /// <param name="timestamp">The timestamp header, or null.</param>
    /// <param name="body">The body's bytes as they came.</param>
    /// <param name="now">The moment.</param>
    /// <returns>Why it is refused, or null; and the call's name, a hash of all that was signed.</returns>
    public static (string? Refusal, string Call) Check(
        string? publicKey, string? signature, string? timestamp, ReadOnlySpan<byte> body, DateTimeOffset now)
    {
        if (string.IsNullOrWhiteSpace(publicKey))
        {
            return (SignedCall.NoKey, "");
        }

        if (string.IsNullOrEmpty(signature) || string.IsNullOrEmpty(timestamp) || timestamp.Length > 20)
        {
            return (SignedCall.NoSignature, "");
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(timestamp));
        hash.AppendData(body);
        var signed = hash.GetHashAndReset();
        if (!IsBy(publicKey, signed, signature))
        {
            return (SignedCall.WrongSignature, "");
        }

        return long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            && seconds >= (now - Tolerance).ToUnixTimeSeconds() && seconds <= (now + SignedCall.Skew).ToUnixTimeSeconds()
                ? (null, Convert.ToHexStringLower(signed)) : (SignedCall.WrongTime, "");
    }

    private static bool IsBy(string publicKey, byte[] hash, string signature)
    {
        try
        {
            using var key = ECDsa.Create();
            key.ImportSubjectPublicKeyInfo(Convert.FromBase64String(publicKey.Trim()), out _);
            return key.VerifyHash(hash, Convert.FromBase64String(signature), DSASignatureFormat.Rfc3279DerSequence);
        }
        catch (Exception e) when (e is FormatException or CryptographicException)
        {
            return false;
        }
    }
}
