using System.Security.Cryptography;
using System.Text;
using Segue.Customers;
using Segue.Messaging;
using Segue.Ports;
using Segue.Storage;

namespace Segue.Orders;

/// <summary>
/// Which customer has an order: the Orders table. An order posted again under another customer moves there when it is
/// newer, and so counts once.
/// </summary>
internal sealed class OrderClaims(ITableStore store)
{
    private const string Owner = "customer";
    private const string Previous = "previous";
    private const string UpdatedAt = "updatedAt";

    /// <summary>Claims the order for its customer, before it is recorded there.</summary>
    /// <returns>The customer it was taken from, who is to be told; null for none.</returns>
    /// <exception cref="PermanentException">Another customer has it, and this version is not newer.</exception>
    public async Task<string?> ClaimAsync(Order order, CancellationToken cancellation)
    {
        if (order.DerivedId)
        {
            return null;
        }

        var (partition, key) = Address(order.OrderId);
        try
        {
            await store.CommitAsync(Tables.Orders, partition, [RowChange.Insert(key, Claim(order, null))], cancellation);
            return null;
        }
        catch (TableConflictException e) when (e.Conflict == TableConflict.Exists)
        {
            var row = await store.GetAsync(Tables.Orders, partition, key, cancellation)
                ?? throw new PortUnavailableException($"The claim on order '{order.OrderId}' came and went.");
            return await MoveAsync(order, partition, row, cancellation);
        }
    }

    /// <summary>Whether the order is this customer's. One that nobody claims any more belonged to somebody who was erased.</summary>
    public async Task<bool> IsOwnerAsync(string orderId, string customerId, CancellationToken cancellation)
    {
        var (partition, key) = Address(orderId);
        var row = await store.GetAsync(Tables.Orders, partition, key, cancellation);
        return row is not null && (string)row.Properties[Owner] == customerId;
    }

    /// <summary>Takes away that an order is, or was, this customer's. What another had before they did is theirs again.</summary>
    public async Task ReleaseAsync(string orderId, string customerId, CancellationToken cancellation)
    {
        var (partition, key) = Address(orderId);
        if (await store.GetAsync(Tables.Orders, partition, key, cancellation) is { } row)
        {
            await ReleaseAsync(store, row, customerId, toPrevious: true, cancellation);
        }
    }

    /// <summary>Forgets this customer in a claim.</summary>
    internal static async Task ReleaseAsync(
        ITableStore store, Row row, string customerId, bool toPrevious, CancellationToken cancellation)
    {
        var left = row.Properties.Where(p => p.Key != Previous).ToDictionary();
        var previous = row.Properties.GetValueOrDefault(Previous) as string;
        if ((string)row.Properties[Owner] != customerId)
        {
            if (previous == customerId)
            {
                await store.CommitAsync(Tables.Orders, row.Partition, [RowChange.Replace(row.Key, left, row.ETag)], cancellation);
            }

            return;
        }

        left[Owner] = previous ?? "";
        await store.CommitAsync(
            Tables.Orders, row.Partition,
            [toPrevious && previous is not null ? RowChange.Replace(row.Key, left, row.ETag) : RowChange.Delete(row.Key, row.ETag)], cancellation);
    }

    private async Task<string?> MoveAsync(Order order, string partition, Row row, CancellationToken cancellation)
    {
        var owner = (string)row.Properties[Owner];
        var known = row.Properties.GetValueOrDefault(UpdatedAt) as DateTimeOffset?;
        if (owner == order.CustomerId)
        {
            var previous = row.Properties.GetValueOrDefault(Previous) as string;
            if (order.UpdatedAt is { } updated && !(updated <= known))
            {
                // Lest a version that this one has overtaken takes the order away.
                await store.CommitAsync(
                    Tables.Orders, partition, [RowChange.Replace(row.Key, Claim(order, previous), row.ETag)], cancellation);
            }

            return previous;
        }

        if (order.UpdatedAt is null || order.UpdatedAt <= known)
        {
            throw new PermanentException(
                $"Order '{order.OrderId}' is recorded for another customer, and this version has no newer 'updatedAt'.");
        }

        await store.CommitAsync(
            Tables.Orders, partition, [RowChange.Replace(row.Key, Claim(order, owner), row.ETag)], cancellation);
        return owner;
    }

    private static Dictionary<string, object> Claim(Order order, string? previous)
    {
        var claim = new Dictionary<string, object> { [Owner] = order.CustomerId };
        if (order.UpdatedAt is { } updatedAt)
        {
            claim[UpdatedAt] = updatedAt;
        }

        if (previous is not null)
        {
            claim[Previous] = previous;
        }

        return claim;
    }

    /// <summary>Where an order's claim stands.</summary>
    internal static (string Partition, string Key) Address(string orderId) =>
        (Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(orderId)), 0, 2), Keys.Escape(orderId));
}
