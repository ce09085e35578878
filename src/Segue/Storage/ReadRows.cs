using System.Collections.Concurrent;
using System.Text.Json.Serialization.Metadata;
using Segue.Ports;

namespace Segue.Storage;

/// <summary>
/// What was read of rows that change seldom and are asked for every few seconds: a row with the ETag of before is not parsed again.
/// The values are shared between readers, so nobody may change them.
/// </summary>
internal sealed class ReadRows<T>(JsonTypeInfo<T> type)
{
    private readonly ConcurrentDictionary<string, Kept> _kept = new(StringComparer.Ordinal);

    private sealed record Kept(string Key, string ETag, T Value);

    /// <summary>What the row holds.</summary>
    /// <param name="row">As it was read now.</param>
    /// <param name="place">What one value is kept for: the row's key, or whatever points to one row after another.</param>
    public T Of(Row row, string place)
    {
        if (_kept.TryGetValue(place, out var kept) && kept.Key == row.Key && kept.ETag == row.ETag)
        {
            return kept.Value;
        }

        var value = RowJson.Unpack(row, type);
        _kept[place] = new(row.Key, row.ETag, value);
        return value;
    }
}
