using System.Security.Cryptography;
using Segue.Ports;
using TableNames = Segue.Storage.Tables;

namespace Segue.Functions.Hosting;

/// <summary>
/// The key of all names that outsiders see (codes, send ids, unsubscribe links): drawn once by whichever instance comes first,
/// and kept with the data that it belongs to, as the data folder of one machine keeps it.
/// </summary>
/// <remarks>It never changes: links in mails already sent would stop working.</remarks>
internal static class InstallationSecret
{
    private const int Bytes = 32;
    private const string Partition = "installation";
    private const string Key = "secret";
    private const string Property = "value";

    /// <summary>The secret; 32 bytes.</summary>
    /// <exception cref="PortUnavailableException">The store can't be reached.</exception>
    public static async Task<byte[]> ReadOrDrawAsync(ITableStore store, CancellationToken cancellation)
    {
        while (true)
        {
            if (await store.GetAsync(TableNames.Settings, Partition, Key, cancellation) is { } row)
            {
                return row.Properties[Property] is byte[] { Length: Bytes } secret ? secret : throw new InvalidDataException(
                    $"Table {TableNames.Settings}, partition '{Partition}', row '{Key}' holds no secret of {Bytes} bytes. Restore it from a backup.");
            }

            try
            {
                var drawn = new Dictionary<string, object> { [Property] = RandomNumberGenerator.GetBytes(Bytes) };
                await store.CommitAsync(TableNames.Settings, Partition, [RowChange.Insert(Key, drawn)], cancellation);
            }
            catch (TableConflictException)
            {
                // Another instance was first: its secret is everybody's.
            }
        }
    }
}
