using Segue.Ports;
using Segue.Storage;

namespace Segue.Http.Health;

/// <summary>Reads one row of Settings.</summary>
public sealed class StoreProbe(ITableStore store) : IHealthProbe
{
    /// <inheritdoc/>
    public Task CheckAsync(CancellationToken cancellation) => store.GetAsync(Tables.Settings, "health", "0", cancellation);
}
