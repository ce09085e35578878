using Segue.Campaigns;
using Segue.Customers;
using Segue.Email.Suppression;
using Segue.Journeys;
using Segue.Measurement;
using Segue.Messaging;
using Segue.Offers;
using Segue.Ports;
using Segue.Storage;

namespace Segue.Email;

/// <summary>
/// SendEmail: judges, claims, hands over once, and writes down what came of it. The claim is committed before the mail
/// service is called, so that whoever finds a claim without an answer knows that a copy may be out.
/// </summary>
internal sealed class SendHandler(
    CustomerLoader loader,
    CustomerCommitter committer,
    CustomerTimeline timeline,
    OutboxDispatcher dispatcher,
    EmailComposer composer,
    MailPartsLoader parts,
    OfferDesk offers,
    Reliably reliably,
    ICampaigns campaigns,
    ITableStore store,
    IMessageBus bus,
    IEmailSender sender,
    AddressBook addresses,
    SendPace pace,
    TimeProvider clock)
{
    /// <summary>
    /// How long a claim without an answer is taken for one that is being worked on: as long as a message's lock.
    /// </summary>
    public static readonly TimeSpan ClaimPatience = TimeSpan.FromMinutes(5);

    /// <summary>How long a mail waits whose pool of codes is empty, before it is looked at again.</summary>
    public static readonly TimeSpan HoldFor = TimeSpan.FromHours(1);

    /// <summary>Handles one e-mail.</summary>
    /// <exception cref="TableConflictException">Another handler was first: handle it again.</exception>
    public async Task HandleAsync(SendDue message, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var work = await LoadAsync(message.CustomerId, cancellation);
        switch (work.FindSend(message.SendId))
        {
            case { Status: SendStatus.Pending } send:
                await DecideAsync(work, message, send, now, cancellation);
                break;
            case { Status: SendStatus.Attempting, ClaimedAt: { } claimed } send:
                await RecoverAsync(work, send, claimed, now, cancellation);
                break;
            case { Status: SendStatus.Unknown, ClaimedAt: { } claimed } send when now >= claimed + SendSettlement.Within:
                work.Settle(send with { SettledAt = now });
                await committer.CommitAsync(work, cancellation);
                break;
        }

        await dispatcher.DispatchLeftoversAsync(work, cancellation);
    }

    private async Task DecideAsync(CustomerWork work, SendDue message, Send send, DateTimeOffset now, CancellationToken cancellation)
    {
        Runs.KeepPauses(work);
        timeline.AdvanceTo(work, now, inclusive: true);
        if (work.FindSend(send.Id) is not { Status: SendStatus.Pending })
        {
            await committer.CommitAsync(work, cancellation);
            return;
        }

        if (work.Campaigns.PausesOf(send.Journey) is [.., { Until: null }])
        {
            await KeepWhilePausedAsync(work, send, cancellation);
            return;
        }

        var notBefore = send.NotBefore ?? send.DueAt;
        if (notBefore > now)
        {
            // Where it was put off since, whoever did so has seen to its waking: a copy of the old word would only multiply.
            if (send.NotBefore is null || message.At >= notBefore)
            {
                await bus.SendAsync(
                    Queues.Emails, [SendMessages.Of(work.CustomerId, send.Id, notBefore, EarlyMessages.DeliverAt(notBefore, now))], cancellation);
            }

            return;
        }

        var refusal = await JudgeAsync(work, send, now, cancellation);
        var place = refusal is null && !send.Transactional && work.Campaigns.Set.Settings.Caps is not null
            ? await addresses.PlaceAsync(work.Profile.Contact.Email!, cancellation) : null;
        if (refusal is null && SendPacing.NextAllowed(work, send, now, place?.Mailed.Mails) is (var allowed, var capped) && allowed > now)
        {
            if (!capped || SendSettlement.StepOf(work, send) is not { OnCapped: OnCapped.Skip })
            {
                SendPacing.Postpone(work, send, allowed);
                work.Add(SendSettlement.Wake(work, send, allowed));
                await committer.CommitAsync(work, cancellation);
                return;
            }

            refusal = SendPacing.Capped;
        }

        if (refusal is null && !send.Transactional && work.Campaigns.Set.Settings.Rate is { } rate && !SendPace.Holds(send.PacedFor, now))
        {
            var (placed, isPlace) = await pace.TakeAsync(rate, send, SendPolicy.IsEngaged(work, now), now, cancellation);
            if (placed > now)
            {
                SendPacing.Postpone(work, send with { PacedFor = isPlace ? placed : null }, placed);
                work.Add(SendSettlement.Wake(work, send, placed));
                await committer.CommitAsync(work, cancellation);
                return;
            }

            send = send with { PacedFor = now };
        }

        RenderedEmail? email = null;
        var openOffers = work.Profile.OpenOffers;
        if (refusal is null)
        {
            (send, refusal, var hold, var after) = await offers.ReadyAsync(work, send, now, cancellation);
            if (hold is not null)
            {
                await HoldAsync(work, send, hold, now + (after ?? HoldFor), cancellation);
                return;
            }
        }

        if (refusal is null)
        {
            (email, refusal) = composer.Compose(work, send, await parts.LoadAsync(work, send, cancellation));
        }

        if (email is null)
        {
            work.Profile = ReferenceEquals(openOffers, work.Profile.OpenOffers) ? work.Profile : work.Profile with { OpenOffers = openOffers };
            work.Settle(send with { Status = SendStatus.Withheld, SettledAt = now, Reason = refusal });
            work.Add(SendFacts.Of(FactKinds.Withheld, work.CustomerId, send, now, refusal));
            await committer.CommitAsync(work, cancellation);
            return;
        }

        if (place is not null)
        {
            await addresses.TakeAsync(place, send.Id, now, cancellation);
        }

        work.Put(send with { Status = SendStatus.Attempting, ClaimedAt = now, NotBefore = null });
        work.Profile = SendPacing.Claimed(work.Profile, send, now);
        work.Add(SendSettlement.Wake(work, send, now + SendSettlement.Within));
        await committer.CommitAsync(work, cancellation);
        var answer = await sender.SendAsync(email, cancellation);
        await SettleAsync(work.CustomerId, send.Id, answer, cancellation);
    }

    /// <summary>What a mail needs is not there yet: it is looked at again, until its offer runs out.</summary>
    private Task HoldAsync(CustomerWork work, Send send, string why, DateTimeOffset again, CancellationToken cancellation)
    {
        work.Put(send with { NotBefore = again, Reason = why });
        work.Add(SendSettlement.Wake(work, send, again));
        return committer.CommitAsync(work, cancellation);
    }

    /// <summary>What the customer's own state says, and then what stands against the address, whoever else has it.</summary>
    private async Task<string?> JudgeAsync(CustomerWork work, Send send, DateTimeOffset now, CancellationToken cancellation) =>
        SendPolicy.Judge(work, send, now)
        ?? (await addresses.AgainstAsync(work.Profile.Contact.Email!, send, cancellation) is null ? null : SendPolicy.Reasons.Suppressed);

    /// <summary>A claim without an answer: whoever made it crashed, or is still at it.</summary>
    private async Task RecoverAsync(
        CustomerWork work, Send send, DateTimeOffset claimed, DateTimeOffset now, CancellationToken cancellation)
    {
        var accepted = await sender.WasAcceptedAsync(send.Id, cancellation);
        if (accepted != true && now < claimed + ClaimPatience)
        {
            var later = claimed + ClaimPatience;
            await bus.SendAsync(Queues.Emails, [SendMessages.Of(work.CustomerId, send.Id, later, later)], cancellation);
            return;
        }

        SendAnswer answer = accepted switch
        {
            true => new SendAnswer.Accepted(),
            null => new SendAnswer.Unknown("the handler that had claimed it ended without an answer"),

            // This sender knows every id it has, and takes each once: trying again makes no second copy.
            false when composer.Compose(work, send, await parts.LoadAsync(work, send, cancellation)) is ({ } email, _) => await sender.SendAsync(email, cancellation),
            false => new SendAnswer.Rejected("it can no longer be rendered"),
        };
        await SettleAsync(work.CustomerId, send.Id, answer, cancellation);
    }

    /// <summary>Writes the answer down, and tries hard: one that is lost makes the mail unknown.</summary>
    private async Task SettleAsync(string customerId, string sendId, SendAnswer answer, CancellationToken cancellation) =>
        await reliably.RetryAsync(
            async c =>
            {
                var work = await LoadAsync(customerId, c);
                if (work.FindSend(sendId) is { Status: SendStatus.Attempting or SendStatus.Unknown } send)
                {
                    SendSettlement.Settle(work, send, answer, clock.GetUtcNow());
                    await committer.CommitAsync(work, c);
                }
                else
                {
                    // An earlier try may have written it down and then failed on its effects.
                    await dispatcher.DispatchLeftoversAsync(work, c);
                }
            },
            cancellation);

    private Task KeepWhilePausedAsync(CustomerWork work, Send send, CancellationToken cancellation)
    {
        var moment = SendSettlement.Wake(work, send, send.NotBefore ?? send.DueAt);
        return store.UpsertAllAsync(
            Tables.Due,
            CustomerCommitter.PausedPartition(send.Journey),
            [RowChange.Upsert(moment.Key, moment.ToProperties())],
            cancellation);
    }

    private async Task<CustomerWork> LoadAsync(string customerId, CancellationToken cancellation) =>
        await loader.LoadAsync(customerId, await campaigns.CurrentAsync(cancellation), cancellation);
}
