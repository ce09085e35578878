namespace Segue.Http.Health;

/// <summary>Whether the process can do its work.</summary>
public interface IHealthProbe
{
    /// <summary>Reads something small from the store.</summary>
    /// <exception cref="Segue.Ports.PortUnavailableException">It can't.</exception>
    Task CheckAsync(CancellationToken cancellation);

    /// <summary>How many messages were set aside for somebody to look at; null where the bus itself counts them.</summary>
    /// <exception cref="Segue.Ports.PortUnavailableException">They can't be counted now.</exception>
    long? CountDeadLetters() => null;
}
