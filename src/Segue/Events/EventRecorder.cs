using Segue.Customers;
using Segue.Messaging;
using Segue.Ports;
using Segue.Storage;

namespace Segue.Events;

/// <summary>Adds events to a customer: each id once, whatever else it says.</summary>
internal sealed class EventRecorder(ITableStore store)
{
    /// <summary>Records one event; false where it is known already.</summary>
    /// <param name="work">The customer.</param>
    /// <param name="fact">The event.</param>
    /// <param name="mayBeKnown">A try before this one found the id taken: look what is there.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="PermanentException">It contradicts what is recorded under its id.</exception>
    public async Task<bool> RecordAsync(CustomerWork work, CustomerEvent fact, bool mayBeKnown, CancellationToken cancellation)
    {
        var known = work.FindEvent(fact.EventId) ?? (mayBeKnown ? await FindAsync(fact, cancellation) : null);
        if (known is null)
        {
            work.Put(fact);
            return true;
        }

        return known.SaysTheSameAs(fact) ? false : throw new PermanentException(
            $"Event '{fact.EventId}' is already recorded with other content; an event is never changed, only sent again as it was.");
    }

    private async Task<CustomerEvent?> FindAsync(CustomerEvent fact, CancellationToken cancellation)
    {
        var partition = CustomerRows.Partition(fact.CustomerId);
        var guard = await store.GetAsync(Tables.Customers, partition, CustomerRows.EventGuard(fact.EventId), cancellation);
        var row = guard is null ? null
            : await store.GetAsync(Tables.Customers, partition, (string)guard.Properties[CustomerRows.EventGuardKey], cancellation);
        return row is null ? null : RowJson.Unpack(row, SegueJson.Default.CustomerEvent);
    }
}

/// <summary>Tells the one conflict that is no race: an event that had to be new is known.</summary>
internal static class EventConflicts
{
    /// <summary>Whether an event's id was taken already.</summary>
    public static bool IsAboutEvent(this TableConflictException e) =>
        e.Conflict == TableConflict.Exists && e.Key.StartsWith(CustomerRows.EventGuards, StringComparison.Ordinal);
}
