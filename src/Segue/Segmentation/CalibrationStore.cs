using Segue.Ports;
using Segue.Storage;

namespace Segue.Segmentation;

/// <summary>Where calibrations are kept: partition <c>calibration</c> of Settings, the one in force named by row <c>0-current</c>.</summary>
internal sealed class CalibrationStore(ITableStore store)
{
    private const string Partition = "calibration";
    private const string Current = "0-current";

    /// <summary>The calibration in force; null before the first.</summary>
    public async Task<Calibration?> CurrentAsync(CancellationToken cancellation)
    {
        var pointer = await store.GetAsync(Tables.Settings, Partition, Current, cancellation);
        var row = pointer is null ? null
            : await store.GetAsync(Tables.Settings, Partition, (string)pointer.Properties["id"], cancellation);
        return row is null ? null : RowJson.Unpack(row, SegueJson.Default.Calibration);
    }

    /// <summary>Puts a calibration in force, unless a later one is.</summary>
    public async Task PublishAsync(Calibration calibration, CancellationToken cancellation)
    {
        await store.CommitAsync(
            Tables.Settings,
            Partition,
            [RowChange.Upsert(calibration.Id, RowJson.Pack(calibration, SegueJson.Default.Calibration))],
            cancellation);
        var pointer = await store.GetAsync(Tables.Settings, Partition, Current, cancellation);
        if (pointer is not null && string.CompareOrdinal((string)pointer.Properties["id"], calibration.Id) >= 0)
        {
            return;
        }

        var properties = new Dictionary<string, object> { ["id"] = calibration.Id };
        await store.CommitAsync(
            Tables.Settings,
            Partition,
            [pointer is null ? RowChange.Insert(Current, properties) : RowChange.Replace(Current, properties, pointer.ETag)],
            cancellation);
    }

    /// <summary>Keeps one shard's part of a calibration that is being made.</summary>
    public Task PutPartAsync(string calibrationId, int shard, CalibrationSketch sketch, CancellationToken cancellation) =>
        store.CommitAsync(
            Tables.Settings,
            PartsOf(calibrationId),
            [RowChange.Upsert(Shards.Text(shard), RowJson.Pack(sketch, SegueJson.Default.CalibrationSketch))],
            cancellation);

    /// <summary>The parts that are there, merged; null until all are.</summary>
    public async Task<CalibrationSketch?> MergePartsAsync(string calibrationId, CancellationToken cancellation)
    {
        var parts = new List<Row>();
        await foreach (var row in store.ReadAllAsync(Tables.Settings, PartsOf(calibrationId), KeyRange.All, cancellation))
        {
            parts.Add(row);
        }

        if (parts.Count < Shards.Count)
        {
            return null;
        }

        var merged = RowJson.Unpack(parts[0], SegueJson.Default.CalibrationSketch);
        foreach (var part in parts.Skip(1))
        {
            merged.Merge(RowJson.Unpack(part, SegueJson.Default.CalibrationSketch));
        }

        return merged;
    }

    /// <summary>Forgets the parts, once what they made is published.</summary>
    public async Task DropPartsAsync(string calibrationId, CancellationToken cancellation)
    {
        for (var shard = 0; shard < Shards.Count; shard++)
        {
            await store.TryDeleteAsync(Tables.Settings, PartsOf(calibrationId), Shards.Text(shard), cancellation: cancellation);
        }
    }

    private static string PartsOf(string calibrationId) => $"calibration-parts-{calibrationId}";
}
