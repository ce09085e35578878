namespace Segue.Local.DeadLetters;

/// <summary>Messages that no handler could deal with: replayed, or dropped for good.</summary>
public interface IDeadLetters : IAsyncDisposable
{
    /// <summary>Puts one back on its queue, as new. False if there is none of this number.</summary>
    /// <exception cref="RefusedException">Who holds the data folder does not answer.</exception>
    /// <exception cref="Ports.PortUnavailableException">The file can't be written to now.</exception>
    Task<bool> ReplayAsync(long number, CancellationToken cancellation);

    /// <summary>Removes one for good. False if there is none of this number.</summary>
    /// <exception cref="RefusedException">Who holds the data folder does not answer.</exception>
    /// <exception cref="Ports.PortUnavailableException">The file can't be written to now.</exception>
    Task<bool> DropAsync(long number, CancellationToken cancellation);
}
