using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Segue.Storage;

/// <summary>Lots that are drawn once and for ever: a hash of what they are drawn for.</summary>
public static class Draw
{
    /// <summary>An evenly spread number in [0, 1), the same each time for the same parts.</summary>
    public static double Of(params ReadOnlySpan<string> parts)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts.ToArray())));
        return (BinaryPrimitives.ReadUInt64BigEndian(hash) >> 11) * (1.0 / (1UL << 53));
    }
}
