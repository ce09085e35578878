using Microsoft.Extensions.Logging;
using Segue.Campaigns;
using Segue.Customers;
using Segue.Journeys;
using Segue.Measurement;
using Segue.Messaging;
using Segue.Ports;
using Segue.Storage;

namespace Segue.Webhooks;

/// <summary>
/// SendWebhook: judges, calls, and writes down what came of it. Unlike a mail, a call that nobody knows the end of is made again:
/// the receiver gets it at least once, under one id by which it tells a copy.
/// </summary>
internal sealed class WebhookHandler(
    CustomerLoader loader,
    CustomerCommitter committer,
    CustomerTimeline timeline,
    OutboxDispatcher dispatcher,
    Reliably reliably,
    ICampaigns campaigns,
    EnginePorts ports,
    ILogger<WebhookHandler> logger)
{
    /// <summary>Handles one call.</summary>
    /// <exception cref="TableConflictException">Another handler was first: handle it again.</exception>
    public async Task HandleAsync(WebhookDue message, CancellationToken cancellation)
    {
        var work = await LoadAsync(message.CustomerId, cancellation);
        if (work.FindWebhook(message.CallId) is not null)
        {
            await DecideAsync(work, message, ports.Clock.GetUtcNow(), cancellation);
        }

        await dispatcher.DispatchLeftoversAsync(work, cancellation);
    }

    private async Task DecideAsync(CustomerWork work, WebhookDue message, DateTimeOffset now, CancellationToken cancellation)
    {
        Runs.KeepPauses(work);
        timeline.AdvanceTo(work, now, inclusive: true);
        if (work.FindWebhook(message.CallId) is not { } call)
        {
            await committer.CommitAsync(work, cancellation);
            return;
        }

        var notBefore = call.NotBefore ?? call.DueAt;
        if (work.Campaigns.PausesOf(call.Journey) is [.., { Until: null }])
        {
            await KeepWhilePausedAsync(call.Journey, call.WakeAt(work.CustomerId, notBefore), cancellation);
        }
        else if (notBefore > now)
        {
            // Where it was put off since, whoever did so has seen to its waking.
            if (call.NotBefore is null || message.At >= notBefore)
            {
                var wake = call.WakeAt(work.CustomerId, notBefore);
                await ports.Bus.SendAsync(Queues.Webhooks, [wake.Message.ToBus(wake.Key, EarlyMessages.DeliverAt(notBefore, now))], cancellation);
            }
        }
        else if (WebhookPolicy.Judge(work, call, now) is { } refusal)
        {
            Settle(work, call with { Status = WebhookStatus.Withheld, Reason = refusal }, FactKinds.WebhookWithheld, now);
        }
        else if (WebhookPolicy.NextAllowed(work, call, now) is var allowed && allowed > now)
        {
            work.Put(call with { NotBefore = allowed });
            work.Add(call.WakeAt(work.CustomerId, allowed));
        }
        else
        {
            await CallAsync(work, call, cancellation);
            return;
        }

        await committer.CommitAsync(work, cancellation);
    }

    private async Task CallAsync(CustomerWork work, WebhookCall call, CancellationToken cancellation)
    {
        // What time has brought is written first: a conflict must not have the call made again.
        await committer.CommitAsync(work, cancellation);
        var (terms, settings) = (call.Terms, work.Campaigns.Set.Settings);
        var answer = await ports.Webhooks.CallAsync(
            new(call.Id, terms.Url, WebhookBody.Of(work, call), terms.Timeout, WebhookPolicy.MayBePrivate(settings, terms.Url)), cancellation);
        await reliably.RetryAsync(
            async c =>
            {
                var now = ports.Clock.GetUtcNow();
                var fresh = await LoadAsync(work.CustomerId, c);
                if (fresh.FindWebhook(call.Id) is { } open && open.Tries == call.Tries)
                {
                    Take(fresh, open with { Tries = open.Tries + 1, NotBefore = null }, answer, now);
                    await committer.CommitAsync(fresh, c);
                }
                else
                {
                    // An earlier try may have written it down and then failed on its effects.
                    await dispatcher.DispatchLeftoversAsync(fresh, c);
                }
            },
            cancellation);
    }

    private void Take(CustomerWork work, WebhookCall call, WebhookAnswer answer, DateTimeOffset now)
    {
        switch (answer)
        {
            case WebhookAnswer.Taken:
                Settle(work, call with { Status = WebhookStatus.Taken, Reason = null }, FactKinds.WebhookTaken, now);
                break;
            case WebhookAnswer.TryAgain later when call.Tries <= WebhookPolicy.Delays.Count:
                var asked = later.After is { } after && after < WebhookPolicy.LongestRest ? after : later.After is null ? TimeSpan.Zero : WebhookPolicy.LongestRest;
                var delay = WebhookPolicy.Delays[call.Tries - 1];
                var again = now + (asked > delay ? asked : delay);
                work.Put(call with { NotBefore = again, Reason = later.Reason });
                work.Add(call.WakeAt(work.CustomerId, again));
                break;
            default:
                var reason = answer is WebhookAnswer.Refused refused ? refused.Reason : ((WebhookAnswer.TryAgain)answer).Reason;
                logger.WebhookGivenUp(call.Journey, call.Step, call.Tries, reason);
                Settle(work, call with { Status = WebhookStatus.Failed, Reason = reason }, FactKinds.WebhookFailed, now);
                if (call.Terms.OnFail == OnFail.Exit && work.FindEnrolment(Enrolment.IdOf(call.Journey, call.Key)) is { } run && call.IsOf(run))
                {
                    Runs.Exit(work, run, now, "webhook failed");
                }

                break;
        }
    }

    private static void Settle(CustomerWork work, WebhookCall call, string kind, DateTimeOffset now)
    {
        work.Settle(call with { SettledAt = now, NotBefore = null });
        work.Add(call.FactOf(kind, work.CustomerId, now, call.Reason));
    }

    private Task KeepWhilePausedAsync(string journey, DueMoment moment, CancellationToken cancellation) => ports.Store.UpsertAllAsync(
        Tables.Due,
        CustomerCommitter.PausedPartition(journey),
        [RowChange.Upsert(moment.Key, moment.ToProperties())],
        cancellation);

    private async Task<CustomerWork> LoadAsync(string customerId, CancellationToken cancellation) =>
        await loader.LoadAsync(customerId, await campaigns.CurrentAsync(cancellation), cancellation);
}
