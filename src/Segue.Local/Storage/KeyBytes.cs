using System.Text;

namespace Segue.Local.Storage;

/// <summary>Keys as bytes that sort as the keys do.</summary>
/// <remarks>
/// Table keys are in order of UTF-16 code units; SQLite compares bytes, and UTF-8 puts surrogate pairs (U+10000 and up)
/// after U+E000 to U+FFFF where UTF-16 puts them before. So each code unit, surrogates too, is written by UTF-8's
/// rules on its own (known as CESU-8). Plain ASCII stays readable in the file.
/// </remarks>
internal static class KeyBytes
{
    /// <summary>Sorts after every key.</summary>
    public static readonly byte[] AfterAll = [0xFF];

    /// <summary>The key's bytes.</summary>
    public static byte[] Of(string key)
    {
        if (Ascii.IsValid(key))
        {
            return Encoding.ASCII.GetBytes(key);
        }

        Span<byte> bytes = key.Length <= 512 ? stackalloc byte[3 * key.Length] : new byte[3 * key.Length];
        var length = 0;
        foreach (var c in key)
        {
            if (c < 0x80)
            {
                bytes[length++] = (byte)c;
            }
            else if (c < 0x800)
            {
                bytes[length++] = (byte)(0xC0 | (c >> 6));
                bytes[length++] = (byte)(0x80 | (c & 0x3F));
            }
            else
            {
                bytes[length++] = (byte)(0xE0 | (c >> 12));
                bytes[length++] = (byte)(0x80 | ((c >> 6) & 0x3F));
                bytes[length++] = (byte)(0x80 | (c & 0x3F));
            }
        }

        return bytes[..length].ToArray();
    }

    /// <summary>The key that the bytes came from.</summary>
    public static string ToKey(byte[] bytes)
    {
        if (Ascii.IsValid(bytes))
        {
            return Encoding.ASCII.GetString(bytes);
        }

        Span<char> key = bytes.Length <= 1536 ? stackalloc char[bytes.Length] : new char[bytes.Length];
        var length = 0;
        for (var i = 0; i < bytes.Length;)
        {
            int first = bytes[i++];
            key[length++] = first switch
            {
                < 0x80 => (char)first,
                < 0xE0 => (char)(((first & 0x1F) << 6) | (bytes[i++] & 0x3F)),
                _ => (char)(((first & 0x0F) << 12) | ((bytes[i++] & 0x3F) << 6) | (bytes[i++] & 0x3F)),
            };
        }

        return new(key[..length]);
    }
}
