using Segue.Benchmarks.Running;

namespace Segue.Benchmarks.Ports;

/// <summary>Calls of ports, counted: no time is taken.</summary>
internal sealed class OperationsBenchmark : IBenchmark
{
    public string Name => "operations";

    public async Task<Finding?> RunAsync(Settings settings, CancellationToken cancellation)
    {
        var figures = new Dictionary<string, double>();
        foreach (var (work, count) in await Operations.CountAsync())
        {
            foreach (var (table, calls) in count.Reads)
            {
                figures[$"{work}: reads of {table}"] = calls;
            }

            foreach (var (table, calls) in count.Batches)
            {
                figures[$"{work}: batches to {table}"] = calls;
            }

            figures[$"{work}: messages out"] = count.Sent;
        }

        return new() { Name = Name, Work = "Storage and bus operations of one piece of work", Beside = "a budget that a test holds", Figures = figures };
    }
}
