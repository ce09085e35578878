using Segue.Customers;
using Segue.Orders;

namespace Segue.Tests.Orders;

/// <summary>Orders with every field sometimes there and sometimes not.</summary>
internal static class RandomOrder
{
    public static IncomingOrder Make(Random random)
    {
        string? Maybe(string text) => random.Next(2) == 0 ? text + random.Next(100) : null;
        decimal Money() => random.Next(4) == 0 ? 0 : random.Next(1_000_000) / 100m;
        DateTimeOffset Moment() => new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.FromMinutes(15 * random.Next(-40, 40))).AddTicks(random.NextInt64(1_000_000_000_000_000));
        DateTimeOffset? MaybeMoment() => random.Next(2) == 0 ? Moment() : null;
        return new(
            new()
            {
                OrderId = $"o/ü\"{random.Next(1000)}",
                CustomerId = $"c{random.Next(20)}",
                OrderedAt = Moment(),
                UpdatedAt = MaybeMoment(),
                Status = (OrderStatus)random.Next(4),
                Amount = Money(),
                Discount = Money(),
                Tax = Money(),
                Shipping = Money(),
                DiscountCodes = [.. Enumerable.Range(0, random.Next(3)).Select(i => $"code{i}")],
                Channel = Maybe("web"),
                RefundOf = Maybe("o"),
                DerivedId = random.Next(2) == 0,
                Items = [.. Enumerable.Range(0, random.Next(3)).Select(i => new OrderItem
                {
                    ProductId = $"p{i}", Name = Maybe("名"), Category = Maybe("cat"), Quantity = random.Next(1, 5), Price = Money(),
                    Cost = random.Next(2) == 0 ? Money() : null, GiftCard = random.Next(5) == 0,
                })],
            },
            random.Next(3) == 0 ? CustomerFacts.None : new()
            {
                Email = Maybe("a@b.example"),
                Phone = Maybe("+49"),
                Name = Maybe("Ann"),
                EmailConsent = (Consent)random.Next(3),
                ConsentAt = MaybeMoment(),
                ConsentSource = Maybe("form"),
                ConsentText = Maybe("Yes, mail me."),
                Locale = Maybe("de"),
                TimeZone = Maybe("Europe/Berlin"),
                Balance = random.Next(2) == 0 ? Money() : null,
                Attributes = random.Next(2) == 0 ? new Dictionary<string, string> { ["a"] = "1", ["b"] = $"{random.Next()}" } : null,
            });
    }

    public static bool Same(IncomingOrder a, IncomingOrder b) =>
        OrderVersions.SameContent(a.Order, b.Order) && a.Order.UpdatedAt == b.Order.UpdatedAt
        && a.Order.OrderedAt.EqualsExact(b.Order.OrderedAt)
        && a.Customer with { Attributes = null } == b.Customer with { Attributes = null }
        && (a.Customer.Attributes ?? new Dictionary<string, string>()).SequenceEqual(b.Customer.Attributes ?? new Dictionary<string, string>());
}
