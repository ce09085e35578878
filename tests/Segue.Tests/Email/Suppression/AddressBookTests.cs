using System.Text.Json;
using Segue.Customers;
using Segue.Email;
using Segue.Email.Suppression;
using Segue.Measurement;
using Segue.Messaging;
using Segue.Orders;
using Segue.Ports;
using Segue.Storage;
using Segue.Tests.Support;
using static Segue.Tests.Support.TestShop;

namespace Segue.Tests.Email.Suppression;

/// <summary>What one person says holds for their address, whoever else has it, and outlives them in the tables.</summary>
public sealed class AddressBookTests
{
    private static readonly string Once = TestCampaigns.Journey("  - id: mail\n    send: { email: hello, topic: offers }\n  - wait: { for: 5d }");
    private static readonly CustomerFacts Ann = new() { Email = "ann@example.com", EmailConsent = Consent.Granted };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Unsubscribe_HoldsForEveryCustomerOfTheAddress()
    {
        var shop = await OpenAsync(Once);
        await At(shop, "guest", 0, Ann).RunAsync(0.2);
        await At(shop, "account", 0.3, Ann).RunAsync(1);
        await Unsubscribe(shop, "guest", 2).RunAsync(70);
        Assert.All(new[] { "guest", "account" }, c => Assert.Equal(Consent.Refused, shop.Profile(c)!.Contact.EmailConsent));
        Assert.Empty(shop.Sender.Tries);
    }

    /// <summary>The message to the other customer is still under way when their mail is due: the address is asked all the same.</summary>
    [Fact]
    public async Task Claim_AsksTheAddress_BeforeTheCustomerHasHeard()
    {
        var shop = await OpenAsync(Once);
        await At(shop, "account", 0, Ann).RunAsync(1);
        await PutSuppressionAsync(shop, new(SuppressionReason.Unsubscribe, null, Day(1)));
        await shop.RunAsync(62);
        Assert.Equal(Consent.Granted, shop.Profile("account")!.Contact.EmailConsent);
        Assert.Equal((SendStatus.Withheld, "the address is suppressed"), (shop.Sends("account")[0].Status, shop.Sends("account")[0].Reason));
        Assert.Empty(shop.Sender.Tries);
    }

    [Fact]
    public async Task NewCustomer_OfASuppressedAddress_LearnsOfIt()
    {
        var shop = await OpenAsync(Once);
        await PutSuppressionAsync(shop, new(SuppressionReason.Complaint, null, Day(0)));
        await At(shop, "anew", 1, Ann).RunAsync(70);
        Assert.Equal((Consent.Refused, "complaint at this address"), (shop.Profile("anew")!.Contact.EmailConsent, shop.Profile("anew")!.Contact.ConsentSource));
        Assert.Empty(shop.Sender.Tries);
    }

    /// <summary>The rows of a customer are removed, and the same file is imported again: what they said still holds.</summary>
    [Fact]
    public async Task Import_AfterTheCustomersRowsAreGone_MailsNobody()
    {
        var shop = await OpenAsync(Once);
        await At(shop, "ann", 0, Ann).RunAsync(1);
        await Unsubscribe(shop, "ann", 2).RunAsync(3);
        foreach (var row in shop.Table(Tables.Customers).Where(r => r.Partition == "ann"))
        {
            await shop.Rows.CommitAsync(Tables.Customers, row.Partition, [RowChange.Delete(row.Key)], Cancellation);
        }

        // As a file says it: the consent of long ago, and one that names no moment.
        await At(shop, "ann", 0, Ann with { ConsentAt = Day(0) }, arrives: 4, id: "again-1").RunAsync(5);
        await At(shop, "ann", 0.5, Ann, arrives: 5, id: "again-2").RunAsync(80);
        Assert.Equal(Consent.Refused, shop.Profile("ann")!.Contact.EmailConsent);
        Assert.Empty(shop.Sender.Tries);
    }

    [Fact]
    public async Task Grant_SaidNowByThePerson_BringsMailBack()
    {
        var shop = await OpenAsync(Once);
        await At(shop, "ann", 0, Ann).RunAsync(1);
        await Unsubscribe(shop, "ann", 2).RunAsync(3);
        await At(shop, "ann", 4, Ann with { ConsentAt = Day(4) }, id: "back").RunAsync(70);
        Assert.Equal(["ann@example.com"], shop.Sender.Tries.Select(t => t.Email.To));
    }

    [Fact]
    public async Task ChangedAddress_LeavesTheOldOneSuppressed_AndTheCustomerRefused()
    {
        var shop = await OpenAsync(Once);
        await At(shop, "ann", 0, Ann).RunAsync(1);
        await Unsubscribe(shop, "ann", 2).RunAsync(3);
        await shop.Says("ann", 4, new() { Email = "new@example.com" }).RunAsync(5);
        await At(shop, "other", 6, Ann with { ConsentAt = Day(1) }, id: "other").RunAsync(80);
        Assert.Equal(Consent.Refused, shop.Profile("ann")!.Contact.EmailConsent);
        Assert.Equal(Consent.Refused, shop.Profile("other")!.Contact.EmailConsent);
        Assert.Empty(shop.Sender.Tries);
        Assert.Equal(["c-other", "suppression"], shop.Table(Tables.Addresses).Where(r => r.Partition == Name(shop, "ann@example.com")).Select(r => r.Key));
        Assert.Equal(["c-ann"], shop.Table(Tables.Addresses).Where(r => r.Partition == Name(shop, "new@example.com")).Select(r => r.Key));
    }

    [Fact]
    public async Task Rows_TellNobodysAddress()
    {
        var shop = await OpenAsync(Once);
        await At(shop, "c1", 0, Ann).RunAsync(1);
        await Unsubscribe(shop, "c1", 2).RunAsync(3);
        var text = string.Join(' ', shop.Table(Tables.Addresses).Select(r => $"{r.Partition} {r.Key} {string.Join(' ', r.Properties.Values)}"));
        Assert.NotEmpty(text);
        Assert.DoesNotContain("ann", text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task OneClick_EndsTheMailsTopicAlone()
    {
        var shop = await OpenAsync(Once);
        await At(shop, "ann", 0, Ann).RunAsync(61);
        await Unsubscribe(shop, "ann", 61, shop.Sends("ann")[0].Id, onlyItsTopic: true).RunAsync(62);
        Assert.Equal(Consent.Granted, shop.Profile("ann")!.Contact.EmailConsent);
        Assert.Equal(new TopicChoice(false, Day(61), "unsubscribe link"), shop.Profile("ann")!.Topics!["offers"]);
        Assert.Equal("offers", Assert.Single(shop.Facts(FactKinds.Unsubscribed)).Reason);
    }

    [Fact]
    public async Task Preferences_TheLatestWordOnEachTopicHolds()
    {
        var shop = await OpenAsync(Once);
        await At(shop, "ann", 0, Ann).RunAsync(1);
        await Choose(shop, "ann", 2, null, ("offers", false), ("news", false)).RunAsync(3);
        await Choose(shop, "ann", 4, null, ("news", true)).RunAsync(62);
        Assert.Equal((false, true), (shop.Profile("ann")!.Topics!["offers"].Wanted, shop.Profile("ann")!.Topics!["news"].Wanted));
        Assert.Equal("unsubscribed from the topic", Assert.Single(shop.Sends("ann")).Reason);
    }

    [Fact]
    public async Task Preferences_AllOfItAndBack()
    {
        var shop = await OpenAsync(Once);
        await At(shop, "ann", 0, Ann).RunAsync(1);
        await Choose(shop, "ann", 2, false).RunAsync(3);
        Assert.Equal(Consent.Refused, shop.Profile("ann")!.Contact.EmailConsent);
        await Choose(shop, "ann", 4, true, ("offers", true)).RunAsync(62);
        Assert.Equal((Consent.Granted, "preferences"), (shop.Profile("ann")!.Contact.EmailConsent, shop.Profile("ann")!.Contact.ConsentSource));
        Assert.Single(shop.Sender.Tries);
    }

    private static TestShop At(TestShop shop, string customer, double day, CustomerFacts facts, double? arrives = null, string? id = null) => shop.Arrives(
        new(new Order { OrderId = id ?? $"{customer}-{day}", CustomerId = customer, OrderedAt = Day(day), Amount = 10 },
            facts with { ConsentAt = facts.ConsentAt ?? Day(day) }), arrives ?? day);

    private static TestShop Unsubscribe(TestShop shop, string customer, double day, string? send = null, bool onlyItsTopic = false) =>
        Tell(shop, day, new Unsubscribed { CustomerId = customer, At = Day(day), SendId = send, OnlyItsTopic = onlyItsTopic });

    private static TestShop Choose(TestShop shop, string customer, double day, bool? marketing, params (string Topic, bool Wanted)[] topics) => Tell(
        shop, day, new PreferencesChosen { CustomerId = customer, At = Day(day), Marketing = marketing, Topics = topics.ToDictionary(t => t.Topic, t => t.Wanted) });

    private static TestShop Tell(TestShop shop, double day, CustomerMessage message) =>
        shop.Happens(day, new($"told-{day}", JsonSerializer.Serialize(message, SegueJson.Default.CustomerMessage)), Queues.Customers);

    private static string Name(TestShop shop, string email) => new AddressNames(shop.Names).Of(email);

    private static async Task PutSuppressionAsync(TestShop shop, SuppressionEntry entry) => await shop.Rows.CommitAsync(
        Tables.Addresses, Name(shop, "ann@example.com"),
        [RowChange.Upsert("suppression", RowJson.Pack(AddressSuppression.None.With(entry), SegueJson.Default.AddressSuppression))], Cancellation);
}
