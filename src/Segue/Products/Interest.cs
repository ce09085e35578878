using Segue.Events;
using Segue.Messaging;
using Segue.Orders;
using Segue.Ports;
using Segue.Storage;

namespace Segue.Products;

/// <summary>That a customer looked at a product or category, or bought it: row of the table Interest, written through the outbox.</summary>
/// <param name="Of">What it is about: <see cref="OfProduct"/> or <see cref="OfCategory"/>.</param>
/// <param name="At">When.</param>
/// <param name="Bought">Whether they bought it.</param>
public sealed record Interest(string Of, DateTimeOffset At, bool Bought)
{
    /// <summary>How long after it interest counts as gone.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromDays(180);

    private const string AtProperty = "at";
    private const string BoughtProperty = "bought";

    /// <summary>Names a product.</summary>
    public static string OfProduct(string productId) => $"product~{MessageIds.Of(Keys.Escape(productId))}";

    /// <summary>Names a category, whatever its case.</summary>
    public static string OfCategory(string category) => $"category~{MessageIds.Of(Keys.Escape(category.ToLowerInvariant()))}";

    /// <summary>The partition of one shard's interested customers.</summary>
    public static string Partition(string of, int shard) => $"{of}~{Shards.Text(shard)}";

    /// <summary>What an event tells of interest: looking, putting into the cart, reviewing.</summary>
    public static IEnumerable<Interest> In(CustomerEvent fact)
    {
        ArgumentNullException.ThrowIfNull(fact);
        if (fact.Name is not (EventNames.Viewed or EventNames.AddedToCart or EventNames.Reviewed))
        {
            yield break;
        }

        if (fact.ProductId is { } product)
        {
            yield return new(OfProduct(product), fact.At, false);
        }

        if (fact.Category is { } category)
        {
            yield return new(OfCategory(category), fact.At, false);
        }
    }

    /// <summary>What an order tells of interest.</summary>
    public static IEnumerable<Interest> In(Order order)
    {
        ArgumentNullException.ThrowIfNull(order);
        return order is not { Status: OrderStatus.Paid, RefundOf: null } ? []
            : order.Items.Where(i => !i.GiftCard)
                .SelectMany(i => new[] { OfProduct(i.ProductId), i.Category is null ? null : OfCategory(i.Category) })
                .OfType<string>().Distinct(StringComparer.Ordinal).Select(of => new Interest(of, order.OrderedAt, true));
    }

    /// <summary>The row.</summary>
    public RowChange ToRow(string customerId) => RowChange.Upsert(
        Keys.Escape(customerId), new Dictionary<string, object> { [AtProperty] = At, [BoughtProperty] = Bought });

    /// <summary>When the interest that a row keeps was shown.</summary>
    public static DateTimeOffset AtOf(Row row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return (DateTimeOffset)row.Properties[AtProperty];
    }
}
