using Segue.Calls;
using Segue.Campaigns;
using Segue.Email.Reports;
using Segue.Email.Suppression;
using Segue.Events;
using Segue.Journeys;
using Segue.Messaging;
using Segue.Offers;
using Segue.Orders;
using Segue.Ports;
using Segue.Privacy;
using Segue.Storage;

namespace Segue.Customers;

/// <summary>
/// HandleCustomer and AdvanceJourney: takes one fact about a customer, or the word that it is time, and commits all that
/// follows from it in one batch.
/// </summary>
internal sealed class CustomerHandler(
    CustomerLoader loader,
    CustomerCommitter committer,
    CustomerTimeline timeline,
    OrderRecorder recorder,
    OrderClaims claims,
    EventRecorder events,
    Redemptions redemptions,
    MailWishes wishes,
    CustomerEraser eraser,
    OutboxDispatcher dispatcher,
    ICampaigns campaigns,
    IMessageBus bus,
    TimeProvider clock)
{
    /// <summary>Handles one message.</summary>
    /// <param name="message">The message.</param>
    /// <param name="queue">Where it came from, and goes back to if it is early.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="PermanentException">The message can never be handled.</exception>
    /// <exception cref="TableConflictException">Another handler was first: handle it again.</exception>
    public async Task HandleAsync(CustomerMessage message, string queue, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (message is WakeUp wake && wake.At > now)
        {
            await PutBackAsync(wake, queue, now, cancellation);
            return;
        }

        var moved = message is OrderArrived { Order.Order: var order }
            ? await claims.ClaimAsync(order, cancellation) : null;
        try
        {
            await TryAsync(message, moved, now, isKnown: false, cancellation);
        }
        catch (TableConflictException e) when (e.IsAboutOrder() || e.IsAboutEvent())
        {
            // The order or event is known: what it means now depends on what is recorded.
            await TryAsync(message, moved, now, isKnown: true, cancellation);
        }
    }

    private async Task TryAsync(
        CustomerMessage message, string? movedFrom, DateTimeOffset now, bool isKnown, CancellationToken cancellation)
    {
        var state = await campaigns.CurrentAsync(cancellation);
        var work = await loader.LoadAsync(message.CustomerId, state, cancellation);
        if (work.Profile.Erased is { } erased && message.AcceptedAt <= erased.At)
        {
            await TurnAwayAsync(work, message, cancellation);
            return;
        }

        if (work.IsBeingErased && message.AcceptedAt is not null)
        {
            await eraser.ContinueAsync(message.CustomerId, cancellation);
            work = await loader.LoadAsync(message.CustomerId, state, cancellation);
        }

        if (isKnown && message is OrderArrived)
        {
            await loader.LoadOrdersAsync(work, cancellation);
        }

        if (work.IsNew && message is not (OrderArrived or CustomerChanged or EventArrived))
        {
            if (message is MailReported report)
            {
                await wishes.HearOfNobodyAsync(report, cancellation);
            }

            return;
        }

        Migration.Apply(work);
        Runs.KeepPauses(work);
        await ApplyAsync(work, message, now, isKnown, cancellation);
        timeline.AdvanceTo(work, now, inclusive: true);
        if (movedFrom is not null && message is OrderArrived { Order.Order.OrderId: var orderId })
        {
            work.Add(Queues.Customers, OrderMessages.Moved(movedFrom, orderId));
        }

        await committer.CommitAsync(work, cancellation);
        await dispatcher.DispatchLeftoversAsync(work, cancellation);
    }

    /// <summary>It was on its way when the customer was erased: what it has left on the way goes too.</summary>
    private async Task TurnAwayAsync(CustomerWork work, CustomerMessage message, CancellationToken cancellation)
    {
        if (work.IsNew && message is OrderArrived { Order.Order.OrderId: var orderId })
        {
            await claims.ReleaseAsync(orderId, work.CustomerId, cancellation);
        }
    }

    private async Task ApplyAsync(
        CustomerWork work, CustomerMessage message, DateTimeOffset now, bool isKnown, CancellationToken cancellation)
    {
        switch (message)
        {
            case OrderArrived arrived:
                var order = arrived.Order.Order;
                var history = FactTime.IsHistory(order.OrderedAt, arrived.ArrivedAt, work.Campaigns.Set.Settings);
                var at = FactTime.PlaceOf(work, history ? now : order.OrderedAt, now);
                timeline.AdvanceTo(work, at, inclusive: false);
                var contact = work.Profile.Contact.With(arrived.Order.Customer, refusalStays: history);
                var changed = work.SetContact(contact, mayGrant: !history);
                var outcome = await recorder.RecordAsync(work, order, at, cancellation);
                Carts.Ordered(work, order);
                if (outcome is OrderOutcome.Recorded or OrderOutcome.Replaced)
                {
                    await redemptions.MatchAsync(work, order, cancellation);
                }

                if (changed || outcome is OrderOutcome.Recorded or OrderOutcome.Replaced)
                {
                    CustomerTimeline.Evaluate(work, at, startsJourneys: !history);
                }

                if (outcome == OrderOutcome.Recorded && order is { Status: OrderStatus.Paid, RefundOf: null })
                {
                    EventReactions.Follow(work, OrderEvents.Of(order), at, startsJourneys: !history);
                }

                break;
            case OrderMoved moved when !await claims.IsOwnerAsync(moved.OrderId, work.CustomerId, cancellation):
                timeline.AdvanceTo(work, now, inclusive: false);
                await recorder.RemoveAsync(work, moved.OrderId, now, cancellation);
                CustomerTimeline.Evaluate(work, now, startsJourneys: false);
                break;
            case CustomerChanged changed2:
                timeline.AdvanceTo(work, now, inclusive: false);
                if (work.SetContact(work.Profile.Contact.With(changed2.Facts), mayGrant: true) || work.IsNew)
                {
                    CustomerTimeline.Evaluate(work, now, startsJourneys: true);
                }

                break;
            case EventArrived arrived:
                await ApplyAsync(work, arrived, now, isKnown, cancellation);
                break;
            case Unsubscribed or PreferencesChosen or MailReported or AddressSuppressed:
                timeline.AdvanceTo(work, now, inclusive: false);
                if (await wishes.HearAsync(work, message, now, isKnown, cancellation))
                {
                    CustomerTimeline.Evaluate(work, now, startsJourneys: true);
                }

                break;
            case CallAnswered answered:
                timeline.AdvanceTo(work, now, inclusive: true);
                CallOutcomes.Apply(work, answered, now);
                break;
            case LimitGranted granted:
                timeline.AdvanceTo(work, now, inclusive: false);
                LimitStep.Grant(work, granted);
                break;
            case EnterExisting existing:
                timeline.AdvanceTo(work, now, inclusive: true);
                EnterExisting(work, existing, now);
                break;
            case EnterScheduled scheduled:
                var moment = FactTime.PlaceOf(work, scheduled.At, now);
                timeline.AdvanceTo(work, moment, inclusive: true);
                EnterScheduled(work, scheduled, moment);
                break;
        }
    }

    private async Task ApplyAsync(
        CustomerWork work, EventArrived message, DateTimeOffset now, bool isKnown, CancellationToken cancellation)
    {
        var fact = message.Event;
        var history = FactTime.IsHistory(fact.At, message.ArrivedAt, work.Campaigns.Set.Settings);
        var at = FactTime.PlaceOf(work, history ? now : fact.At, now);
        timeline.AdvanceTo(work, at, inclusive: false);
        var changed = work.SetContact(work.Profile.Contact.With(message.Facts ?? CustomerFacts.None, refusalStays: history), mayGrant: !history);
        var isNew = await events.RecordAsync(work, fact, isKnown, cancellation);
        if (isNew)
        {
            CustomerTimeline.Happen(work, fact, at, startsJourneys: !history);
        }
        else if (changed)
        {
            CustomerTimeline.Evaluate(work, at, startsJourneys: !history);
        }
    }

    private static void EnterExisting(CustomerWork work, EnterExisting message, DateTimeOffset now)
    {
        var entered = work.Profile.Journeys.GetValueOrDefault(Enrolment.IdOf(message.Journey, ""))?.LastEntryAt;
        var journey = work.Campaigns.Entrances.FirstOrDefault(j => j.Id == message.Journey);
        if (journey is not null && work.Profile.Standing!.IsIn(journey.Enter.Group) && !(entered >= message.LiveSince))
        {
            JourneyEntry.TryEnter(work, journey, now);
        }
    }

    private static void EnterScheduled(CustomerWork work, EnterScheduled message, DateTimeOffset at)
    {
        var entered = work.Profile.Journeys.GetValueOrDefault(Enrolment.IdOf(message.Journey, ""))?.LastEntryAt;
        var journey = work.Campaigns.Entrances.FirstOrDefault(j => j.Id == message.Journey);
        if (journey?.Enter.Schedule is { Group: var group } && !(entered >= message.At)
            && (group is null || work.Profile.Standing!.IsIn(group)))
        {
            JourneyEntry.TryEnter(work, journey, at);
        }
    }

    /// <summary>A wake-up that comes too early goes back for its moment.</summary>
    private Task PutBackAsync(WakeUp wake, string queue, DateTimeOffset now, CancellationToken cancellation) => bus.SendAsync(
        queue,
        [wake.ToBus($"{Keys.Escape(wake.CustomerId)}~{wake.At.UtcTicks}~early", EarlyMessages.DeliverAt(wake.At, now))],
        cancellation);
}
