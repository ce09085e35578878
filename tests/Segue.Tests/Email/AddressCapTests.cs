using Segue.Customers;
using Segue.Email;
using Segue.Ports;
using Segue.Storage;
using Segue.Tests.Support;
using static Segue.Tests.Support.TestShop;

namespace Segue.Tests.Email;

/// <summary>Caps hold for an address, whoever has it; and where they leave room for one mail, priority says which.</summary>
public sealed class AddressCapTests
{
    private static string Mail(string id, string enter = "event: go", string head = "", string more = "") =>
        TestCampaigns.Journey($"  - id: {id}\n    send: {{ email: hello, topic: offers{more} }}", enter: enter, id: id, head: head);

    [Fact]
    public async Task Cap_TwoCustomersOfOneAddress_CountTogether()
    {
        var shop = await OpenAsync(new TestCampaigns { Settings = "caps: { perDay: 1 }", Journeys = [Mail("j")] });
        Same(shop, "guest").Event("guest", 1, "go");
        Same(shop, "account").Event("account", 1.1, "go");
        await shop.Order("other", 0).Event("other", 1.1, "go").RunAsync(5);
        Assert.Equal([("guest", "j", 1.0), ("other", "j", 1.1), ("account", "j", 1.5)], shop.Sent());
    }

    [Fact]
    public async Task Cap_ManyOfOneAddressAtOnce_NeverMoreThanAllowed()
    {
        var shop = await OpenAsync(new TestCampaigns { Settings = "caps: { perDay: 1, perWeek: 3 }", Journeys = [Mail("j")] });
        for (var c = 0; c < 7; c++)
        {
            Same(shop, $"c{c}").Event($"c{c}", 1, "go");
        }

        await shop.RunAsync(22);
        var days = shop.Facts("sent").Select(f => f.At.UtcDateTime.Date).ToList();
        Assert.Equal(7, days.Count);
        Assert.Equal(7, days.Distinct().Count());
        Assert.All(days, d => Assert.InRange(days.Count(o => o <= d && o > d.AddDays(-7)), 1, 3));
    }

    [Fact]
    public async Task Cap_MailThatWasRefused_LeavesTheAddressItsPlace()
    {
        var shop = await OpenAsync(new TestCampaigns { Settings = "caps: { perDay: 1 }", Journeys = [Mail("j")] });
        shop.Sender.Answer = _ => shop.Now < Day(1.05) ? new SendAnswer.Rejected("too large") : new SendAnswer.Accepted();
        Same(shop, "guest").Event("guest", 1, "go");
        await Same(shop, "account").Event("account", 1.1, "go").RunAsync(3);
        Assert.Equal([("account", "j", 1.1)], shop.Sent());
    }

    [Fact]
    public async Task Cap_TransactionalMail_IsNeitherCountedNorKept()
    {
        var shop = await OpenAsync(new TestCampaigns { Settings = "caps: { perDay: 1 }", Journeys = [Mail("j"), Mail("receipt", "event: paid", more: ", transactional: true")] });
        Same(shop, "guest").Event("guest", 1, "paid").Event("guest", 1.01, "paid");
        await Same(shop, "account").Event("account", 1.1, "go").Event("account", 1.2, "paid").RunAsync(3);
        Assert.Equal(["receipt", "j", "receipt"], shop.Sent().Select(s => s.Step));
    }

    [Fact]
    public async Task Cap_None_KeepsNoMailsOfAnAddress()
    {
        var shop = await OpenAsync(Mail("j"));
        await Same(shop, "a").Event("a", 1, "go").RunAsync(2);
        Assert.DoesNotContain(shop.Table(Tables.Addresses), r => r.Key == "mailed");
    }

    [Fact]
    public async Task Priority_TwoJourneysWantTheDaysOneMail_TheMoreUrgentGoes()
    {
        var shop = await OpenAsync(new TestCampaigns
        {
            Settings = "caps: { perDay: 1 }",
            Journeys = [Mail("a-digest", head: "priority: 8"), Mail("b-plain"), Mail("c-urgent", head: "priority: 1")],
        });
        await shop.Order("a", 0).Event("a", 1, "go").RunAsync(5);
        Assert.Equal([("c-urgent", 1.0), ("b-plain", 1.5), ("a-digest", 2.5)], shop.Sent().Select(s => (s.Step, s.Day)));
    }

    [Fact]
    public async Task Priority_RoomForBoth_ChangesNothing()
    {
        var shop = await OpenAsync(new TestCampaigns { Settings = "caps: { perDay: 2 }", Journeys = [Mail("a-digest", head: "priority: 9"), Mail("b-urgent", head: "priority: 1")] });
        await shop.Order("a", 0).Event("a", 1, "go").RunAsync(5);
        Assert.Equal([1.0, 1.0], shop.Sent().Select(s => s.Day));
    }

    private static TestShop Same(TestShop shop, string customer) =>
        shop.Says(customer, 0, new() { Email = "family@example.com", EmailConsent = Consent.Granted });
}
