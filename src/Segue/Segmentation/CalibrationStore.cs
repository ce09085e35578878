using Segue.Ports;
using Segue.Storage;

namespace Segue.Segmentation;

/// <summary>
/// Where calibrations are kept: partition <c>calibration</c> of Settings, a row for each by its id and <c>moves-{id}</c> for
/// what it changes; <c>0-current</c> names the one in force and <c>0-waiting</c> the one that waits for approval.
/// </summary>
internal sealed class CalibrationStore(ITableStore store)
{
    private const string Partition = "calibration";
    private const string Current = "0-current";
    private const string Waiting = "0-waiting";
    private const string Moves = "moves-";

    private readonly ReadRows<Calibration> _inForce = new(SegueJson.Default.Calibration);

    /// <summary>The calibration in force; null before the first.</summary>
    public async Task<Calibration?> CurrentAsync(CancellationToken cancellation) =>
        await PointerAsync(Current, cancellation) is { } pointer
        && await store.GetAsync(Tables.Settings, Partition, Named(pointer), cancellation) is { } row ? _inForce.Of(row, Current) : null;

    /// <summary>A calibration by its id; null if there is none.</summary>
    public async Task<Calibration?> FindAsync(string id, CancellationToken cancellation) =>
        await store.GetAsync(Tables.Settings, Partition, id, cancellation) is { } row ? RowJson.Unpack(row, SegueJson.Default.Calibration) : null;

    /// <summary>All calibrations, newest first.</summary>
    public async Task<IReadOnlyList<CalibrationVersion>> VersionsAsync(CancellationToken cancellation)
    {
        var (current, waiting) = (await PointerAsync(Current, cancellation), await PointerAsync(Waiting, cancellation));
        var made = new List<Calibration>();
        var compared = new Dictionary<string, CalibrationComparison>();
        await foreach (var row in store.ReadAllAsync(Tables.Settings, Partition, KeyRange.All, cancellation))
        {
            if (row.Key.StartsWith(Moves, StringComparison.Ordinal))
            {
                compared[row.Key[Moves.Length..]] = RowJson.Unpack(row, SegueJson.Default.CalibrationComparison);
            }
            else if (row.Key is not (Current or Waiting))
            {
                made.Add(RowJson.Unpack(row, SegueJson.Default.Calibration));
            }
        }

        return
        [
            .. made.OrderByDescending(c => c.Id, StringComparer.Ordinal).Select(c => new CalibrationVersion(
                c,
                current is not null && Named(current) == c.Id ? CalibrationState.InForce
                    : waiting is not null && Named(waiting) == c.Id ? CalibrationState.Waiting : CalibrationState.Kept,
                compared.GetValueOrDefault(c.Id),
                current is not null && Named(current) == c.Id ? current.Properties.GetValueOrDefault("by") as string : null)),
        ];
    }

    /// <summary>Keeps a calibration without putting it in force.</summary>
    public Task KeepAsync(Calibration calibration, CancellationToken cancellation) =>
        PutAsync(RowChange.Upsert(calibration.Id, RowJson.Pack(calibration, SegueJson.Default.Calibration)), cancellation);

    /// <summary>Puts a calibration in force, unless a later one is. Whatever waited is made on older facts, and no longer waits.</summary>
    public async Task PublishAsync(Calibration calibration, CancellationToken cancellation)
    {
        await KeepAsync(calibration, cancellation);
        var pointer = await PointerAsync(Current, cancellation);
        if (pointer is null || string.CompareOrdinal(Named(pointer), calibration.Id) < 0)
        {
            await PointAsync(pointer, calibration.Id, null, cancellation);
        }
    }

    /// <summary>Puts one that was made earlier in force, whatever is; somebody has said so.</summary>
    public async Task PutInForceAsync(string id, string by, CancellationToken cancellation) =>
        await PointAsync(await PointerAsync(Current, cancellation), id, by, cancellation);

    /// <summary>Lets a calibration that is kept wait for approval, unless a later one waits or is in force.</summary>
    public async Task HoldAsync(string id, CancellationToken cancellation)
    {
        foreach (var other in new[] { await PointerAsync(Current, cancellation), await PointerAsync(Waiting, cancellation) })
        {
            if (other is not null && string.CompareOrdinal(Named(other), id) >= 0)
            {
                return;
            }
        }

        await PutAsync(RowChange.Upsert(Waiting, new Dictionary<string, object> { ["id"] = id }), cancellation);
    }

    /// <summary>What a calibration changes; null until all shards have been compared.</summary>
    public async Task<CalibrationComparison?> ComparisonAsync(string id, CancellationToken cancellation) =>
        await store.GetAsync(Tables.Settings, Partition, Moves + id, cancellation) is { } row
            ? RowJson.Unpack(row, SegueJson.Default.CalibrationComparison) : null;

    /// <summary>Keeps what a calibration changes.</summary>
    public Task KeepAsync(CalibrationComparison comparison, CancellationToken cancellation) => PutAsync(
        RowChange.Upsert(Moves + comparison.CalibrationId, RowJson.Pack(comparison, SegueJson.Default.CalibrationComparison)), cancellation);

    /// <summary>The parts of a calibration that is being made.</summary>
    public ShardParts<CalibrationSketch> PartsOf(string id, DateTimeOffset? asOf) =>
        new(store, $"calibration-parts-{id}{(asOf is null ? "" : "-as-of")}", SegueJson.Default.CalibrationSketch);

    /// <summary>
    /// The parts of a comparison that is being made. A scan whose last message comes twice may begin two, against
    /// calibrations that were in force at different moments: each has its own parts, and the first that is whole decides.
    /// </summary>
    public ShardParts<CalibrationComparison> MovesOf(string id, string against) =>
        new(store, $"calibration-parts-moves-{id}-{against}", SegueJson.Default.CalibrationComparison);

    private static string Named(Row pointer) => (string)pointer.Properties["id"];

    private Task<Row?> PointerAsync(string key, CancellationToken cancellation) => store.GetAsync(Tables.Settings, Partition, key, cancellation);

    private async Task PointAsync(Row? pointer, string id, string? by, CancellationToken cancellation)
    {
        var properties = new Dictionary<string, object> { ["id"] = id };
        if (by is not null)
        {
            properties["by"] = by;
        }

        await PutAsync(pointer is null ? RowChange.Insert(Current, properties) : RowChange.Replace(Current, properties, pointer.ETag), cancellation);
        await store.TryDeleteAsync(Tables.Settings, Partition, Waiting, cancellation: cancellation);
    }

    private Task<IReadOnlyList<string?>> PutAsync(RowChange change, CancellationToken cancellation) =>
        store.CommitAsync(Tables.Settings, Partition, [change], cancellation);
}
