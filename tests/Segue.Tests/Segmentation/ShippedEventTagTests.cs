using NodaTime;
using Segue.Customers;
using Segue.Email;
using Segue.Events;
using Segue.Segmentation;
using Segue.Tests.Support;

namespace Segue.Tests.Segmentation;

/// <summary>The shipped tags that rest on behaviour hold as campaigns promise them.</summary>
public sealed class ShippedEventTagTests
{
    // A Sunday.
    private static readonly DateTimeOffset Now = new(2024, 6, 30, 12, 0, 0, TimeSpan.Zero);

    private static readonly Evaluator Shipped = ShippedCampaigns.AllLive.Evaluator;

    [Theory]
    [InlineData(3, true)]
    [InlineData(2, false)]
    public void WeekendWindowShopper_LooksLateOnSaturdaysAndLeavesCarts(int saturdays, bool holds)
    {
        var evenings = Enumerable.Range(0, saturdays).Select(w => Fact(EventNames.Viewed, new DateTimeOffset(2024, 6, 29, 20, 0, 0, TimeSpan.Zero).AddDays(-7 * w)));
        var customer = Remembering(Given.Customer(1, -900), [.. evenings, Fact(EventNames.CartAbandoned, Now.AddDays(-20))]);
        Assert.Equal(holds, TagsOf(customer).Contains("weekend-window-shopper"));
        Assert.DoesNotContain("weekend-window-shopper", TagsOf(Remembering(Given.Customer(3, 0, (Now - Given.Start).TotalDays - 10), [.. evenings, Fact(EventNames.CartAbandoned, Now.AddDays(-20))])));
    }

    [Fact]
    public void CategoryEnthusiast_BuysAndReviewsOneCategory()
    {
        var buyer = Given.Customer(2, 0, 100, 100).With(p => p with { SpendByCategory = new Dictionary<string, decimal> { ["tea"] = 70, ["cups"] = 30 } });
        Assert.DoesNotContain("category-enthusiast", TagsOf(buyer));
        Assert.Contains("category-enthusiast", TagsOf(Remembering(buyer, Fact(EventNames.Reviewed, Now.AddDays(-30)))));
    }

    [Fact]
    public void CartAbandoner_IsOneForTwoWeeks()
    {
        var customer = Remembering(new(), Fact(EventNames.CartAbandoned, Now));
        Assert.Contains("cart-abandoner", TagsOf(customer, Now.AddDays(14).AddTicks(-1)));
        Assert.DoesNotContain("cart-abandoner", TagsOf(customer, Now.AddDays(14)));
    }

    [Fact]
    public void BrowserTurnedBuyer_LookedFiveTimesAndHasJustBought()
    {
        var views = Enumerable.Range(1, 5).Select(d => Fact(EventNames.Viewed, Now.AddDays(-d))).ToArray();
        var firstBuy = Given.Customer(1, (Now - Given.Start).TotalDays - 1);
        Assert.Contains("browser-turned-buyer", TagsOf(Remembering(firstBuy, views)));
        Assert.DoesNotContain("browser-turned-buyer", TagsOf(Remembering(firstBuy, views[1..])));
        Assert.DoesNotContain("browser-turned-buyer", TagsOf(Remembering(new(), views)));
    }

    [Fact]
    public void Engagement_FollowsClicks()
    {
        var mailed = Given.Customer(1) with { Mail = MailEngagement.None.Sent("s") };
        Assert.Contains("unengaged", TagsOf(mailed, Given.Start.AddDays(200)));
        Assert.DoesNotContain("unengaged", TagsOf(mailed, Given.Start.AddDays(100)));
        Assert.DoesNotContain("unengaged", TagsOf(Given.Customer(1), Given.Start.AddDays(200)));
        var clicked = mailed with { Mail = mailed.Mail.Clicked("s", Given.Start.AddDays(150)) };
        Assert.Contains("engaged", TagsOf(clicked, Given.Start.AddDays(200)));
        Assert.DoesNotContain("unengaged", TagsOf(clicked, Given.Start.AddDays(200)));
    }

    [Fact]
    public void SubscriptionEnding_HoldsForTheLastTwoWeeks()
    {
        var customer = new CustomerSummary { Attributes = new Dictionary<string, string> { [EventEffects.SubscriptionEndsAt] = "2024-07-14T12:00:00Z" } };
        Assert.Contains("subscription-ending", TagsOf(customer));
        Assert.DoesNotContain("subscription-ending", TagsOf(customer, Now.AddTicks(-1)));
    }

    private static CustomerSummary Remembering(CustomerSummary customer, params CustomerEvent[] facts) =>
        customer with { Events = EventMemory.Of(facts, ShippedCampaigns.AllLive.TrackersWith([]), DateTimeZone.Utc) };

    private static CustomerEvent Fact(string name, DateTimeOffset at) => new() { EventId = $"{name}{at.UtcTicks}", CustomerId = "c", Name = name, At = at };

    private static IReadOnlyList<string> TagsOf(CustomerSummary customer, DateTimeOffset? at = null) =>
        Shipped.Evaluate(customer, Given.Calibration(), at ?? Now).Tags;
}
