using Segue.Measurement;
using Segue.Measurement.Reports;
using Segue.Ports;
using Segue.Storage;

namespace Segue.Privacy;

/// <summary>
/// Facts of somebody who was erased: they still count, because reports are added up from facts and may be made anew at any time, but
/// nothing in them says who it was, nor which of them belong together.
/// </summary>
internal sealed class AnonymousFacts(ITableStore store, DerivedNames names, TimeProvider clock)
{
    /// <summary>Each fact that changes is a row that goes and one that comes.</summary>
    private const int PerBatch = TableLimits.BatchChanges / 2;

    private readonly DayMarks _marks = new(store, clock);

    /// <summary>The fact as nobody's. Its name is derived from its own, so that twice is once.</summary>
    public Fact Of(Fact fact) => fact.CustomerId.Length == 0 ? fact : fact with
    {
        CustomerId = "",
        Name = names.Forgotten(FactRows.Key(fact)),
        OrderId = null,

        // How a run ended is a word of the campaign's; what a mail server answered may hold the address.
        Reason = fact.Kind is FactKinds.Exited or FactKinds.Withheld or FactKinds.Called ? fact.Reason : null,
    };

    /// <summary>Writes facts of a customer's batch as nobody's.</summary>
    public async Task WriteAsync(string customerId, DateTimeOffset committedAt, IReadOnlyList<Fact> facts, CancellationToken cancellation)
    {
        if (facts.Count > 0)
        {
            var rows = facts.Select(Of).Select(f => RowChange.Upsert(FactRows.Key(f), RowJson.Pack(f, SegueJson.Default.Fact))).DistinctBy(r => r.Key);
            await store.UpsertAllAsync(Tables.Facts, FactRows.Partition(committedAt, customerId), rows, cancellation);
            await _marks.MarkAsync(committedAt, cancellation);
        }
    }

    /// <summary>Makes the facts that are kept of a customer nobody's, and marks their days for rolling up again.</summary>
    /// <param name="customerId">The customer.</param>
    /// <param name="since">The first day.</param>
    /// <param name="until">The last day.</param>
    /// <param name="which">Which of their facts.</param>
    /// <param name="mayGo">Whether to go on, asked once facts of a day are read.</param>
    /// <param name="cancellation">Gives up; what is done stays done.</param>
    /// <returns>False where it was told not to go on.</returns>
    public async Task<bool> SweepAsync(
        string customerId, DateTimeOffset since, DateTimeOffset until, Func<Fact, bool> which, Func<Task<bool>> mayGo, CancellationToken cancellation)
    {
        var prefix = KeyRange.Prefix(Keys.Escape(customerId) + Keys.Separator);
        for (var day = since.UtcDateTime.Date; day <= until.UtcDateTime.Date; day = day.AddDays(1))
        {
            var at = new DateTimeOffset(day, TimeSpan.Zero);
            var partition = FactRows.Partition(at, customerId);
            var found = new List<(Row Row, Fact Fact)>();
            await foreach (var row in store.ReadAllAsync(Tables.Facts, partition, prefix, cancellation))
            {
                var fact = RowJson.Unpack(row, SegueJson.Default.Fact);
                if (which(fact))
                {
                    found.Add((row, Of(fact)));
                }
            }

            if (found.Count == 0)
            {
                continue;
            }

            if (!await mayGo())
            {
                return false;
            }

            // Before: once they are nobody's, whoever goes on after a crash finds nothing here, and would not know of the day.
            await _marks.MarkAsync(at, cancellation);
            foreach (var batch in found.Chunk(PerBatch))
            {
                await store.CommitAsync(
                    Tables.Facts, partition,
                    [.. batch.SelectMany(f => new[] { RowChange.Delete(f.Row.Key, f.Row.ETag), RowChange.Upsert(FactRows.Key(f.Fact), RowJson.Pack(f.Fact, SegueJson.Default.Fact)) })],
                    cancellation);
            }
        }

        return true;
    }
}
