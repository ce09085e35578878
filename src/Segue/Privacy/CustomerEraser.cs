using Segue.Campaigns;
using Segue.Customers;
using Segue.Email;
using Segue.Email.Suppression;
using Segue.Journeys;
using Segue.Measurement;
using Segue.Messaging;
using Segue.Offers;
using Segue.Ports;
using Segue.Storage;

namespace Segue.Privacy;

/// <summary>
/// Forgets customers. One batch makes the profile an empty tombstone that turns away what is still on its way, and notes where copies
/// stand; then everything goes, and once nothing can be on its way any more, what has come late and the tombstone itself.
/// </summary>
internal sealed class CustomerEraser(
    ITableStore store,
    IMessageBus bus,
    CustomerLoader loader,
    ICampaigns campaigns,
    CustomerClearing clearing,
    CopyRemover copies,
    AnonymousFacts facts,
    Budgets budgets,
    TimeProvider clock)
{
    /// <summary>How long a message may be on its way: put back again and again through an outage of a day, and then some.</summary>
    public static readonly TimeSpan InFlight = TimeSpan.FromHours(48);

    /// <summary>What runs and mails under way are said to have ended by.</summary>
    public const string Reason = "erased";

    private const int CopiesInARow = 1000;

    /// <summary>Begins an erasure, or goes on with it.</summary>
    /// <exception cref="TableConflictException">Another handler was first: handle it again.</exception>
    public async Task EraseAsync(EraseCustomer message, CancellationToken cancellation)
    {
        var work = await LoadAsync(message.CustomerId, cancellation);
        if (!(work.Profile.Erased?.At >= message.ArrivedAt))
        {
            await BeginAsync(work, message.ArrivedAt, cancellation);
        }

        await clearing.ClearAsync(message.CustomerId, cancellation);
    }

    /// <summary>Whoever comes with something new while an erasure is under way sees it through first.</summary>
    public Task ContinueAsync(string customerId, CancellationToken cancellation) => clearing.ClearAsync(customerId, cancellation);

    /// <summary>Looks for what has come late, and takes the tombstone away.</summary>
    public async Task SweepAsync(SweepErased message, CancellationToken cancellation)
    {
        var (now, partition) = (clock.GetUtcNow(), CustomerRows.Partition(message.CustomerId));
        if (await store.GetAsync(Tables.Customers, partition, CustomerRows.Profile, cancellation) is not { } row
            || RowJson.Unpack(row, SegueJson.Default.CustomerProfile) is not { Erased: { } erasure } profile || erasure.At != message.ErasedAt)
        {
            return;
        }

        if (erasure.Until > now)
        {
            var moment = new DueMoment(erasure.Until, Queues.Customers, DueRemover.Sweep, message);
            await bus.SendAsync(Queues.Customers, [message.ToBus(moment.Key, EarlyMessages.DeliverAt(erasure.Until, now))], cancellation);
            return;
        }

        if (!profile.IsTombstone)
        {
            await SweepUnderLifeAsync(message.CustomerId, erasure, cancellation);
            return;
        }

        if (erasure.Phase == ErasurePhase.Resting)
        {
            var leaving = profile with { Erased = erasure with { Phase = ErasurePhase.Leaving } };
            await store.CommitAsync(
                Tables.Customers, partition,
                [RowChange.Replace(CustomerRows.Profile, RowJson.Pack(leaving, SegueJson.Default.CustomerProfile), row.ETag)], cancellation);
        }

        await clearing.ClearAsync(message.CustomerId, cancellation);
    }

    private async Task BeginAsync(CustomerWork work, DateTimeOffset at, CancellationToken cancellation)
    {
        var (id, now, profile) = (work.CustomerId, clock.GetUtcNow(), work.Profile);
        var partition = CustomerRows.Partition(id);
        var rows = new List<Row>();
        await foreach (var row in store.ReadAllAsync(Tables.Customers, partition, KeyRange.All, cancellation))
        {
            rows.Add(row);
        }

        foreach (var send in work.OpenSends.Where(s => s.Status == SendStatus.Pending))
        {
            await budgets.GiveBackAsync(send, cancellation);
        }

        var known = profile.Erased;
        var erasure = new Erasure(at, (at > now ? at : now) + InFlight)
        {
            FactsSince = Earlier(known?.FactsSince, profile.Since ?? (work.IsNew ? now : profile.Purchases.FirstOrderAt ?? now)).AddDays(-1),
            DueUntil = Later(known?.DueUntil, Later(profile.DueUntil ?? (work.IsNew ? now : now + DueRemover.FarAhead), now + Budgets.LookAfter)),
            Journeys = [.. work.Enrolments.Select(e => e.Journey).Concat(work.OpenSends.Select(s => s.Journey)).Concat(work.OpenWebhooks.Select(w => w.Journey))
                .Concat(known?.Journeys ?? []).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
        };
        var tombstone = new CustomerProfile { CustomerId = id, DrawId = id, Sequence = profile.Sequence + 1, Erased = erasure };
        var outbox = new Outbox
        {
            CommittedAt = now,
            Facts = [.. FactsOf(work, now).Select(facts.Of)],

            // Whoever wants to be forgotten wants no mail, until they say otherwise: however they come back.
            Addresses = profile.Contact.Email is { } email
                ? [new(work.AddressOf(email), AddressChange.Suppress, at) { Reason = SuppressionReason.Unsubscribe }] : null,
        };
        var tombstoneRow = RowJson.Pack(tombstone, SegueJson.Default.CustomerProfile);
        var notes = CopiesOf(work, rows).Chunk(CopiesInARow)
            .Select((some, i) => RowChange.Upsert($"{CustomerRows.Erasures}{at.UtcTicks:D19}-{i:D4}", RowJson.Pack([.. some], SegueJson.Default.ListCustomerCopy)));
        var go = new EraseCustomer { CustomerId = id, ArrivedAt = at };
        await WakeAsync(new(now + OutboxDispatcher.Patience, Queues.Customers, DueRemover.Erase, go), now, cancellation);
        await WakeAsync(new(erasure.Until, Queues.Customers, DueRemover.Sweep, new SweepErased { CustomerId = id, ErasedAt = at }), now, cancellation);
        await store.CommitAsync(
            Tables.Customers, partition,
            [
                work.ProfileETag is null ? RowChange.Insert(CustomerRows.Profile, tombstoneRow) : RowChange.Replace(CustomerRows.Profile, tombstoneRow, work.ProfileETag),
                RowChange.Upsert(CustomerRows.Outbox(tombstone.Sequence), RowJson.Pack(outbox, SegueJson.Default.Outbox)),
                .. notes,
            ],
            cancellation);
    }

    /// <summary>What reports are told, so that nobody is counted where nobody is any more.</summary>
    private static IEnumerable<Fact> FactsOf(CustomerWork work, DateTimeOffset now)
    {
        if (work.Profile.Told is { } told)
        {
            yield return new(FactKinds.Stood, work.CustomerId, $"{work.Profile.Sequence + 1:D10}", now) { Before = told };
        }

        foreach (var run in work.Enrolments)
        {
            yield return Runs.FactOf(FactKinds.Exited, work, run, now) with { Step = run.Step, Reason = Reason };
        }

        foreach (var send in work.OpenSends)
        {
            // One that was claimed may have gone, and nobody is left to be asked about.
            yield return SendFacts.Of(send.Status == SendStatus.Pending ? FactKinds.Withheld : FactKinds.Unknown, work.CustomerId, send, now, Reason);
        }

        foreach (var call in work.OpenWebhooks)
        {
            yield return call.FactOf(FactKinds.WebhookWithheld, work.CustomerId, now, Reason);
        }
    }

    /// <summary>The customer has begun anew meanwhile: theirs stays, what came late from before goes.</summary>
    private async Task SweepUnderLifeAsync(string customerId, Erasure erasure, CancellationToken cancellation)
    {
        var noted = new HashSet<CustomerCopy>();
        var range = KeyRange.Prefix(CustomerRows.Erasures);
        var notes = new List<Row>();
        await foreach (var row in store.ReadAllAsync(Tables.Customers, CustomerRows.Partition(customerId), range, cancellation))
        {
            notes.Add(row);
            noted.UnionWith(RowJson.Unpack(row, SegueJson.Default.ListCustomerCopy));
        }

        await copies.RemoveAsync(customerId, noted, NotTheirsAsync, cancellation);
        await facts.SweepAsync(customerId, erasure.FactsSince, erasure.Until, f => f.At <= erasure.At, () => Task.FromResult(true), cancellation);

        var work = await LoadAsync(customerId, cancellation);
        if (work is { IsNew: false, Profile.Erased: { } current } && current.At == erasure.At)
        {
            await store.CommitAsync(
                Tables.Customers,
                CustomerRows.Partition(customerId),
                [
                    RowChange.Replace(CustomerRows.Profile, RowJson.Pack(work.Profile with { Erased = null }, SegueJson.Default.CustomerProfile), work.ProfileETag!),
                    .. notes.Select(n => RowChange.Delete(n.Key, n.ETag)),
                ],
                cancellation);
        }

        async Task<Func<CustomerCopy, bool>?> NotTheirsAsync()
        {
            var rows = new List<Row>();
            await foreach (var row in store.ReadAllAsync(Tables.Customers, CustomerRows.Partition(customerId), KeyRange.All, cancellation))
            {
                if (!row.Key.StartsWith(CustomerRows.Erasures, StringComparison.Ordinal))
                {
                    rows.Add(row);
                }
            }

            var theirs = CopiesOf(await LoadAsync(customerId, cancellation), rows);
            return copy => !theirs.Contains(copy);
        }
    }

    private static IReadOnlySet<CustomerCopy> CopiesOf(CustomerWork work, IEnumerable<Row> rows) =>
        CustomerCopy.Of(work.CustomerId, work.Profile.Contact.Email is { } email ? work.AddressOf(email) : null, rows);

    private Task WakeAsync(DueMoment moment, DateTimeOffset now, CancellationToken cancellation) =>
        store.UpsertAllAsync(Tables.Due, moment.PartitionAt(now), [RowChange.Upsert(moment.Key, moment.ToProperties())], cancellation);

    private async Task<CustomerWork> LoadAsync(string customerId, CancellationToken cancellation) =>
        await loader.LoadAsync(customerId, await campaigns.CurrentAsync(cancellation), cancellation);

    private static DateTimeOffset Earlier(DateTimeOffset? one, DateTimeOffset other) => one < other ? one.Value : other;

    private static DateTimeOffset Later(DateTimeOffset? one, DateTimeOffset other) => one > other ? one.Value : other;
}
