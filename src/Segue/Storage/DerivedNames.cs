using System.Security.Cryptography;
using System.Text;

namespace Segue.Storage;

/// <summary>
/// Names that outsiders see, derived from what they stand for with the installation's secret, so that the same effect has
/// the same name each time and nobody can guess another's.
/// </summary>
public sealed class DerivedNames
{
    private const string Alphabet = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    private readonly byte[] _secret;

    /// <summary>Names under a secret of at least 32 bytes.</summary>
    public DerivedNames(byte[] secret)
    {
        ArgumentNullException.ThrowIfNull(secret);
        ArgumentOutOfRangeException.ThrowIfLessThan(secret.Length, 32);
        _secret = [.. secret];
    }

    /// <summary>An e-mail's send id: 32 characters of base64url (192 bits).</summary>
    public string SendId(string stepToken) =>
        Convert.ToBase64String(Hash("send", stepToken), 0, 24).Replace('+', '-').Replace('/', '_');

    /// <summary>The name of a webhook's call: <c>wh_</c> and 32 characters of base64url (192 bits).</summary>
    public string WebhookId(string stepToken) =>
        "wh_" + Convert.ToBase64String(Hash("webhook", stepToken), 0, 24).Replace('+', '-').Replace('/', '_');

    /// <summary>
    /// A discount code that a customer can type: ten characters (50 bits) without those that look alike.
    /// </summary>
    public string Code(string stepToken)
    {
        var hash = Hash("code", stepToken);
        return string.Create(10, hash, static (code, hash) =>
        {
            for (var i = 0; i < code.Length; i++)
            {
                code[i] = Alphabet[hash[i] & 31];
            }
        });
    }

    /// <summary>A name that tells a thing from others and nobody whose it is or was: 32 characters of base64url (192 bits).</summary>
    public string Forgotten(string name) =>
        Convert.ToBase64String(Hash("forgotten", name), 0, 24).Replace('+', '-').Replace('/', '_');

    /// <summary>A key of 32 bytes for one purpose, derived from the secret.</summary>
    public byte[] KeyFor(string purpose) => Hash("key", purpose);

    private byte[] Hash(string kind, string name) => HMACSHA256.HashData(_secret, Encoding.UTF8.GetBytes($"{kind}\n{name}"));
}
