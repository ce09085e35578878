using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Segue.Http.Webhooks.Shops;

/// <summary>Checks <c>Stripe-Signature: t=…,v1=…</c>: HMAC-SHA256 over time, a point and the raw body.</summary>
/// <remarks>Source: Stripe, "Verify webhook signatures manually". Tries of a call are signed anew each.</remarks>
internal static class StripeSignature
{
    /// <summary>The header.</summary>
    public const string Header = "Stripe-Signature";

    /// <summary>How long a signature holds.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    /// <summary>Why a call is refused, or null.</summary>
    public static string? Check(string? secret, string? header, ReadOnlySpan<byte> body, DateTimeOffset now)
    {
        if (secret is null)
        {
            return SignedCall.NoKey;
        }

        var parts = (header ?? "").Split(',', 20).Select(p => p.Split('=', 2)).Where(p => p.Length == 2).Select(p => (Name: p[0].Trim(), Value: p[1])).ToList();
        var time = parts.Find(p => p.Name == "t").Value;
        var signatures = parts.Where(p => p.Name == "v1").Select(p => p.Value).ToList();
        if (time is null || signatures.Count == 0)
        {
            return SignedCall.NoSignature;
        }

        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        hmac.AppendData(Encoding.UTF8.GetBytes($"{time}."));
        hmac.AppendData(body);
        var expected = Encoding.ASCII.GetBytes(Convert.ToHexStringLower(hmac.GetHashAndReset()));
        return !signatures.Any(s => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(s), expected)) ? SignedCall.WrongSignature
            : long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
                && seconds >= (now - Tolerance).ToUnixTimeSeconds() && seconds <= (now + SignedCall.Skew).ToUnixTimeSeconds() ? null : SignedCall.WrongTime;
    }
}
