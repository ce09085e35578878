namespace Segue.Http.Health;

/// <summary>Whether the process can do its work.</summary>
public interface IHealthProbe
{
    /// <summary>Reads something small from the store.</summary>
    /// <exception cref="Segue.Ports.PortUnavailableException">It can't.</exception>
    Task CheckAsync(CancellationToken cancellation);
}
