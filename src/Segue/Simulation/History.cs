namespace Segue.Simulation;

/// <summary>Reads facts one ahead, so that a history of any length needs no memory.</summary>
internal sealed class History(IAsyncEnumerable<HistoricFact> facts) : IAsyncDisposable
{
    private readonly IAsyncEnumerator<HistoricFact> source = facts.GetAsyncEnumerator();
    private bool begun;
    private HistoricFact? next;

    /// <summary>When the next fact arrives, or null after the last one and before <see cref="BeginAsync"/>.</summary>
    public DateTimeOffset? NextAt => next?.At;

    /// <summary>Reads the first fact, once.</summary>
    public ValueTask BeginAsync()
    {
        if (begun)
        {
            return ValueTask.CompletedTask;
        }

        begun = true;
        return MoveAsync();
    }

    /// <summary>Takes the next fact, which there must be, and reads the one after it.</summary>
    /// <exception cref="InvalidOperationException">The one after it is earlier.</exception>
    public async ValueTask<HistoricFact> TakeAsync()
    {
        var taken = next ?? throw new InvalidOperationException("The history is over.");
        await MoveAsync();
        if (next is { } after && after.At < taken.At)
        {
            throw new InvalidOperationException(
                $"History must be sorted by time: '{after.Message.Id}' at {after.At:O} "
                + $"comes after '{taken.Message.Id}' at {taken.At:O}.");
        }

        return taken;
    }

    public ValueTask DisposeAsync() => source.DisposeAsync();

    private async ValueTask MoveAsync() => next = await source.MoveNextAsync() ? source.Current : null;
}
