namespace Segue.Benchmarks.Ports;

/// <summary>Calls of ports, by table or queue.</summary>
internal sealed record OperationCount
{
    /// <summary>Rows and pages read, by table.</summary>
    public SortedDictionary<string, int> Reads { get; init; } = new(StringComparer.Ordinal);

    /// <summary>Batches committed, by table.</summary>
    public SortedDictionary<string, int> Batches { get; init; } = new(StringComparer.Ordinal);

    /// <summary>Messages sent, by queue.</summary>
    public SortedDictionary<string, int> Messages { get; init; } = new(StringComparer.Ordinal);

    /// <summary>Rows that reads brought.</summary>
    public long RowsRead { get; set; }

    /// <summary>All reads and batches.</summary>
    public int TableCalls => Reads.Values.Sum() + Batches.Values.Sum();

    /// <summary>All messages sent.</summary>
    public int Sent => Messages.Values.Sum();

    /// <summary>One line a kind, as in <c>Customers 1, Summaries 1</c>.</summary>
    public override string ToString() => $"reads: {Line(Reads)}; batches: {Line(Batches)}; messages: {Line(Messages)}";

    private static string Line(SortedDictionary<string, int> counts) =>
        counts.Count == 0 ? "none" : string.Join(", ", counts.Select(c => FormattableString.Invariant($"{c.Key} {c.Value}")));
}
