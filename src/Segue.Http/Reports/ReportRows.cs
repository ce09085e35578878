using System.Runtime.CompilerServices;
using Segue.Campaigns;
using Segue.Measurement;
using Segue.Ports;
using Segue.Storage;

namespace Segue.Http.Reports;

/// <summary>Reads what reports add up, from a store that can only be read partition by partition.</summary>
public static class ReportRows
{
    // A partition read is a round trip: so many are under way at once.
    private const int AtOnce = 32;
    private const int MostDays = 400;

    /// <summary>
    /// All summaries, and the facts since the first journey that still runs went live, 400 days at most: before that nobody
    /// was under way.
    /// </summary>
    public static IAsyncEnumerable<(string Table, Row Row)> ReadAsync(
        ITableStore store, CampaignState state, DateTimeOffset now, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(state);
        var since = state.Switches.Values.Where(s => s.TakesIn).Select(s => s.LiveSince).DefaultIfEmpty(now).Min();
        var days = Math.Clamp((int)(now.UtcDateTime.Date - since.UtcDateTime.Date).TotalDays, 0, MostDays);
        var shards = Enumerable.Range(0, Shards.Count).ToList();
        var facts = Enumerable.Range(0, days + 1).SelectMany(day => shards.Select(s => (Tables.Facts, FactRows.Partition(now.AddDays(-day), s))));
        return ReadAsync(store, [.. shards.Select(s => (Tables.Summaries, Shards.Text(s))), .. facts], cancellation);
    }

    private static async IAsyncEnumerable<(string Table, Row Row)> ReadAsync(
        ITableStore store, List<(string Table, string Partition)> partitions, [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var some in partitions.Chunk(AtOnce))
        {
            var firsts = await Task.WhenAll(some.Select(p => store.ReadAsync(p.Table, p.Partition, KeyRange.All, cancellation: cancellation)));
            foreach (var (at, first) in some.Zip(firsts))
            {
                for (var page = first; ;)
                {
                    foreach (var row in page.Rows)
                    {
                        yield return (at.Table, row);
                    }

                    if (page.Continuation is not { } next)
                    {
                        break;
                    }

                    page = await store.ReadAsync(at.Table, at.Partition, KeyRange.All, next, cancellation: cancellation);
                }
            }
        }
    }
}
