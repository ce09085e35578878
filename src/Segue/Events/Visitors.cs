using Segue.Customers;
using Segue.Messaging;
using Segue.Ports;
using Segue.Storage;

namespace Segue.Events;

/// <summary>
/// Visitors whom nobody knows: their events wait under their own ids, outside of segments and figures, until a sign-in says
/// whose they are. Then they become the customer's, and what the visitor does from there on goes straight to them.
/// </summary>
internal sealed class Visitors(ITableStore store, IMessageBus bus, TimeProvider clock)
{
    /// <summary>Events that are kept of one visitor at most; further ones are dropped.</summary>
    public const int MaxEvents = 500;

    /// <summary>How long after their last event a visitor is forgotten.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(90);

    private const string Row = "0-visitor";
    private const string Customer = "customer";
    private const string Count = "count";
    private const string LastAt = "lastAt";

    /// <summary>The id under which messages about a visitor travel.</summary>
    public static string IdOf(string visitor) => $"visitor:{visitor}";

    /// <summary>Keeps a visitor's event, or passes it on to the customer that they are known to be.</summary>
    public async Task KeepAsync(VisitorEvent message, CancellationToken cancellation)
    {
        var partition = Keys.Escape(message.CustomerId);
        var row = await store.GetAsync(Tables.Visitors, partition, Row, cancellation);
        if (row?.Properties.GetValueOrDefault(Customer) is string customer)
        {
            await bus.SendAsync(Queues.Customers, [PassedOn(message.Event, customer, message.ArrivedAt)], cancellation);
            return;
        }

        var count = row is null ? 0 : (int)row.Properties[Count];
        if (count == MaxEvents)
        {
            return;
        }

        var now = clock.GetUtcNow();
        if (row is null)
        {
            // Before the batch, as every moment: a visitor who is not forgotten would be kept for ever.
            await WakeAsync(message.CustomerId, now + KeptFor, now, cancellation);
        }

        // The visitor's own row is in the batch, so that an event and a sign-in can't miss each other.
        var properties = new Dictionary<string, object> { [Count] = count + 1, [LastAt] = now };
        await store.CommitAsync(
            Tables.Visitors,
            partition,
            [
                row is null ? RowChange.Insert(Row, properties) : RowChange.Replace(Row, properties, row.ETag),
                RowChange.Upsert(CustomerRows.Events + Keys.Escape(message.Event.EventId), RowJson.Pack(message.Event, SegueJson.Default.CustomerEvent)),
            ],
            cancellation);
    }

    /// <summary>Whoever signed in is the visitor: what they did becomes the customer's, as old as it is by now.</summary>
    public async Task JoinAsync(VisitorSignedIn message, CancellationToken cancellation)
    {
        if (await ErasedAtAsync(message.CustomerId, cancellation) >= message.ArrivedAt)
        {
            return;
        }

        var (visitor, now) = (IdOf(message.Visitor), clock.GetUtcNow());
        var partition = Keys.Escape(visitor);
        var row = await store.GetAsync(Tables.Visitors, partition, Row, cancellation);
        if (row is null)
        {
            await WakeAsync(visitor, now + KeptFor, now, cancellation);
        }

        // First from the customer's side, so that they can be shown it and forgotten there.
        var note = RowChange.Upsert(CustomerRows.Visitors + partition, new Dictionary<string, object> { [CustomerRows.VisitorId] = message.Visitor });
        await store.CommitAsync(Tables.Customers, CustomerRows.Partition(message.CustomerId), [note], cancellation);
        if (row?.Properties.GetValueOrDefault(Customer) as string != message.CustomerId)
        {
            var properties = new Dictionary<string, object> { [Customer] = message.CustomerId, [Count] = 0, [LastAt] = now };
            await store.CommitAsync(
                Tables.Visitors, partition, [row is null ? RowChange.Insert(Row, properties) : RowChange.Replace(Row, properties, row.ETag)], cancellation);
        }

        var events = await EventsAsync(partition, cancellation);
        await bus.SendAsync(
            Queues.Customers,
            [.. events.Select(e => PassedOn(RowJson.Unpack(e, SegueJson.Default.CustomerEvent), message.CustomerId, message.ArrivedAt))],
            cancellation);
        await DropAsync(partition, events, cancellation);
    }

    /// <summary>Forgets a visitor who has not been seen for long; looks again later where they have.</summary>
    public async Task ForgetAsync(VisitorQuiet message, CancellationToken cancellation)
    {
        var partition = Keys.Escape(message.CustomerId);
        if (await store.GetAsync(Tables.Visitors, partition, Row, cancellation) is not { } row)
        {
            return;
        }

        var now = clock.GetUtcNow();
        var due = (DateTimeOffset)row.Properties[LastAt] + KeptFor;
        if (due > now)
        {
            await WakeAsync(message.CustomerId, due, now, cancellation);
            return;
        }

        await DropAsync(partition, await EventsAsync(partition, cancellation), cancellation);
        await store.TryDeleteAsync(Tables.Visitors, partition, Row, row.ETag, cancellation);
    }

    private async Task<DateTimeOffset?> ErasedAtAsync(string customer, CancellationToken cancellation) =>
        await store.GetAsync(Tables.Customers, CustomerRows.Partition(customer), CustomerRows.Profile, cancellation) is { } row
            ? RowJson.Unpack(row, SegueJson.Default.CustomerProfile).Erased?.At : null;

    private static BusMessage PassedOn(CustomerEvent fact, string customer, DateTimeOffset arrivedAt) =>
        EventArrived.ToBus(fact with { CustomerId = customer }, arrivedAt);

    private async Task<List<Row>> EventsAsync(string partition, CancellationToken cancellation)
    {
        var events = new List<Row>();
        await foreach (var row in store.ReadAllAsync(Tables.Visitors, partition, KeyRange.Prefix(CustomerRows.Events), cancellation))
        {
            events.Add(row);
        }

        return events;
    }

    private Task DropAsync(string partition, List<Row> events, CancellationToken cancellation) =>
        store.TryDeleteAllAsync(Tables.Visitors, partition, events, cancellation);

    private Task WakeAsync(string visitor, DateTimeOffset at, DateTimeOffset now, CancellationToken cancellation)
    {
        var due = new DueMoment(at, Queues.Customers, "forget", new VisitorQuiet { CustomerId = visitor });
        return store.UpsertAllAsync(Tables.Due, due.PartitionAt(now), [RowChange.Upsert(due.Key, due.ToProperties())], cancellation);
    }
}
