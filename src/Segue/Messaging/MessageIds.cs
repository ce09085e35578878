using System.Security.Cryptography;
using System.Text;

namespace Segue.Messaging;

/// <summary>Message ids from derived names of any length.</summary>
public static class MessageIds
{
    /// <summary>The name itself where it fits into 128 characters, else its start and a hash of it.</summary>
    public static string Of(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Length <= 128 ? name
            : string.Concat(name.AsSpan(0, 95), "~", Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 16)));
    }
}
