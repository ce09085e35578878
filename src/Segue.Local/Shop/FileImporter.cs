using System.Globalization;
using Segue.Customers;
using Segue.Local.Commands;
using Segue.Local.Import;
using Segue.Orders;
using Segue.Ports;
using Segue.Storage;

namespace Segue.Local.Shop;

/// <summary>Brings a file's rows into the engine as history, a number of customers at a time.</summary>
internal sealed class FileImporter(SegueEngine engine, DataFolder folder)
{
    private const int AtATime = 256;

    /// <summary>Imports the file. The same file again changes nothing; one that was cut off goes on.</summary>
    public async Task<ImportResult> RunAsync(ImportRequest request, IProgress<WorkDone> progress, CancellationToken cancellation)
    {
        var state = await engine.Campaigns.CurrentAsync(cancellation);
        var settings = state.Set.Settings;
        var options = new ImportOptions(request.File, new(settings.Currency, engine.Ports.Clock.GetUtcNow()), folder.File("import-tmp"))
        {
            Map = request.Columns,
            DateFormat = request.DateFormat,
            Zone = request.Zone ?? settings.Zone,
        };
        await using var input = File.OpenRead(request.File);
        using var bad = new BadRowsFile(request.File);
        var totals = new Totals(bad);
        try
        {
            if (request.Kind == ImportKind.Codes)
            {
                var (kept, known) = (0L, 0L);
                await foreach (var (code, pool) in CodeRows.ReadAsync(input, options, bad, cancellation))
                {
                    (kept, known) = await engine.Pools.AddAsync(pool, code, cancellation) ? (kept + 1, known) : (kept, known + 1);
                }

                return new(kept, known, bad.Count, 0, 0, settings.Currency, bad.Count > 0 ? bad.FilePath : null)
                {
                    Remarks = [.. Remarks(request.File, bad)],
                };
            }

            if (request.Kind == ImportKind.Products)
            {
                var products = 0L;
                await foreach (var product in ProductRows.ReadAsync(input, options, bad, cancellation))
                {
                    await engine.PutAsync(product, cancellation);
                    products++;
                }

                return new(products, 0, bad.Count, 0, 0, settings.Currency, bad.Count > 0 ? bad.FilePath : null)
                {
                    Remarks = [.. Remarks(request.File, bad)],
                };
            }

            if (request.Kind == ImportKind.Events)
            {
                var (accepted, duplicates, customers) = await new EventFileImporter(engine).RunAsync(input, options, bad, progress, cancellation);
                return new(accepted, duplicates, bad.Count, customers, 0, settings.Currency, bad.Count > 0 ? bad.FilePath : null)
                {
                    Remarks = [.. Remarks(request.File, bad)],
                };
            }

            await RecordAsync(Groups(input, request.Kind, options, bad, progress, cancellation), totals, cancellation);
        }
        catch (ImportRefusedException e)
        {
            throw new RefusedException(e.Message, e);
        }

        // Asked of the data, not of this run's rows: an earlier run may have recorded them all and then been cut off.
        var calibrates = state.Calibration is not { Buyers: > 0 } && await HasBuyersAsync(cancellation);
        if (calibrates)
        {
            progress.Report(new("Calibrating", 0, null));
            await engine.CalibrateAsync(initial: true, cancellation);
        }

        if (request.Kind == ImportKind.Orders && totals.Accepted > 0)
        {
            progress.Report(new("Finding what goes together", 0, null));
            await engine.RecommendAsync(cancellation);
        }

        // A file that says nothing new changes no row, of reports neither.
        if (calibrates || totals.Accepted > 0)
        {
            progress.Report(new("Rolling up reports", 0, null));
            await engine.RollUpReportsAsync(cancellation);
        }

        return new(
            totals.Accepted, totals.Duplicates, bad.Count, totals.Customers, totals.Revenue, settings.Currency,
            bad.Count > 0 ? bad.FilePath : null)
        {
            Remarks = [.. Remarks(request.File, bad)],
        };
    }

    private static IEnumerable<string> Remarks(string file, BadRowsFile bad)
    {
        foreach (var row in bad.First)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{file}:{row.Line}: {string.Join("; ", row.Reasons)}");
        }

        if (bad.Count > bad.First.Count)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture, $"{bad.Count - bad.First.Count:N0} more rows were refused; each with its reason is in {bad.FilePath}.");
        }

        foreach (var warning in bad.Warnings)
        {
            yield return warning;
        }
    }

    private static IAsyncEnumerable<CustomerOrders> Groups(
        Stream input, ImportKind kind, ImportOptions options, BadRowsFile bad, IProgress<WorkDone> progress, CancellationToken cancellation)
    {
        var reading = new ProgressMap<ImportProgress>(progress, p => p.Grouped > 0
            ? new("Recording orders", p.Grouped, p.Rows - p.BadRows)
            : new("Reading the file", p.Bytes, p.TotalBytes));
        return kind == ImportKind.Orders
            ? OrderImport.ReadAsync(input, options, bad, reading, cancellation)
            : CustomersAsync(CustomerImport.ReadAsync(input, options, bad, cancellation));
    }

    /// <summary>
    /// Records group after group, with so many under way that they share the cost of getting to the disk, and never two of
    /// one customer.
    /// </summary>
    private async Task RecordAsync(IAsyncEnumerable<CustomerOrders> groups, Totals totals, CancellationToken cancellation)
    {
        var running = new Queue<(CustomerOrders Group, Task<ImportOutcome> Task)>();
        var customers = new HashSet<string>(StringComparer.Ordinal);
        async Task FinishAsync()
        {
            var (group, task) = running.Dequeue();
            totals.Add(group, await task);
            customers.Remove(group.CustomerId);
        }

        try
        {
            await foreach (var group in groups)
            {
                while (running.Count == AtATime || customers.Contains(group.CustomerId))
                {
                    await FinishAsync();
                }

                customers.Add(group.CustomerId);
                running.Enqueue((group, Task.Run(
                    () => engine.Import.ImportAsync(group.CustomerId, group.Facts ?? CustomerFacts.None, group.Orders, cancellation), cancellation)));
            }

            while (running.Count > 0)
            {
                await FinishAsync();
            }
        }
        finally
        {
            // After a fault: nothing may still write when the caller closes the store.
            await Task.WhenAny(Task.WhenAll(running.Select(r => r.Task)));
        }
    }

    private async Task<bool> HasBuyersAsync(CancellationToken cancellation)
    {
        for (var shard = 0; shard < Shards.Count; shard++)
        {
            await foreach (var row in engine.Ports.Store.ReadAllAsync(Tables.Summaries, Shards.Text(shard), KeyRange.All, cancellation))
            {
                if (RowJson.Unpack(row, SegueJson.Default.SummaryRow).Summary.Purchases.Orders > 0)
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static async IAsyncEnumerable<CustomerOrders> CustomersAsync(IAsyncEnumerable<CustomerRow> rows)
    {
        await foreach (var row in rows)
        {
            yield return new(row.CustomerId, row.Facts, [], [row.Line]);
        }
    }

    private sealed class Totals(BadRowsFile bad)
    {
        private string? _lastCustomer;

        public long Accepted { get; private set; }

        public long Duplicates { get; private set; }

        public long Customers { get; private set; }

        public decimal Revenue { get; private set; }

        public void Add(CustomerOrders group, ImportOutcome outcome)
        {
            var kept = group.Orders.Count == 0 ? 1 : outcome.Recorded;
            Accepted += kept;
            Duplicates += outcome.Duplicates;
            Revenue += outcome.Revenue;
            if (kept > 0 && group.CustomerId != _lastCustomer)
            {
                Customers++;
                _lastCustomer = group.CustomerId;
            }

            foreach (var (orderId, reason) in outcome.Refused)
            {
                var at = group.Orders.Select((o, i) => (o.OrderId, i)).First(o => o.OrderId == orderId).i;
                bad.Add(new(group.Lines[at], orderId, [reason]));
            }
        }
    }
}
