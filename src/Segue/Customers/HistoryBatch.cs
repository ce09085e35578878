using Segue.Campaigns;
using Segue.Journeys;
using Segue.Messaging;
using Segue.Privacy;

namespace Segue.Customers;

/// <summary>
/// One batch of a customer's history: time passes up to now, what a file says is recorded, and what follows of it is committed.
/// It moves segments and ends journeys, and starts none.
/// </summary>
internal sealed class HistoryBatch(
    CustomerLoader loader,
    CustomerCommitter committer,
    CustomerTimeline timeline,
    OutboxDispatcher dispatcher,
    CustomerEraser eraser,
    ICampaigns campaigns,
    TimeProvider clock)
{
    /// <summary>Loads the customer, has the batch recorded, and commits where anything is new.</summary>
    /// <param name="customerId">The customer.</param>
    /// <param name="facts">What the file says about them.</param>
    /// <param name="record">Records at this moment; answers whether anything was new.</param>
    /// <param name="cancellation">Gives up the call.</param>
    public async Task RunAsync(
        string customerId, CustomerFacts facts, Func<CustomerWork, DateTimeOffset, Task<bool>> record, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var work = await loader.LoadAsync(customerId, await campaigns.CurrentAsync(cancellation), cancellation);
        if (work.IsBeingErased)
        {
            await eraser.ContinueAsync(customerId, cancellation);
            work = await loader.LoadAsync(customerId, work.Campaigns, cancellation);
        }

        Runs.KeepPauses(work);
        timeline.AdvanceTo(work, now, inclusive: false);
        var changed = work.SetContact(work.Profile.Contact.With(facts, refusalStays: true), mayGrant: false) | work.IsNew;

        // What is known already is no occasion to touch the customer: what time has changed is the timer's to find.
        if (await record(work, now) | changed)
        {
            CustomerTimeline.Evaluate(work, now, startsJourneys: false);
            timeline.AdvanceTo(work, now, inclusive: true);
            await committer.CommitAsync(work, cancellation);
        }

        await dispatcher.DispatchLeftoversAsync(work, cancellation);
    }
}
