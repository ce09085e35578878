using Segue.Http.Health;
using Segue.Local.Storage;

namespace Segue.Local.Serving;

/// <summary>The store's answer, and how many messages were set aside.</summary>
internal sealed class LocalHealth(StoreProbe store, SqliteDeadLetters deadLetters) : IHealthProbe
{
    /// <inheritdoc/>
    public Task CheckAsync(CancellationToken cancellation) => store.CheckAsync(cancellation);

    /// <inheritdoc/>
    public long? CountDeadLetters() => deadLetters.Count();
}
