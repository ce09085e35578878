using System.Buffers;
using Segue.Ports;

namespace Segue.Storage;

/// <summary>How many bytes a batch has as the multipart JSON request that Table Storage measures.</summary>
/// <remarks>
/// Not the size of its rows: JSON writes quotes, angle brackets and all beyond ASCII as six bytes, while plain letters
/// take one. So a bound is added up first, and the characters are counted only where the bound is over the limit.
/// </remarks>
internal static class BatchSize
{
    private const int HeadersOfChange = 700;
    private const int PropertySyntax = 48;
    private const int Escaped = 6;

    private static readonly SearchValues<char> OneByte = SearchValues.Create(
        [.. Enumerable.Range(0x20, 0x5F).Select(c => (char)c).Except("\"&'+<>\\`")]);

    /// <summary>At least the bytes of this change.</summary>
    public static long AtMost(string partition, RowChange change)
    {
        long bytes = HeadersOfChange + KeyAtMost(partition) + KeyAtMost(change.Key);
        if (change.Properties is Dictionary<string, object> known)
        {
            foreach (var (name, value) in known)
            {
                bytes += PropertySyntax + (2 * Escaped * name.Length) + ValueAtMost(value);
            }
        }
        else if (change.Properties is not null)
        {
            foreach (var (name, value) in change.Properties)
            {
                bytes += PropertySyntax + (2 * Escaped * name.Length) + ValueAtMost(value);
            }
        }

        return bytes;
    }

    /// <summary>The bytes of the batch.</summary>
    public static long Of(string partition, IReadOnlyList<RowChange> changes)
    {
        long bytes = 0;
        foreach (var change in changes)
        {
            bytes += HeadersOfChange + Key(partition) + Key(change.Key);
            foreach (var (name, value) in change.Properties ?? new Dictionary<string, object>())
            {
                // The name stands twice: once with the value, once with its type.
                bytes += PropertySyntax + (2 * Text(name)) + (value is string text ? Text(text) : ValueAtMost(value));
            }
        }

        return bytes;
    }

    // A key stands in the JSON and, percent-encoded with up to nine bytes a character, in the address.
    private static int KeyAtMost(string key) => (Escaped + 9) * key.Length;

    private static int Key(string key) => key.AsSpan().IndexOfAnyExcept(OneByte) < 0 ? 2 * key.Length : KeyAtMost(key);

    private static int ValueAtMost(object? value) => value switch
    {
        string text => Escaped * text.Length,
        byte[] binary => (binary.Length + 2) / 3 * 4,
        _ => 0, // numbers and moments fit into what the syntax is taken to need
    };

    private static long Text(string text)
    {
        long bytes = 0;
        var rest = text.AsSpan();
        while (rest.IndexOfAnyExcept(OneByte) is >= 0 and var at)
        {
            bytes += at + Escaped;
            rest = rest[(at + 1)..];
        }

        return bytes + rest.Length;
    }
}
