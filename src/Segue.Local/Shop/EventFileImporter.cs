using Segue.Customers;
using Segue.Local.Commands;
using Segue.Local.Import;
using Segue.Orders;

namespace Segue.Local.Shop;

/// <summary>Brings a file of events into the engine as history, in the order of the file, a stretch of it at a time.</summary>
internal sealed class EventFileImporter(SegueEngine engine)
{
    /// <summary>Rows that are grouped by customer at a time: a customer's events cost one batch a stretch, not one each.</summary>
    private const int Stretch = 20_000;

    private const int AtATime = 64;

    /// <summary>Imports the rows and answers how many were kept, were known, and of how many customers.</summary>
    public async Task<(long Accepted, long Duplicates, long Customers)> RunAsync(
        Stream input, ImportOptions options, BadRowsFile bad, IProgress<WorkDone> progress, CancellationToken cancellation)
    {
        var (accepted, duplicates) = (0L, 0L);
        var customers = new HashSet<string>(StringComparer.Ordinal);
        var rows = new List<EventRow>(Stretch);
        async Task FlushAsync()
        {
            foreach (var group in rows.GroupBy(r => r.Event.Event.CustomerId, StringComparer.Ordinal).Chunk(AtATime))
            {
                var outcomes = await Task.WhenAll(group.Select(g => ImportAsync(g, cancellation)));
                foreach (var (same, outcome) in group.Zip(outcomes))
                {
                    accepted += outcome.Recorded;
                    duplicates += outcome.Duplicates;
                    if (outcome.Recorded > 0)
                    {
                        customers.Add(same.Key);
                    }

                    foreach (var (id, reason) in outcome.Refused)
                    {
                        bad.Add(new(same.First(r => r.Event.Event.EventId == id).Line, id, [reason]));
                    }
                }
            }

            rows.Clear();
            progress.Report(new("Recording events", accepted + duplicates, null));
        }

        await foreach (var row in EventRows.ReadAsync(input, options, bad, cancellation))
        {
            rows.Add(row);
            if (rows.Count == Stretch)
            {
                await FlushAsync();
            }
        }

        await FlushAsync();
        return (accepted, duplicates, customers.Count);
    }

    private Task<ImportOutcome> ImportAsync(IGrouping<string, EventRow> group, CancellationToken cancellation) => Task.Run(
        () => engine.EventImport.ImportAsync(
            group.Key,
            group.Select(r => r.Event.Facts).Aggregate(CustomerFacts.None, (all, facts) => all.With(facts)),
            [.. group.Select(r => r.Event.Event)],
            cancellation),
        cancellation);
}
