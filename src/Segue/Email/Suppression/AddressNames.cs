using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Segue.Storage;

namespace Segue.Email.Suppression;

/// <summary>
/// The names under which addresses stand in the table Addresses: keyed hashes, so that who may not be mailed stays known when
/// nothing else of them is, and nobody without the installation's secret can tell whose they are.
/// </summary>
public sealed class AddressNames(DerivedNames names)
{
    private readonly byte[] _key = names.KeyFor("address");

    /// <summary>The name of an address in its kept form: 43 characters of base64url (256 bits).</summary>
    public string Of(string normalised) => Base64Url.EncodeToString(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(normalised)));
}
