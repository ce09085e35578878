using Bogus;
using Segue.Orders;

namespace Segue.Local.Demo;

/// <summary>What a customer buys.</summary>
internal static class DemoBasket
{
    private const decimal FreeShippingFrom = 60;
    private const decimal ShippingFee = 4.90m;
    private const decimal TaxRate = 0.19m;

    /// <summary>An order without an id, placed and paid at the moment.</summary>
    public static Order Fill(DemoCustomer customer, DateTimeOffset at, Randomizer random)
    {
        var items = Enumerable.Range(0, Lines(customer.Kind, random))
            .Select(_ => Choose(customer, random)).DistinctBy(p => p.Id)
            .Select(product => new OrderItem
            {
                ProductId = product.Id,
                Name = product.Name,
                Category = product.Category,
                Price = product.Price,
                Cost = Math.Round(product.Price * 0.45m, 2),
                Quantity = product.Price < 30 ? random.Int(1, 3) : 1,
            })
            .ToList();
        var goods = items.Sum(i => i.Price * i.Quantity);
        var discount = random.Bool(0.12f) ? Math.Round(goods * 0.1m, 2) : 0;
        return new()
        {
            OrderId = "",
            CustomerId = customer.Id,
            OrderedAt = at,
            Amount = goods - discount,
            Discount = discount,
            DiscountCodes = discount > 0 ? ["WELCOME10"] : [],
            Tax = Math.Round((goods - discount) * TaxRate, 2),
            Shipping = goods - discount < FreeShippingFrom ? ShippingFee : 0,
            Channel = customer.Channel,
            Items = items,
        };
    }

    private static int Lines(DemoKind kind, Randomizer random) => kind switch
    {
        DemoKind.BigSpender => random.Int(2, 5),
        DemoKind.SmallBasket => 1,
        _ => random.WeightedRandom([1, 2, 3, 4], [0.45f, 0.32f, 0.16f, 0.07f]),
    };

    private static DemoProduct Choose(DemoCustomer customer, Randomizer random)
    {
        var shelf = random.Bool(0.55f) ? DemoCatalog.Products.Where(p => p.Category == customer.Favourite) : DemoCatalog.Products;
        var fitting = customer.Kind switch
        {
            DemoKind.BigSpender => DemoCatalog.Products.Where(p => p.Price >= 60),
            DemoKind.SmallBasket => DemoCatalog.Products.Where(p => p.Price < 17),
            _ => shelf,
        };
        return random.ListItem([.. fitting]);
    }
}
