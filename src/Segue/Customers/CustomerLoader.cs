using Segue.Campaigns;
using Segue.Email.Suppression;
using Segue.Events;
using Segue.Messaging;
using Segue.Orders;
using Segue.Ports;
using Segue.Privacy;
using Segue.Segmentation;
using Segue.Storage;
using Segue.Webhooks;

namespace Segue.Customers;

/// <summary>Reads a customer's hot rows, and the rest where it is asked for.</summary>
internal sealed class CustomerLoader(ITableStore store, ICampaigns campaigns, AddressNames addresses)
{
    /// <summary>The customer as they are, or as an unknown one would be: with a profile that has no row yet.</summary>
    public async Task<CustomerWork> LoadAsync(string customerId, CampaignState state, CancellationToken cancellation)
    {
        var rows = new List<Row>();
        await foreach (var row in store.ReadAllAsync(
            Tables.Customers, CustomerRows.Partition(customerId), KeyRange.Prefix(CustomerRows.Hot), cancellation))
        {
            rows.Add(row);
        }

        var profileRow = rows.Find(r => r.Key == CustomerRows.Profile);
        var profile = profileRow is null ? new CustomerProfile { CustomerId = customerId, DrawId = customerId }
            : RowJson.Unpack(profileRow, SegueJson.Default.CustomerProfile);
        if (profile.IsTombstone)
        {
            // What has not gone yet is the eraser's business, and what comes now is somebody new.
            return new(state, profile with { Life = Erasure.LifeAfter(profile.Erased!) }, profileRow!.ETag, addresses, isTombstone: true);
        }

        var work = new CustomerWork(state, profile, profileRow?.ETag, addresses);
        foreach (var row in rows)
        {
            if (row.Key.StartsWith(CustomerRows.Enrolments, StringComparison.Ordinal))
            {
                work.AddLoaded(RowJson.Unpack(row, SegueJson.Default.Enrolment));
            }
            else if (row.Key.StartsWith(CustomerRows.OpenSends, StringComparison.Ordinal))
            {
                work.AddLoaded(RowJson.Unpack(row, SegueJson.Default.Send));
            }
            else if (row.Key.StartsWith(CustomerRows.OpenWebhooks, StringComparison.Ordinal))
            {
                work.AddLoaded(RowJson.Unpack(row, SegueJson.Default.WebhookCall));
            }
            else if (row.Key.StartsWith(Outbox.Prefix, StringComparison.Ordinal))
            {
                work.Leftovers.Add((row.Key, RowJson.Unpack(row, SegueJson.Default.Outbox)));
            }
        }

        foreach (var enrolment in work.Enrolments)
        {
            var name = (enrolment.Journey, enrolment.Version);
            if (!work.Definitions.ContainsKey(name)
                && await campaigns.DefinitionAsync(enrolment.Journey, enrolment.Version, cancellation) is { } definition)
            {
                work.Definitions.Add(name, definition);
            }
        }

        await RememberEventsAsync(work, cancellation);
        await CountDaysAsync(work, cancellation);
        return work;
    }

    /// <summary>Adds the orders up again where the profile was written before their days were counted.</summary>
    private async Task CountDaysAsync(CustomerWork work, CancellationToken cancellation)
    {
        var purchases = work.Profile.Purchases;
        if (purchases is not { Orders: > 0, PurchaseDays: 0 })
        {
            return;
        }

        await LoadOrdersAsync(work, cancellation);
        var counted = PurchaseHistory.Summarise(
            work.Orders!.Values, p => Lifecycle.ChurnBound(p, work.Campaigns.Set.Settings.Lifecycle, work.Campaigns.Calibration), purchases);
        if (counted.Orders == purchases.Orders)
        {
            work.Profile = work.Profile with { Purchases = counted };
        }
    }

    /// <summary>Makes the memory of events again from their rows, where rules ask for what was not kept so far.</summary>
    private async Task RememberEventsAsync(CustomerWork work, CancellationToken cancellation)
    {
        if (work.Profile.Events is not { } memory || memory.Covers(work.Trackers))
        {
            return;
        }

        var all = new List<CustomerEvent>();
        await foreach (var row in store.ReadAllAsync(
            Tables.Customers, CustomerRows.Partition(work.CustomerId), KeyRange.Prefix(CustomerRows.Events), cancellation))
        {
            all.Add(RowJson.Unpack(row, SegueJson.Default.CustomerEvent));
        }

        work.Profile = work.Profile with { Events = EventMemory.Of(all, work.Trackers, work.Zone) };
    }

    /// <summary>Reads all orders of the customer into <see cref="CustomerWork.Orders"/>.</summary>
    public async Task LoadOrdersAsync(CustomerWork work, CancellationToken cancellation)
    {
        if (work.Orders is not null)
        {
            return;
        }

        var orders = new Dictionary<string, Order>(StringComparer.Ordinal);
        if (!work.IsNew)
        {
            await foreach (var row in store.ReadAllAsync(
                Tables.Customers, CustomerRows.Partition(work.CustomerId), KeyRange.Prefix(CustomerRows.Orders), cancellation))
            {
                var order = RowJson.Unpack(row, SegueJson.Default.Order);
                orders.Add(order.OrderId, order);
            }
        }

        work.AddLoaded(orders);
    }
}
