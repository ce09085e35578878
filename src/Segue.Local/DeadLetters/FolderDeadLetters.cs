using Segue.Local.Storage;

namespace Segue.Local.DeadLetters;

/// <summary>Those of the data folder itself.</summary>
/// <param name="opened">The database, where it is to be closed with this; else null.</param>
/// <param name="letters">Its dead letters.</param>
internal sealed class FolderDeadLetters(SqliteDatabase? opened, SqliteDeadLetters letters) : IDeadLetters
{
    /// <inheritdoc/>
    public Task<bool> ReplayAsync(long number, CancellationToken cancellation) => letters.ReplayAsync(number);

    /// <inheritdoc/>
    public Task<bool> DropAsync(long number, CancellationToken cancellation) => letters.DropAsync(number);

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        opened?.Dispose();
        return ValueTask.CompletedTask;
    }
}
