using Segue.Orders;

namespace Segue.Offers;

/// <summary>How far a discount may go for one customer without eating the margin of what they buy.</summary>
public static class Margins
{
    /// <summary>Orders that are looked at, the latest.</summary>
    private const int Latest = 10;

    /// <summary>
    /// The largest discount as a share of the price, 0 to 1, that leaves the margin: with cost C and price P, a discount d leaves
    /// (P (1 - d) - C) / (P (1 - d)). Null where no cost is known.
    /// </summary>
    /// <param name="orders">The customer's counted orders.</param>
    /// <param name="minMargin">The least share of the discounted price that must be left, 0 to under 1.</param>
    public static decimal? LargestDiscount(IEnumerable<Order> orders, decimal minMargin)
    {
        var known = orders.OrderByDescending(o => o.OrderedAt).Take(Latest).SelectMany(o => o.Items).Where(i => i is { Cost: not null, Price: > 0, GiftCard: false }).ToList();
        var price = known.Sum(i => i.Price * i.Quantity);
        return price == 0 ? null : Math.Max(0, 1 - (known.Sum(i => i.Cost!.Value * i.Quantity) / (price * (1 - minMargin))));
    }

    /// <summary>
    /// The offer within the margin: a percentage lowered to a whole one, an amount as it is. Null where nothing worth sending is left.
    /// </summary>
    /// <param name="offer">The offer.</param>
    /// <param name="orders">The customer's counted orders.</param>
    /// <param name="usualOrder">The customer's average order, by which an amount is judged.</param>
    public static IssuedOffer? Within(IssuedOffer offer, IEnumerable<Order> orders, decimal usualOrder)
    {
        ArgumentNullException.ThrowIfNull(offer);
        if (offer.MinMargin is not { } least || LargestDiscount(orders, least) is not { } largest)
        {
            return offer;
        }

        if (offer.Percent is { } percent)
        {
            var lowered = Math.Min(percent, Math.Floor(largest * 100));
            return lowered < 1 ? null : offer with { Percent = lowered };
        }

        return offer.Amount <= largest * usualOrder ? offer : null;
    }
}
