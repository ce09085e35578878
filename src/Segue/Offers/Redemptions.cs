using Segue.Customers;
using Segue.Measurement;
using Segue.Orders;
using Segue.Ports;
using Segue.Storage;

namespace Segue.Offers;

/// <summary>Matches the codes of an order with the offers that were made: who used which, and who used another's.</summary>
internal sealed class Redemptions(ITableStore store, CodeIndex index)
{
    /// <summary>Looks at an order that has just been recorded. Codes that are none of ours are the shop's own.</summary>
    public async Task MatchAsync(CustomerWork work, Order order, CancellationToken cancellation)
    {
        if (order is not { RefundOf: null, Status: OrderStatus.Paid } || order.DiscountCodes.Count == 0)
        {
            return;
        }

        foreach (var code in order.DiscountCodes.Select(IssuedOffer.Normal).Where(c => c.Length > 0).Distinct(StringComparer.Ordinal))
        {
            var row = await store.GetAsync(Tables.Customers, CustomerRows.Partition(work.CustomerId), CustomerRows.Code(code), cancellation);
            if (row is not null)
            {
                Redeem(work, RowJson.Unpack(row, SegueJson.Default.IssuedOffer), order);
            }
            else if (await index.FindAsync(code, cancellation) is { } found && found.CustomerId != work.CustomerId)
            {
                work.Add(FactOf(FactKinds.CodeMisused, work, found.Offer, order, "made for another customer"));
            }
        }
    }

    private static void Redeem(CustomerWork work, IssuedOffer offer, Order order)
    {
        if (offer.RedeemedBy == order.OrderId)
        {
            return;
        }

        if (offer.RedeemedBy is not null)
        {
            work.Add(FactOf(FactKinds.CodeMisused, work, offer, order, "used a second time"));
            return;
        }

        var redeemed = offer with { RedeemedBy = order.OrderId, RedeemedAt = order.OrderedAt };
        work.Put(redeemed);
        work.Profile = work.Profile with { OpenOffers = [.. work.Profile.OpenOffers.Where(o => o.Code != offer.Code)] };
        work.Add(FactOf(FactKinds.Redeemed, work, offer, order, order.OrderedAt >= offer.ExpiresAt ? "expired" : null));
    }

    private static Fact FactOf(string kind, CustomerWork work, IssuedOffer offer, Order order, string? reason) =>
        new(kind, work.CustomerId, Messaging.MessageIds.Of($"{Keys.Escape(offer.Code)}~{Keys.Escape(order.OrderId)}"), order.OrderedAt)
        {
            Journey = offer.Journey,
            Step = offer.Step,
            OrderId = order.OrderId,
            Amount = order.Discount,
            Reason = reason,
            Segment = work.Profile.Standing?.Segment,
            HeldOut = work.Profile.Goals.Any(g => g.Journey == offer.Journey && g.HeldOut),
        };
}
