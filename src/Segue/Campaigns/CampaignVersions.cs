using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using Segue.Ports;
using Segue.Storage;

namespace Segue.Campaigns;

/// <summary>A folder's being put in force.</summary>
/// <param name="Version">The folder's.</param>
/// <param name="At">When.</param>
/// <param name="By">Who did it; "file" where a host brought the folder when it started.</param>
public sealed record PublishedVersion(string Version, DateTimeOffset At, string By);

/// <summary>
/// The campaigns folders that were ever in force, whole and for good, and which of them is: in Settings. A folder is kept before it is
/// pointed to, and the pointer changes in one batch with its history, so that everybody sees one folder or the other.
/// </summary>
public sealed class CampaignVersions(ITableStore store)
{
    /// <summary>A folder's size at most, packed, in bytes: what fits into one batch.</summary>
    public const int MaxBytes = PropertiesOfRow * RowsOfFolder * TableLimits.PropertyBytes;

    private const int PropertiesOfRow = 12;
    private const int RowsOfFolder = 3;
    private const string Partition = "campaigns";
    private const string Current = "0-current";
    private const string Published = "published-";
    private const string Brought = "brought-";

    /// <summary>What is in force, or null before anything is.</summary>
    internal async Task<CampaignsInForce?> CurrentAsync(CancellationToken cancellation) =>
        await store.GetAsync(Tables.Settings, Partition, Current, cancellation) is { } row ? CampaignsInForce.Of(row) : null;

    /// <summary>What was put in force, the latest first.</summary>
    /// <param name="most">How many at most, 1 or more.</param>
    /// <param name="cancellation">Gives up the call.</param>
    public async Task<IReadOnlyList<PublishedVersion>> HistoryAsync(int most, CancellationToken cancellation = default)
    {
        var page = await store.ReadAsync(Tables.Settings, Partition, KeyRange.Prefix(Published), pageSize: Math.Clamp(most, 1, TableLimits.PageSize), cancellation: cancellation);
        return [.. page.Rows.Select(r => new PublishedVersion((string)r.Properties["version"], (DateTimeOffset)r.Properties["at"], (string)r.Properties["by"]))];
    }

    /// <summary>Whether a host has started with this folder before.</summary>
    internal async Task<bool> WasBroughtAsync(string version, CancellationToken cancellation) =>
        await store.GetAsync(Tables.Settings, Partition, Brought + version, cancellation) is not null;

    /// <summary>Keeps a folder's files; nothing where they are there.</summary>
    /// <exception cref="TableLimitException">It is larger than <see cref="MaxBytes"/>.</exception>
    internal async Task KeepAsync(CampaignSet set, CancellationToken cancellation)
    {
        if (set.Files.Count == 0 || await store.GetAsync(Tables.Settings, PartitionOf(set.Version), PartOf(0), cancellation) is not null)
        {
            return;
        }

        var packed = Pack(set.Files);
        if (packed.Length > MaxBytes)
        {
            throw new TableLimitException(
                $"The campaigns folder takes {packed.Length:N0} bytes packed; at most {MaxBytes:N0} can be published.");
        }

        var rows = packed.Chunk(PropertiesOfRow * TableLimits.PropertyBytes).Select((part, i) => RowChange.Upsert(
            PartOf(i),
            part.Chunk(TableLimits.PropertyBytes).Select((bytes, p) => (Name: NameOf(p), bytes)).ToDictionary(p => p.Name, p => (object)p.bytes)));
        await store.CommitAsync(Tables.Settings, PartitionOf(set.Version), [.. rows], cancellation);
    }

    /// <summary>A folder's files by path, or null where there is no such version.</summary>
    public async Task<IReadOnlyDictionary<string, string>?> FilesAsync(string version, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(version);
        using var packed = new MemoryStream();
        await foreach (var row in store.ReadAllAsync(Tables.Settings, PartitionOf(Keys.Escape(version)), KeyRange.All, cancellation))
        {
            for (var p = 0; row.Properties.TryGetValue(NameOf(p), out var bytes); p++)
            {
                packed.Write((byte[])bytes);
            }
        }

        if (packed.Length == 0)
        {
            return null;
        }

        packed.Position = 0;
        await using var json = new GZipStream(packed, CompressionMode.Decompress);
        return await JsonSerializer.DeserializeAsync(json, SegueJson.Default.DictionaryStringString, cancellation);
    }

    /// <summary>Points to a folder that is kept; nothing where it is pointed to already.</summary>
    /// <param name="before">What was in force when this was decided.</param>
    /// <param name="after">What is to be.</param>
    /// <param name="cancellation">Gives up the call.</param>
    /// <exception cref="TableConflictException">Something else was put in force meanwhile.</exception>
    internal async Task PointAsync(CampaignsInForce? before, CampaignsInForce after, CancellationToken cancellation)
    {
        if (before is not null && before.IsAs(after))
        {
            return;
        }

        // One of a store that kept no history yet begins it.
        var isNew = before is not { Number: > 0 } || before.Version != after.Version;
        var number = (before?.Number ?? 0) + (isNew ? 1 : 0);
        var properties = (after with { Number = number }).ToProperties();
        var changes = new List<RowChange>
        {
            before is null ? RowChange.Insert(Current, properties) : RowChange.Replace(Current, properties, before.ETag),
        };
        if (isNew)
        {
            // Keys sort the latest first.
            var key = Published + (int.MaxValue - number).ToString("D10", CultureInfo.InvariantCulture);
            changes.Add(RowChange.Upsert(key, new Dictionary<string, object> { ["version"] = after.Version, ["at"] = after.At, ["by"] = after.By }));
        }

        if (after.Brought is { } brought && brought != before?.Brought)
        {
            changes.Add(RowChange.Upsert(Brought + brought, new Dictionary<string, object> { ["at"] = after.At }));
        }

        await store.CommitAsync(Tables.Settings, Partition, changes, cancellation);
    }

    private static byte[] Pack(IReadOnlyDictionary<string, string> files)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            JsonSerializer.Serialize(gzip, files.OrderBy(f => f.Key, StringComparer.Ordinal).ToDictionary(), SegueJson.Default.DictionaryStringString);
        }

        return packed.ToArray();
    }

    private static string PartitionOf(string version) => $"folder-{version}";

    private static string PartOf(int part) => part.ToString("D4", CultureInfo.InvariantCulture);

    private static string NameOf(int property) => "p" + property.ToString(CultureInfo.InvariantCulture);
}
