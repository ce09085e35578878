namespace Segue.Ports;

/// <summary>What a change does to its row.</summary>
public enum RowChangeKind
{
    /// <summary>Writes a row that must not exist.</summary>
    Insert,

    /// <summary>Replaces a row that must exist with the given ETag (or any, for <see cref="RowChange.AnyETag"/>).</summary>
    Replace,

    /// <summary>Writes the row whether it exists or not.</summary>
    Upsert,

    /// <summary>Removes a row that must exist with the given ETag (or any).</summary>
    Delete,
}

/// <summary>One change in a batch.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Key">The row key.</param>
/// <param name="Properties">All properties that the row will have; null for a deletion. Not to be changed once given.</param>
/// <param name="ETag">The ETag that the row must have, for Replace and Delete.</param>
public sealed record RowChange(
    RowChangeKind Kind, string Key, IReadOnlyDictionary<string, object>? Properties, string? ETag)
{
    /// <summary>Matches any existing row.</summary>
    public const string AnyETag = "*";

    /// <summary>Writes a row that must not exist.</summary>
    public static RowChange Insert(string key, IReadOnlyDictionary<string, object> properties) =>
        new(RowChangeKind.Insert, key, properties, null);

    /// <summary>Replaces a row that must exist with this ETag.</summary>
    public static RowChange Replace(string key, IReadOnlyDictionary<string, object> properties, string etag) =>
        new(RowChangeKind.Replace, key, properties, etag);

    /// <summary>Writes a row whether it exists or not.</summary>
    public static RowChange Upsert(string key, IReadOnlyDictionary<string, object> properties) =>
        new(RowChangeKind.Upsert, key, properties, null);

    /// <summary>Removes a row that must exist with this ETag.</summary>
    public static RowChange Delete(string key, string etag = AnyETag) =>
        new(RowChangeKind.Delete, key, null, etag);
}
