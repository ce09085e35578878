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
    TimeProvider clock)
{
    /// <summary>How long an answer that never came may still come by other ways, before the mail is given up.</summary>
    public static readonly TimeSpan SettleWithin = TimeSpan.FromHours(24);

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
                await DecideAsync(work, send, now, cancellation);
                break;
            case { Status: SendStatus.Attempting, ClaimedAt: { } claimed } send:
                await RecoverAsync(work, send, claimed, now, cancellation);
                break;
            case { Status: SendStatus.Unknown, ClaimedAt: { } claimed } send when now >= claimed + SettleWithin:
                work.Settle(send with { SettledAt = now });
                await committer.CommitAsync(work, cancellation);
                break;
        }

        await dispatcher.DispatchLeftoversAsync(work, cancellation);
    }

    private async Task DecideAsync(CustomerWork work, Send send, DateTimeOffset now, CancellationToken cancellation)
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
            await bus.SendAsync(
                Queues.Emails, [SendMessages.Of(work.CustomerId, send.Id, notBefore, notBefore + (notBefore - now))], cancellation);
            return;
        }

        var refusal = await JudgeAsync(work, send, now, cancellation);
        RenderedEmail? email = null;
        var openOffers = work.Profile.OpenOffers;
        if (refusal is null)
        {
            (send, refusal, var hold) = await offers.ReadyAsync(work, send, now, cancellation);
            if (hold is not null)
            {
                await HoldAsync(work, send, hold, now, cancellation);
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

        work.Put(send with { Status = SendStatus.Attempting, ClaimedAt = now, NotBefore = null });
        work.Add(Wake(work, send, now + SettleWithin));
        await committer.CommitAsync(work, cancellation);
        var answer = await sender.SendAsync(email, cancellation);
        await SettleAsync(work.CustomerId, send.Id, answer, cancellation);
    }

    /// <summary>What a mail needs is not there yet: it is looked at again, until its offer runs out.</summary>
    private Task HoldAsync(CustomerWork work, Send send, string why, DateTimeOffset now, CancellationToken cancellation)
    {
        var again = now + HoldFor;
        work.Put(send with { NotBefore = again, Reason = why });
        work.Add(Wake(work, send, again));
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
                    Settle(work, send, answer, clock.GetUtcNow());
                    await committer.CommitAsync(work, c);
                }
            },
            cancellation);

    /// <summary>Writes an answer into the customer's state; the mail as it is then.</summary>
    public static Send Settle(CustomerWork work, Send send, SendAnswer answer, DateTimeOffset now)
    {
        var settled = send;
        switch (answer)
        {
            case SendAnswer.Accepted:
                work.Settle(settled = send with { Status = SendStatus.Accepted, SettledAt = now });
                work.Profile = work.Profile with { Mail = (work.Profile.Mail ?? MailEngagement.None).Sent(send.Id) };
                work.Add(SendFacts.Of(FactKinds.Sent, work.CustomerId, send, send.ClaimedAt ?? now));
                break;
            case SendAnswer.Rejected rejected:
                work.Settle(settled = send with { Status = SendStatus.Rejected, SettledAt = now, Reason = rejected.Reason });
                work.Add(SendFacts.Of(FactKinds.Rejected, work.CustomerId, send, now, rejected.Reason));
                ExitIfAsked(work, send, now);
                break;
            case SendAnswer.TryAfter later when send.Status == SendStatus.Attempting:
                var again = now + later.Delay;
                work.Put(send with { Status = SendStatus.Pending, ClaimedAt = null, NotBefore = again, Reason = later.Reason });
                work.Add(Wake(work, send, again));
                break;
            case SendAnswer.Unknown unknown when send.Status == SendStatus.Attempting:
                GiveUp(work, send with { Status = SendStatus.Unknown, Reason = unknown.Reason }, now);
                work.Add(SendFacts.Of(FactKinds.Unknown, work.CustomerId, send, now, unknown.Reason));
                break;
        }

        return settled;
    }

    /// <summary>Keeps an unknown mail open for as long as its answer may still come: then nothing wakes it any more.</summary>
    private static void GiveUp(CustomerWork work, Send unknown, DateTimeOffset now)
    {
        if (now >= unknown.ClaimedAt + SettleWithin)
        {
            work.Settle(unknown with { SettledAt = now });
        }
        else
        {
            work.Put(unknown);
        }
    }

    private static void ExitIfAsked(CustomerWork work, Send send, DateTimeOffset now)
    {
        var enrolment = work.FindEnrolment(Enrolment.IdOf(send.Journey, send.Key));
        if (enrolment is not null && enrolment.Run == send.Run
            && Runs.DefinitionOf(work, enrolment)?.Steps.GetValueOrDefault(send.Step) is SendStep { OnFail: OnFail.Exit })
        {
            Runs.Exit(work, enrolment, now, $"{send.Email} refused");
        }
    }

    private Task KeepWhilePausedAsync(CustomerWork work, Send send, CancellationToken cancellation)
    {
        var moment = Wake(work, send, send.DueAt);
        return store.UpsertAllAsync(
            Tables.Due,
            CustomerCommitter.PausedPartition(send.Journey),
            [RowChange.Upsert(moment.Key, moment.ToProperties())],
            cancellation);
    }

    private async Task<CustomerWork> LoadAsync(string customerId, CancellationToken cancellation) =>
        await loader.LoadAsync(customerId, await campaigns.CurrentAsync(cancellation), cancellation);

    private static DueMoment Wake(CustomerWork work, Send send, DateTimeOffset at) => new(
        at, Queues.Emails, $"send-{send.Id}", new SendDue { CustomerId = work.CustomerId, SendId = send.Id, At = at });
}
