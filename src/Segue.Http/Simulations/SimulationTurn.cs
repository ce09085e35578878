namespace Segue.Http.Simulations;

/// <summary>One simulation at a time: each holds a whole shop in memory.</summary>
internal sealed class SimulationTurn
{
    private int _taken;

    /// <summary>Takes the turn; null while another has it. Disposing gives it back.</summary>
    public IDisposable? TryTake() => Interlocked.CompareExchange(ref _taken, 1, 0) == 0 ? new Held(this) : null;

    private sealed class Held(SimulationTurn turn) : IDisposable
    {
        public void Dispose() => Volatile.Write(ref turn._taken, 0);
    }
}
