namespace Segue.Local.Demo;

/// <summary>A product of the demo shop.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Category">Its category.</param>
/// <param name="Price">A piece, in the shop's currency.</param>
public sealed record DemoProduct(string Id, string Name, string Category, decimal Price);

/// <summary>What the demo shop sells: things for kitchen, home and garden.</summary>
public static class DemoCatalog
{
    private static readonly (string Category, (string Name, decimal Price)[] Products)[] Shelves =
    [
        ("Coffee", [("House blend, 1 kg", 24.90m), ("Single-origin Sidamo, 250 g", 11.50m), ("Decaf, 250 g", 9.90m),
            ("Espresso roast, 1 kg", 26.90m), ("Paper filters", 4.90m), ("Cold-brew bottle", 34.00m), ("Hand grinder", 89.00m)]),
        ("Tea", [("Darjeeling first flush", 16.90m), ("Sencha", 13.50m), ("Rooibos with vanilla", 8.90m),
            ("Herbal sampler", 19.90m), ("Cast-iron pot", 74.00m), ("Glass infuser mug", 22.00m)]),
        ("Kitchen", [("Carbon-steel pan", 69.00m), ("Chef's knife", 119.00m), ("Linen tea towels", 18.90m),
            ("Oak chopping board", 49.00m), ("Enamel casserole", 159.00m), ("Spice mill", 29.90m), ("Stoneware bowls", 44.00m)]),
        ("Table", [("Water carafe", 32.00m), ("Wine glasses, set of six", 54.00m), ("Linen napkins", 27.50m),
            ("Stoneware plates, set of four", 64.00m), ("Brass cutlery, 24 pieces", 189.00m)]),
        ("Home", [("Wool throw", 129.00m), ("Beeswax candles", 16.50m), ("Reading lamp", 149.00m), ("Linen bed set", 219.00m),
            ("Cork bath mat", 39.00m), ("Storage basket", 28.00m)]),
        ("Garden", [("Herb seeds", 6.90m), ("Secateurs", 39.90m), ("Terracotta pots", 24.00m), ("Watering can", 36.00m),
            ("Fire bowl", 249.00m), ("Bird feeder", 29.00m)]),
        ("Stationery", [("Dotted notebook", 14.90m), ("Fountain pen", 58.00m), ("Letter paper", 12.50m), ("Wall calendar", 21.00m)]),
        ("Gifts", [("Breakfast hamper", 59.00m), ("Coffee lover's box", 79.00m), ("New-home box", 95.00m), ("Chocolate selection", 18.50m)]),
    ];

    /// <summary>All products, shelf by shelf.</summary>
    public static IReadOnlyList<DemoProduct> Products { get; } =
    [
        .. Shelves.SelectMany((shelf, s) => shelf.Products.Select((p, i) =>
            new DemoProduct($"{shelf.Category[..3].ToUpperInvariant()}-{s + 1}{i + 1:00}", p.Name, shelf.Category, p.Price))),
    ];

    /// <summary>The categories.</summary>
    public static IReadOnlyList<string> Categories { get; } = [.. Shelves.Select(s => s.Category)];
}
