using FsCheck;
using FsCheck.Fluent;
using Segue.Ports;

namespace Segue.Tests.Ports;

/// <summary>
/// Plays random sequences of calls on one table store and writes results down so that two stores' can be compared: ETags as their
/// order.
/// </summary>
internal sealed class TableStoreCalls(ITableStore store, string table)
{
    /// <summary>The partitions that calls choose from.</summary>
    public static readonly string[] Partitions = ["p", "pé", "q"];
    private static readonly string[] Keys = ["", "a", "b", "a~", "é", "\uD83D\uDE00", "\uE000"];
    private static readonly object[] Values = ["", "text", 1, long.MinValue, 0.5, true, DateTimeOffset.MaxValue, Array.Empty<byte>()];

    private static readonly Gen<byte> Number = Gen.Choose(0, 255).Select(number => (byte)number);

    private static readonly Gen<Change> OneChange =
        from kind in Number
        from key in Number
        from value in Number
        from etag in Number
        select new Change(kind, key, value, etag);

    /// <summary>Sequences of 40 calls.</summary>
    public static readonly Arbitrary<Call[]> Sequences = (
        from what in Number
        from partition in Number
        from changes in Gen.Choose(1, 3).SelectMany(count => OneChange.ArrayOf(count))
        from first in Number
        from before in Number
        from pageSize in Number
        select new Call(what, partition, changes, first, before, pageSize)).ArrayOf(40).ToArbitrary();

    // With their rows: those of one batch may have one ETag between them, where a service makes it of its clock. The first is one
    // that the store gave once, for a row that no call touches.
    private readonly List<(string Row, string ETag)> etags =
        [("another|row", store.CommitAsync(table, "another", [RowChange.Insert("row", new Dictionary<string, object>())]).GetAwaiter().GetResult()[0]!)];

    public int Committed { get; private set; }

    public int Refused { get; private set; }

    public string Play(Call call)
    {
        var partition = Partitions[call.Partition % Partitions.Length];
        return (call.What % 4) switch
        {
            0 => Contents(partition, new(Pick(call.From), Pick(call.Before)), 1 + (call.PageSize % 3)),
            1 => Get(partition, Keys[call.From % Keys.Length]),
            _ => Commit(partition, call.Changes),
        };
    }

    public string Contents(string partition, KeyRange range = default, int pageSize = 1000)
    {
        var found = new List<string>();
        string? continuation = null;
        do
        {
            var page = store.ReadAsync(table, partition, range, continuation, pageSize, default).GetAwaiter().GetResult();
            found.AddRange(page.Rows.Select(Describe));
            continuation = page.Continuation;
        }
        while (continuation is not null);
        return string.Join("; ", found);
    }

    private string Get(string partition, string key)
    {
        try
        {
            return store.GetAsync(table, partition, key).GetAwaiter().GetResult() is { } row ? Describe(row) : "missing";
        }
        catch (TableLimitException e)
        {
            return e.Message;
        }
    }

    private string Commit(string partition, Change[] changes)
    {
        try
        {
            List<RowChange> batch = [.. changes.Select(change => ToRowChange(partition, change))];
            var answer = store.CommitAsync(table, partition, batch).GetAwaiter().GetResult();
            etags.AddRange(answer.Zip(batch).Where(a => a.First is not null).Select(a => ($"{partition}|{a.Second.Key}", a.First!)));
            Committed++;
            return string.Join(",", answer.Select(etag => etag is null ? "-" : "+"));
        }
        catch (Exception e) when (e is TableConflictException or TableLimitException)
        {
            Refused++;
            return e.Message;
        }
    }

    private RowChange ToRowChange(string partition, Change change)
    {
        // At times a key or a value that no store takes.
        var key = change.Key == 255 ? "/" : Keys[change.Key % Keys.Length];
        var etag = change.ETag % 3 == 0 ? RowChange.AnyETag : Latest(partition, key, change.ETag) ?? etags[0].ETag;
        var properties = new Dictionary<string, object> { ["key"] = key, ["value"] = change.Value == 255 ? 1m : Values[change.Value % Values.Length] };
        return (change.Kind % 4) switch
        {
            0 => RowChange.Insert(key, properties),
            1 => RowChange.Replace(key, properties, etag),
            2 => RowChange.Upsert(key, properties),
            _ => RowChange.Delete(key, etag),
        };
    }

    // Mostly the row's own ETag in the first partition, at times one that the row had once.
    private string? Latest(string partition, string key, byte choice)
    {
        List<string> once = [.. etags.Where((e, i) => i == 0 || e.Row == $"{partition}|{key}").Select(e => e.ETag)];
        return choice % 3 == 1 || key == "/"
            ? once[choice % once.Count]
            : store.GetAsync(table, Partitions[0], key).GetAwaiter().GetResult()?.ETag;
    }

    private static string? Pick(byte choice) => choice % 3 == 0 ? null : Keys[choice % Keys.Length];

    private string Describe(Row row) =>
        $"{row.Partition}|{row.Key}|{etags.IndexOf(($"{row.Partition}|{row.Key}", row.ETag))}|"
        + string.Join(",", row.Properties.OrderBy(p => p.Key).Select(p => $"{p.Key}:{p.Value.GetType().Name}={p.Value}"));

    /// <summary>What one call does, as numbers that choose from the lists above.</summary>
    public sealed record Call(byte What, byte Partition, Change[] Changes, byte From, byte Before, byte PageSize);

    /// <summary>One change of a batch.</summary>
    public sealed record Change(byte Kind, byte Key, byte Value, byte ETag);
}
