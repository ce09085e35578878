using System.Text.Json.Serialization;
using Segue.Customers;
using Segue.Ports;
using Segue.Storage;

namespace Segue.Segmentation;

/// <summary>Customers whom a calibration would move from one segment to another.</summary>
public sealed record SegmentMove(string From, string To, long Customers);

/// <summary>What a calibration would change, set beside the one in force: who would be in another segment, by time and facts alike.</summary>
public sealed record CalibrationComparison
{
    /// <summary>The new one.</summary>
    public required string CalibrationId { get; init; }

    /// <summary>The one that was in force when it was made.</summary>
    public required string Against { get; init; }

    /// <summary>All customers looked at.</summary>
    public long Customers { get; init; }

    /// <summary>Largest first; those of no customer are left out.</summary>
    public IReadOnlyList<SegmentMove> Moves { get; set; } = [];

    /// <summary>Customers that would be in another segment.</summary>
    [JsonIgnore]
    public long Moved => Moves.Sum(m => m.Customers);

    /// <summary>The share of all customers that would be in another segment, 0 to 1; 0 without customers.</summary>
    [JsonIgnore]
    public double Share => Customers == 0 ? 0 : (double)Moved / Customers;

    /// <summary>Evaluates one shard by both, as of the moment that the new one describes.</summary>
    internal static async Task<CalibrationComparison> OfShardAsync(
        ITableStore store, Evaluator evaluator, Calibration against, Calibration next, int shard, CancellationToken cancellation)
    {
        var customers = 0L;
        var moves = new Dictionary<(string, string), long>();
        await foreach (var row in store.ReadAllAsync(Tables.Summaries, Shards.Text(shard), KeyRange.All, cancellation))
        {
            customers++;
            var summary = RowJson.Unpack(row, SegueJson.Default.SummaryRow).Summary;
            var from = evaluator.Evaluate(summary, against, next.At).Segment;
            var to = evaluator.Evaluate(summary, next, next.At).Segment;
            if (from != to)
            {
                moves[(from, to)] = moves.GetValueOrDefault((from, to)) + 1;
            }
        }

        return new() { CalibrationId = next.Id, Against = against.Id, Customers = customers, Moves = Sorted(moves.Select(m => new SegmentMove(m.Key.Item1, m.Key.Item2, m.Value))) };
    }

    /// <summary>Adds up what shards found.</summary>
    /// <exception cref="ArgumentException">There are none, or they compare different calibrations.</exception>
    public static CalibrationComparison Merge(IReadOnlyCollection<CalibrationComparison> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        if (parts.DistinctBy(p => (p.CalibrationId, p.Against)).Count() != 1)
        {
            throw new ArgumentException("Only parts of one comparison can be merged.", nameof(parts));
        }

        return parts.First() with
        {
            Customers = parts.Sum(p => p.Customers),
            Moves = Sorted(parts.SelectMany(p => p.Moves).GroupBy(m => (m.From, m.To))
                .Select(g => new SegmentMove(g.Key.From, g.Key.To, g.Sum(m => m.Customers)))),
        };
    }

    private static SegmentMove[] Sorted(IEnumerable<SegmentMove> moves) =>
        [.. moves.OrderByDescending(m => m.Customers).ThenBy(m => m.From, StringComparer.Ordinal).ThenBy(m => m.To, StringComparer.Ordinal)];
}
