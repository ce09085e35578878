using Microsoft.Extensions.Logging.Abstractions;
using Segue.Campaigns;
using Segue.Local.Storage;
using Segue.Messaging;
using Segue.Ports;
using Segue.Storage;

namespace Segue.Benchmarks.Engine;

/// <summary>A folder's database with its tables and queues, and the engine on it.</summary>
internal sealed class SqliteShop : IDisposable
{
    private static readonly TimeSpan LockFor = TimeSpan.FromMinutes(5);
    private readonly SqliteDatabase _database;

    public SqliteShop(string folder, CampaignSet campaigns, TimeProvider clock, Func<ITableStore, IMessageBus, (ITableStore, IMessageBus)>? through = null)
    {
        _database = SqliteDatabase.Open(folder);
        Store = new(_database);
        Bus = new(_database, clock);
        Receiver = new(_database, clock);
        var (store, bus) = through?.Invoke(Store, Bus) ?? (Store, Bus);
        Catalog = new(store, campaigns, clock, NullLogger<CampaignCatalog>.Instance);
        Engine = new(
            new(store, bus, new AcceptingSender(), clock), Catalog, new DerivedNames(new byte[32]), RetryOptions.Default, NullLoggerFactory.Instance);
    }

    public SqliteTableStore Store { get; }

    public SqliteMessageBus Bus { get; }

    public SqliteMessageReceiver Receiver { get; }

    public CampaignCatalog Catalog { get; }

    public SegueEngine Engine { get; }

    /// <summary>The engine's handler of a queue.</summary>
    public Func<ReceivedMessage, Task> HandlerOf(string queue)
    {
        var handle = Engine.Queues.First(q => q.Queue == queue).Handle;
        return message => handle(message.Body, default);
    }

    /// <summary>Handles all messages of a queue that are due, so many at a time, each received, handled and completed as a host does it.</summary>
    /// <returns>How many.</returns>
    public async Task<int> DrainAsync(string queue, int atATime, Func<ReceivedMessage, Task>? handle = null)
    {
        handle ??= HandlerOf(queue);
        var handled = 0;
        await Task.WhenAll(Enumerable.Range(0, atATime).Select(_ => Task.Run(async () =>
        {
            while (await Receiver.ReceiveAsync(queue, 1, LockFor) is [var message])
            {
                await handle(message);
                await Receiver.CompleteAsync(message);
                Interlocked.Increment(ref handled);
            }
        })));
        return handled;
    }

    public void Dispose() => _database.Dispose();
}
