using Segue.Customers;
using Segue.Journeys;
using Segue.Measurement;
using Segue.Orders;
using Segue.Tests.Support;
using static Segue.Tests.Support.TestShop;

namespace Segue.Tests.Campaigns.Rows;

/// <summary>
/// A shop with the shipped files and a crowd that sets its ranks: fifty customers of one to four orders of 10 to 19 each, six of
/// one order of 1,000. So an order of 1,000 is among the top 10 % of first orders, and 1,000 in all is high spend.
/// </summary>
internal static class ShippedRows
{
    /// <summary>Quiet hours as they ship.</summary>
    private static readonly DayWindow Loud = new(new(8, 0), new(20, 0));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>The shop at day 0.1, with these journeys live.</summary>
    public static async Task<TestShop> OpenAsync(params string[] journeys)
    {
        var shop = await TestShop.OpenAsync(ShippedCampaigns.Only(journeys));
        for (var c = 0; c < 56; c++)
        {
            for (var o = 0; o < (c < 50 ? 1 + (c % 4) : 1); o++)
            {
                Buy(shop, $"crowd{c:D2}", -90 + (c % 9) + (20 * o), c < 50 ? 10 + (c / 5) : 1000, $"p{(c + o) % 7}", arrives: 0, known: false);
            }
        }

        await shop.RunAsync(0.05);
        await shop.Engine.CalibrateAsync(initial: true, Cancellation);
        await shop.Engine.RecommendAsync(Cancellation);
        await shop.RunAsync(0.1);
        return shop;
    }

    /// <summary>An order of one product of the category tea.</summary>
    public static TestShop Buy(
        TestShop shop, string customer, double day, decimal amount, string product = "p1", double? arrives = null, bool known = true, string category = "tea")
    {
        var order = new Order
        {
            OrderId = $"{customer}-{day}",
            CustomerId = customer,
            OrderedAt = Day(day),
            Amount = amount,
            Items = [new() { ProductId = product, Name = product, Category = category, Price = amount }],
        };
        return shop.Arrives(new(order, known ? new() { Email = $"{customer}@example.com", EmailConsent = Consent.Granted } : CustomerFacts.None), arrives ?? day);
    }

    /// <summary>Orders at some days.</summary>
    public static TestShop Buys(TestShop shop, string customer, decimal amount, params double[] days) =>
        days.Aggregate(shop, (s, day) => Buy(s, customer, day, amount));

    /// <summary>What the customer got: step and day.</summary>
    public static List<(string Step, double Day)> Touches(TestShop shop, string customer) =>
        [.. shop.Facts(FactKinds.Sent, customer).Select(f => (f.Step!, DayOf(f.At)))];

    /// <summary>The percentages and amounts of the customer's codes, in the order they were sent.</summary>
    public static List<decimal?> OffersOf(TestShop shop, string customer) =>
        [.. shop.Sends(customer).Where(s => s.Offer is not null).Select(s => s.Offer!.Percent ?? s.Offer.Amount)];

    /// <summary>When the customer came into a segment last, in days.</summary>
    public static double Came(TestShop shop, string customer, string segment) => DayOf(shop.Facts(FactKinds.Moved, customer).Last(f => f.Segment == segment).At);

    /// <summary>When a marketing mail that is due at a day goes: not in quiet hours.</summary>
    public static double Goes(double day) => DayOf(Loud.AtOrAfter(Day(day), NodaTime.DateTimeZone.Utc));

    public static double DayOf(DateTimeOffset at) => Math.Round((at - Start).TotalDays, 6);
}
