namespace Segue.Ports;

/// <summary>One row as it was read.</summary>
/// <param name="Partition">The partition key.</param>
/// <param name="Key">The row key.</param>
/// <param name="ETag">Changes with every write to the row; opaque.</param>
/// <param name="Properties">
/// The row's own properties by name. A value is a <see cref="string"/>, <see cref="bool"/>, <see cref="int"/>,
/// <see cref="long"/>, <see cref="double"/>, <see cref="DateTimeOffset"/> (kept in UTC, to 100 ns) or a byte array.
/// A null value is not kept. Neither the dictionary nor a byte array in it may be changed.
/// </param>
public sealed record Row(string Partition, string Key, string ETag, IReadOnlyDictionary<string, object> Properties);

/// <summary>Some rows of a partition, in ordinal order of their keys.</summary>
/// <param name="Rows">The rows.</param>
/// <param name="Continuation">Where the next page starts, or null at the end.</param>
public sealed record RowPage(IReadOnlyList<Row> Rows, string? Continuation);

/// <summary>A range of row keys: from one (inclusive) to another (exclusive); null is open.</summary>
/// <param name="From">The first key, or null.</param>
/// <param name="Before">The key before which the range ends, or null.</param>
public readonly record struct KeyRange(string? From, string? Before)
{
    /// <summary>Every row of the partition.</summary>
    public static KeyRange All => default;

    /// <summary>
    /// The rows whose keys begin with <paramref name="prefix"/>, which must not be empty. The bound is always whole text:
    /// a range ends at the next character, never at half a surrogate pair, which could not be sent.
    /// </summary>
    public static KeyRange Prefix(string prefix)
    {
        ArgumentException.ThrowIfNullOrEmpty(prefix);
        var kept = prefix.AsSpan().TrimEnd('\uFFFF');
        if (kept.IsEmpty)
        {
            return new(prefix, null);
        }

        var last = kept[^1];
        return new(prefix, last switch
        {
            '\uD7FF' => string.Concat(kept[..^1], "\U00010000"),
            // The last low surrogate: on to the first character of the next high one, or past them all.
            '\uDFFF' when kept.Length > 1 => kept[^2] == '\uDBFF'
                ? string.Concat(kept[..^2], "\uE000")
                : string.Concat(kept[..^2], [(char)(kept[^2] + 1), '\uDC00']),
            _ => string.Concat(kept[..^1], [(char)(last + 1)]),
        });
    }

    /// <summary>Whether <paramref name="key"/> lies in the range.</summary>
    public bool Contains(string key) =>
        (From is null || string.CompareOrdinal(key, From) >= 0)
        && (Before is null || string.CompareOrdinal(key, Before) < 0);
}
