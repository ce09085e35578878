using Segue.Customers;

namespace Segue.Tests.Support;

/// <summary>A small shop in mid-flight: customers with orders, journeys under way, mails sent, a code, a call that waits.</summary>
internal static class BusyShop
{
    public const string Origin = "https://shop.example.com";
    public const string BrowserKey = "pk-0123456789abcdef";
    public const string Customer = "c1";

    private static readonly TestCampaigns Campaigns = new()
    {
        Settings = $"currency: EUR\ncalls: {{ accounts: 20 }}\nbrowserKeys: [ {{ origin: '{Origin}', key: {BrowserKey} }} ]",
        Journeys =
        [
            TestCampaigns.TwoSteps(),
            TestCampaigns.TwoSteps(id: "draft", status: "draft"),
            TestCampaigns.Journey(
                """
                  - id: call
                    call: { queue: accounts, reason: "Ask why they left", due: 30d, outcomes: [ reached, no-interest ] }
                    expired: [ { end: { reason: silent } } ]
                    reached: [ { end: { reason: done } } ]
                    no-interest: [ { end: { reason: done } } ]
                """, id: "by-phone"),
            TestCampaigns.Journey(
                """
                  - id: offer
                    send: { email: offer, topic: offers }
                    offer: { percent: 10, validFor: 30d }
                """, id: "with-offer"),
        ],
    };

    /// <summary>Opens it, some ten weeks after its first order.</summary>
    public static async Task<TestShop> OpenAsync()
    {
        var shop = await TestShop.OpenAsync(Campaigns);
        foreach (var customer in new[] { Customer, "c2", "gid://shop/c3" })
        {
            shop.Order(customer, 0.5, 25);
        }

        shop.Says(Customer, 0.6, new() { Phone = "+41 44 000 00 00", PhoneConsent = Consent.Granted }).Event(Customer, 1, "viewed");
        await shop.RunAsync(62);
        return shop;
    }

    /// <summary>The id of the call that waits for the customer, as the agents' list names it.</summary>
    public static async Task<string> CallAsync(TestShop shop)
    {
        var list = await shop.Engine.Calls.ReadAsync("accounts", null, TestContext.Current.CancellationToken);
        return list.Calls.Single(c => c.Call.CustomerId == Customer).Id;
    }

    /// <summary>The token of a link to unsubscribe.</summary>
    public static string Unsubscribe(TestShop shop) =>
        shop.Engine.UnsubscribeLinks.Of(new("https://shop.example.com"), Customer, shop.Sends(Customer)[0].Id).Segments[^1];
}
