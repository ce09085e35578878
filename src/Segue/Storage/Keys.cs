using System.Globalization;
using System.Text;

namespace Segue.Storage;

/// <summary>Escapes outside ids reversibly into characters that a table key may hold.</summary>
/// <remarks>
/// Letters, digits and <c>-._:@+=,</c> stay as they are; every other UTF-16 code unit becomes <c>!</c> and four hex
/// digits. So <c>~</c>, Segue's own separator inside keys, never comes out of an id.
/// </remarks>
public static class Keys
{
    /// <summary>Separates the parts of a composed key; never part of an escaped id.</summary>
    public const char Separator = '~';

    /// <summary>The id as part of a key.</summary>
    public static string Escape(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        var at = 0;
        while (at < id.Length && IsPlain(id[at]))
        {
            at++;
        }

        if (at == id.Length)
        {
            return id;
        }

        var key = new StringBuilder(id, 0, at, id.Length + 16);
        foreach (var c in id.AsSpan(at))
        {
            if (IsPlain(c))
            {
                key.Append(c);
            }
            else
            {
                key.Append('!').Append(((int)c).ToString("X4", CultureInfo.InvariantCulture));
            }
        }

        return key.ToString();
    }

    /// <summary>The id that <see cref="Escape"/> made <paramref name="key"/> from.</summary>
    /// <exception cref="FormatException">It did not come from there.</exception>
    public static string Unescape(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (!key.Contains('!', StringComparison.Ordinal))
        {
            return key;
        }

        var id = new StringBuilder(key.Length);
        for (var i = 0; i < key.Length; i++)
        {
            if (key[i] != '!')
            {
                id.Append(key[i]);
            }
            else if (i + 4 < key.Length
                && ushort.TryParse(key.AsSpan(i + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var c))
            {
                id.Append((char)c);
                i += 4;
            }
            else
            {
                throw new FormatException($"'{key}' is no escaped key: '!' at {i} is not followed by four hex digits.");
            }
        }

        return id.ToString();
    }

    private static bool IsPlain(char c) =>
        char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_' or ':' or '@' or '+' or '=' or ',';
}
