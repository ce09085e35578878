using System.Text.Json;
using Segue.Customers;
using Segue.Local.Demo;
using Segue.Orders;

namespace Segue.Tests.Local.Demo;

public sealed class DemoShopTests
{
    private static readonly DateOnly Today = new(2026, 6, 15);
    private static readonly Lazy<IReadOnlyList<DemoFact>> Shop = new(() => DemoShop.Generate(Today));

    [Fact]
    public void Generate_TheSameDayTwice_IsTheSameShop() => Assert.Equal(
        JsonSerializer.Serialize(DemoShop.Generate(Today, customers: 200)), JsonSerializer.Serialize(DemoShop.Generate(Today, customers: 200)));

    [Fact]
    public void Generate_AnotherSeed_IsAnotherShop() => Assert.NotEqual(
        JsonSerializer.Serialize(DemoShop.Generate(Today, 20)), JsonSerializer.Serialize(DemoShop.Generate(Today, 20, seed: 1)));

    [Fact]
    public void Generate_IsInOrderOfTimeAndEndsBeforeTheDay()
    {
        var moments = Shop.Value.Select(f => f.At).ToList();

        Assert.Equal(moments.Order(), moments);
        Assert.True(moments[^1] < new DateTimeOffset(Today, TimeOnly.MinValue, TimeSpan.Zero));
        Assert.True(moments[^1] > new DateTimeOffset(Today.AddDays(-1), TimeOnly.MinValue, TimeSpan.Zero));
        Assert.All(Shop.Value, f => Assert.True(f.Order.OrderedAt <= f.At));
    }

    [Fact]
    public void Generate_HasTheSizeOfASmallShop()
    {
        var orders = Shop.Value.Select(f => f.Order).Where(o => o.RefundOf is null).Select(o => o.OrderId).Distinct().Count();

        Assert.InRange(Shop.Value.Select(f => f.Customer.Id).Distinct().Count(), 1900, 2000);
        Assert.InRange(orders, 8000, 10500);
    }

    [Fact]
    public void Generate_HasEveryKindOfCustomer()
    {
        var paid = Shop.Value.Where(f => f.Order is { Status: OrderStatus.Paid, RefundOf: null }).ToList();
        var byCustomer = paid.GroupBy(f => f.Customer).ToList();
        double OrdersOf(DemoKind kind) => byCustomer.Where(g => g.Key.Kind == kind).Average(g => g.Count());
        decimal BasketOf(DemoKind kind) => paid.Where(f => f.Customer.Kind == kind).Average(f => f.Order.Amount);

        Assert.Equal(Enum.GetValues<DemoKind>(), byCustomer.Select(g => g.Key.Kind).Distinct().Order());
        Assert.Equal(1, OrdersOf(DemoKind.OneTime));
        Assert.True(OrdersOf(DemoKind.Loyal) > 5);
        Assert.True(BasketOf(DemoKind.BigSpender) > 3 * BasketOf(DemoKind.Loyal));
        Assert.True(BasketOf(DemoKind.SmallBasket) < BasketOf(DemoKind.Loyal) / 2);
    }

    [Fact]
    public void Generate_ConsentIsMostlyGrantedAndSometimesNot()
    {
        var customers = Shop.Value.Select(f => f.Customer).Distinct().ToList();
        double ShareOf(Consent consent) => customers.Count(c => c.Consent == consent) / (double)customers.Count;

        Assert.InRange(ShareOf(Consent.Granted), 0.72, 0.84);
        Assert.InRange(ShareOf(Consent.Refused), 0.05, 0.13);
        Assert.InRange(ShareOf(Consent.Unknown), 0.09, 0.17);
    }

    [Fact]
    public void Generate_SomeOrdersAreCalledOffOrComeBack()
    {
        var orders = Shop.Value.Select(f => f.Order).ToList();
        var known = new Dictionary<string, Order>();
        foreach (var order in orders)
        {
            Assert.True(order.RefundOf is null || known[order.RefundOf].Amount >= order.Amount, "A return is of an order before it, and of no more than it.");
            known[order.OrderId] = order;
        }

        Assert.InRange(orders.Count(o => o.Status == OrderStatus.Cancelled) / (double)orders.Count, 0.008, 0.025);
        Assert.InRange(orders.Count(o => o.Status == OrderStatus.Refunded) / (double)orders.Count, 0.01, 0.035);
        Assert.InRange(orders.Count(o => o.RefundOf is not null) / (double)orders.Count, 0.005, 0.04);
    }

    [Fact]
    public void Generate_EveryOrderIsWhatItsItemsSay() => Assert.All(Shop.Value.Select(f => f.Order).Where(o => o.RefundOf is null), order =>
    {
        Assert.NotEmpty(order.Items);
        Assert.Equal(order.Items.Sum(i => i.Price * i.Quantity), order.Amount + order.Discount);
        Assert.True(order.Amount > 0);
    });

    [Fact]
    public void Generate_AddressesAreUniqueAndCanNeverBeSomebodys()
    {
        var addresses = Shop.Value.Select(f => f.Customer).Distinct().Select(c => c.Email).OfType<string>().ToList();

        Assert.Equal(addresses.Count, addresses.Distinct().Count());
        Assert.All(addresses, a => Assert.Matches(@"^[a-z.]+\.\d+@example\.(com|org|net)$", a));
    }

    [Fact]
    public void Generate_PeopleShopInTheirOwnEveningsNotAtNight()
    {
        var hours = Shop.Value.Where(f => f.Order is { Status: OrderStatus.Paid, RefundOf: null })
            .Select(f => NodaTime.Instant.FromDateTimeOffset(f.Order.OrderedAt)
                .InZone(NodaTime.DateTimeZoneProviders.Tzdb[f.Customer.TimeZone]).Hour)
            .ToList();

        Assert.True(hours.Count(h => h is >= 18 and < 22) > 10 * hours.Count(h => h is >= 1 and < 5));
        Assert.True(Shop.Value.Select(f => f.Customer.TimeZone).Distinct().Count() >= 6);
    }
}
