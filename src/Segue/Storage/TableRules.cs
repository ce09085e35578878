using System.Buffers;
using Segue.Ports;

namespace Segue.Storage;

/// <summary>
/// Checks a write against Table Storage's limits, the same for every table store, so that no store takes what another
/// would refuse.
/// </summary>
/// <remarks>
/// Sources: Microsoft Learn, "Understanding the Table service data model" (names, types, sizes) and "Performing entity
/// group transactions" (batches); the size of a row is the formula of "How to estimate the size of an entity".
/// Text with half a surrogate pair is refused too: on the wire it would silently turn into another text.
/// </remarks>
public static class TableRules
{
    /// <summary>The earliest moment that a property can hold: 1601-01-01, UTC.</summary>
    public static readonly DateTimeOffset MinMoment = new(1601, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private const int TableNameLength = 63;

    private static readonly SearchValues<char> NotInKeys = SearchValues.Create(
        [.. "/\\#?", .. Enumerable.Range(0, 0x20).Select(c => (char)c), .. Enumerable.Range(0x7F, 0x21).Select(c => (char)c)]);

    /// <summary>Checks a table's name: 3 to 63 ASCII letters and digits, the first a letter.</summary>
    /// <exception cref="TableLimitException">It is no table's name.</exception>
    public static void CheckTable(string table)
    {
        ArgumentNullException.ThrowIfNull(table);
        var ok = table.Length is >= 3 and <= TableNameLength && char.IsAsciiLetter(table[0]);
        for (var i = 1; ok && i < table.Length; i++)
        {
            ok = char.IsAsciiLetterOrDigit(table[i]);
        }

        if (!ok)
        {
            throw new TableLimitException(
                $"'{table}' can't name a table: 3 to {TableNameLength} ASCII letters and digits, the first a letter.");
        }
    }

    /// <summary>Checks a partition key or a row key.</summary>
    /// <exception cref="TableLimitException">It is too long or holds a character that no key may hold.</exception>
    public static void CheckKey(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (key.Length > TableLimits.KeyLength)
        {
            throw new TableLimitException(
                $"A key has {key.Length:N0} characters, at most {TableLimits.KeyLength} are allowed.");
        }

        var at = key.AsSpan().IndexOfAny(NotInKeys);
        if (at >= 0)
        {
            throw new TableLimitException(
                $"A key holds U+{(int)key[at]:X4} at {at}; no key may hold / \\ # ? or a control character.");
        }

        if (!IsWellFormed(key))
        {
            throw new TableLimitException($"A key holds half a surrogate pair.");
        }
    }

    /// <summary>Checks everything about a batch that can be known without the rows that are there.</summary>
    /// <exception cref="TableLimitException">The first limit that it breaks.</exception>
    public static void Check(string partition, IReadOnlyList<RowChange> changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        CheckKey(partition);
        if (changes.Count is 0 or > TableLimits.BatchChanges)
        {
            throw new TableLimitException(
                $"A batch holds 1 to {TableLimits.BatchChanges} changes, not {changes.Count:N0}.");
        }

        long atMost = 0;
        for (var i = 0; i < changes.Count; i++)
        {
            var change = changes[i];
            CheckKey(change.Key);
            CheckShape(change);
            atMost += BatchSize.AtMost(partition, change);
            if (change.Properties is not null)
            {
                RowRules.Check(partition, change.Key, change.Properties);
            }
        }

        CheckNamedOnce(changes);
        if (atMost > TableLimits.BatchBytes && BatchSize.Of(partition, changes) is > TableLimits.BatchBytes and var bytes)
        {
            throw new TableLimitException(
                $"The batch has {bytes:N0} bytes on the wire; at most {TableLimits.BatchBytes:N0} are allowed.");
        }
    }

    /// <summary>
    /// The properties as a store keeps them: without nulls, moments in UTC. The same instance where nothing differs.
    /// </summary>
    public static IReadOnlyDictionary<string, object> Kept(IReadOnlyDictionary<string, object> properties)
    {
        ArgumentNullException.ThrowIfNull(properties);
        if (properties is Dictionary<string, object> known)
        {
            foreach (var (_, value) in known)
            {
                if (!IsKeptAsIs(value))
                {
                    return Copy(properties);
                }
            }

            return properties;
        }

        return properties.All(property => IsKeptAsIs(property.Value)) ? properties : Copy(properties);
    }

    /// <summary>Whether every surrogate in the text has its other half.</summary>
    internal static bool IsWellFormed(ReadOnlySpan<char> text)
    {
        while (text.IndexOfAnyInRange('\uD800', '\uDFFF') is >= 0 and var at)
        {
            if (at + 1 >= text.Length || !char.IsSurrogatePair(text[at], text[at + 1]))
            {
                return false;
            }

            text = text[(at + 2)..];
        }

        return true;
    }

    private static void CheckShape(RowChange change)
    {
        var conditional = change.Kind is RowChangeKind.Replace or RowChangeKind.Delete;
        if (conditional && string.IsNullOrEmpty(change.ETag))
        {
            throw new ArgumentException($"The {change.Kind} of row '{change.Key}' needs an ETag; '{RowChange.AnyETag}' is any.");
        }

        if (change.Kind != RowChangeKind.Delete && change.Properties is null)
        {
            throw new ArgumentException($"The {change.Kind} of row '{change.Key}' needs properties.");
        }
    }

    private static void CheckNamedOnce(IReadOnlyList<RowChange> changes)
    {
        // Most batches are so small that comparing each with each is cheaper than a set.
        var seen = changes.Count > 12 ? new HashSet<string>(changes.Count, StringComparer.Ordinal) : null;
        for (var i = 0; i < changes.Count; i++)
        {
            var twice = seen is not null && !seen.Add(changes[i].Key);
            for (var j = 0; seen is null && j < i; j++)
            {
                twice |= changes[i].Key == changes[j].Key;
            }

            if (twice)
            {
                throw new TableLimitException(
                    $"The batch names a row twice; each row can change once a batch.");
            }
        }
    }

    private static bool IsKeptAsIs(object? value) =>
        value is not null && (value is not DateTimeOffset moment || moment.Offset == TimeSpan.Zero);

    private static Dictionary<string, object> Copy(IReadOnlyDictionary<string, object> properties)
    {
        var kept = new Dictionary<string, object>(properties.Count, StringComparer.Ordinal);
        foreach (var (name, value) in properties)
        {
            if (value is DateTimeOffset moment)
            {
                kept[name] = moment.ToUniversalTime();
            }
            else if (value is not null)
            {
                kept[name] = value;
            }
        }

        return kept;
    }
}
