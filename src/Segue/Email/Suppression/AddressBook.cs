using Segue.Customers;
using Segue.Messaging;
using Segue.Ports;
using Segue.Storage;

namespace Segue.Email.Suppression;

/// <summary>
/// The table Addresses: who has an address, and what stands against mailing it. Read before each mail is claimed, so that what
/// one customer of an address says holds for every other, and for whoever is imported with it after an erasure.
/// </summary>
internal sealed class AddressBook(ITableStore store, IMessageBus bus, AddressNames names)
{
    private const string SuppressionKey = "suppression";
    private const string MailedKey = "mailed";
    private const string CustomerPrefix = "c-";

    /// <summary>Where it stands that an address is a customer's.</summary>
    internal static string LinkOf(string customerId) => CustomerPrefix + Keys.Escape(customerId);

    /// <summary>Why a mail may not go to an address, or null.</summary>
    public async Task<SuppressionEntry?> AgainstAsync(string email, Send send, CancellationToken cancellation) =>
        (await ReadAsync(names.Of(email), cancellation)).Suppression.Against(send.Topic, send.Transactional);

    /// <summary>What an address was sent of late.</summary>
    public async Task<AddressPlace> PlaceAsync(string email, CancellationToken cancellation) => await PlaceOfAsync(names.Of(email), cancellation);

    /// <summary>Counts a mail against the caps of its address, just before it is claimed.</summary>
    /// <exception cref="TableConflictException">Another customer of the address was mailed at the same moment: judge again.</exception>
    public Task TakeAsync(AddressPlace place, string sendId, DateTimeOffset now, CancellationToken cancellation) =>
        WriteAsync(place, place.Mailed.With(sendId, now), cancellation);

    /// <summary>All that stands against mailing an address.</summary>
    public async Task<AddressSuppression> OfAsync(string email, CancellationToken cancellation) =>
        (await ReadAsync(names.Of(email), cancellation)).Suppression;

    /// <summary>Carries out what an outbox says, suppressions first, so that a link sees them.</summary>
    public async Task ApplyAsync(string customerId, IReadOnlyList<AddressEffect> effects, CancellationToken cancellation)
    {
        foreach (var effect in effects.OrderBy(e => e.Change is AddressChange.Link or AddressChange.Unlink))
        {
            switch (effect.Change)
            {
                case AddressChange.Link:
                    await store.CommitAsync(
                        Tables.Addresses, effect.Address, [RowChange.Upsert(CustomerPrefix + Keys.Escape(customerId), Link(customerId))], cancellation);
                    var (standing, _) = await ReadAsync(effect.Address, cancellation);
                    await TellAsync(effect.Address, [customerId], standing.InForce, cancellation);
                    break;
                case AddressChange.Unlink:
                    await store.TryDeleteAsync(Tables.Addresses, effect.Address, CustomerPrefix + Keys.Escape(customerId), cancellation: cancellation);
                    break;
                case AddressChange.Suppress:
                    SuppressionEntry entry = new(effect.Reason!.Value, effect.Topic, effect.At);
                    await ChangeAsync(effect.Address, s => s.With(entry), cancellation);
                    await TellAsync(effect.Address, await OthersAsync(effect.Address, customerId, cancellation), [entry], cancellation);
                    break;
                case AddressChange.NotMailed:
                    await ForgetAsync(effect.Address, effect.SendId!, cancellation);
                    break;
                case AddressChange.WantedAgain:
                    await ChangeAsync(effect.Address, s => s.WithWish(effect.Topic, effect.At), cancellation);
                    break;
            }
        }
    }

    private static Dictionary<string, object> Link(string customerId) => new(1) { ["customer"] = customerId };

    private async Task<(AddressSuppression Suppression, string? ETag)> ReadAsync(string address, CancellationToken cancellation)
    {
        var row = await store.GetAsync(Tables.Addresses, address, SuppressionKey, cancellation);
        return row is null ? (AddressSuppression.None, null) : (RowJson.Unpack(row, SegueJson.Default.AddressSuppression), row.ETag);
    }

    private async Task<AddressPlace> PlaceOfAsync(string address, CancellationToken cancellation)
    {
        var row = await store.GetAsync(Tables.Addresses, address, MailedKey, cancellation);
        return new(address, row is null ? new([]) : RowJson.Unpack(row, SegueJson.Default.AddressMailed), row?.ETag);
    }

    private async Task WriteAsync(AddressPlace place, AddressMailed mailed, CancellationToken cancellation)
    {
        var properties = RowJson.Pack(mailed, SegueJson.Default.AddressMailed);
        await store.CommitAsync(
            Tables.Addresses, place.Address,
            [place.ETag is null ? RowChange.Insert(MailedKey, properties) : RowChange.Replace(MailedKey, properties, place.ETag)], cancellation);
    }

    private async Task ForgetAsync(string address, string sendId, CancellationToken cancellation)
    {
        while (await PlaceOfAsync(address, cancellation) is { ETag: not null } place && place.Mailed.Mails.Any(m => m.SendId == sendId))
        {
            try
            {
                await WriteAsync(place, place.Mailed.Without(sendId), cancellation);
                return;
            }
            catch (TableConflictException)
            {
                // Another customer of the address was mailed in between: look again.
            }
        }
    }

    private async Task ChangeAsync(string address, Func<AddressSuppression, AddressSuppression> change, CancellationToken cancellation)
    {
        while (true)
        {
            var (before, etag) = await ReadAsync(address, cancellation);
            var after = change(before);
            if (ReferenceEquals(after, before))
            {
                return;
            }

            var properties = RowJson.Pack(after, SegueJson.Default.AddressSuppression);
            try
            {
                await store.CommitAsync(
                    Tables.Addresses, address,
                    [etag is null ? RowChange.Insert(SuppressionKey, properties) : RowChange.Replace(SuppressionKey, properties, etag)], cancellation);
                return;
            }
            catch (TableConflictException)
            {
                // Another customer of the address says something at the same time: both are kept.
            }
        }
    }

    private async Task<IReadOnlyList<string>> OthersAsync(string address, string customerId, CancellationToken cancellation)
    {
        var others = new List<string>();
        await foreach (var row in store.ReadAllAsync(Tables.Addresses, address, KeyRange.Prefix(CustomerPrefix), cancellation))
        {
            if (row.Properties["customer"] is string other && other != customerId)
            {
                others.Add(other);
            }
        }

        return others;
    }

    private async Task TellAsync(
        string address, IReadOnlyList<string> customers, IEnumerable<SuppressionEntry> entries, CancellationToken cancellation)
    {
        var messages =
            from entry in entries
            from customer in customers
            select new AddressSuppressed { CustomerId = customer, Address = address, Reason = entry.Reason, Topic = entry.Topic, At = entry.At }
                .ToBus($"{Keys.Escape(customer)}~suppressed~{address}~{entry.Reason}~{entry.Topic}~{entry.At.UtcTicks}");
        if (messages.ToList() is { Count: > 0 } told)
        {
            await bus.SendAsync(Queues.Customers, told, cancellation);
        }
    }
}
