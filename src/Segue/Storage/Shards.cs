using System.Globalization;

namespace Segue.Storage;

/// <summary>Spreads customers over a fixed number of partitions of the tables that are scanned or written by all.</summary>
public static class Shards
{
    /// <summary>How many. Changing it means rebuilding Summaries and Due, stopped.</summary>
    public const int Count = 64;

    /// <summary>
    /// The shard of a customer, 0 to <see cref="Count"/> - 1, the same for ever: FNV-1a (32 bits) of the id's UTF-16 code
    /// units, its halves folded.
    /// </summary>
    public static int Of(string customerId)
    {
        ArgumentNullException.ThrowIfNull(customerId);
        var hash = 2166136261u;
        foreach (var c in customerId)
        {
            hash = unchecked((hash ^ c) * 16777619u);
        }

        return (int)((hash ^ (hash >> 16)) % Count);
    }

    /// <summary>A shard as the end of a partition key: two digits.</summary>
    public static string Text(int shard) => Texts[shard];

    private static readonly string[] Texts =
        [.. Enumerable.Range(0, Count).Select(shard => shard.ToString("00", CultureInfo.InvariantCulture))];
}
