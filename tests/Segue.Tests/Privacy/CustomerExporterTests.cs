using System.Text.Json;
using System.Text.Json.Nodes;
using Segue.Customers;
using Segue.Email.Suppression;
using Segue.Events;
using Segue.Measurement;
using Segue.Ports;
using Segue.Storage;
using Segue.Tests.Support;
using static Segue.Tests.Support.TestShop;

namespace Segue.Tests.Privacy;

/// <summary>What a customer is shown of themselves: all of it, and nothing of anybody else.</summary>
public sealed class CustomerExporterTests
{
    private static readonly string Once = TestCampaigns.Journey("  - id: mail\n    send: { email: hello, topic: offers }\n  - wait: { for: 5d }");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>In the middle of the journey, after it, and with the mail still to come.</summary>
    [Theory]
    [InlineData(30)]
    [InlineData(62)]
    [InlineData(80)]
    public async Task Export_HasEveryRowOfTheCustomer_Whole(double day)
    {
        var shop = await ShopAsync(day);

        var export = await shop.Engine.Exports.ExportAsync("ann", Cancellation);

        var shown = Values(export!);
        var kept = shop.Table(Tables.Customers).Where(r => r.Partition == CustomerRows.Partition("ann")).ToList();
        Assert.Equal(kept.Count, shown.Count);
        Assert.All(kept, row => Assert.Contains(shown, value => Matches(row, value)));
    }

    [Fact]
    public async Task Export_PutsEachKindUnderItsName()
    {
        var shop = await ShopAsync(80);

        var export = (await shop.Engine.Exports.ExportAsync("ann", Cancellation))!;

        Assert.Equal("ann", (string?)export["customerId"]);
        Assert.Equal(shop.Now, export["exportedAt"]!.GetValue<DateTimeOffset>());
        Assert.Equal("ann@example.com", (string?)export["profile"]!["contact"]!["email"]);
        Assert.Equal("ann-0", (string?)Assert.Single(export["orders"]!.AsArray())!["orderId"]);
        Assert.Equal("viewed", (string?)Assert.Single(export["events"]!.AsArray())!["name"]);
        Assert.Single(export["mails"]!.AsArray());
        Assert.Single(export["journeys"]!.AsArray());
        Assert.Empty(export["suppression"]!["entries"]!.AsArray());
    }

    [Fact]
    public async Task Export_ShowsNothingOfAnybodyElse()
    {
        var shop = await ShopAsync(80);
        var text = (await shop.Engine.Exports.ExportAsync("ann", Cancellation))!.ToJsonString();
        Assert.DoesNotContain("bob", text, StringComparison.Ordinal);
        Assert.Contains("bob", (await shop.Engine.Exports.ExportAsync("bob", Cancellation))!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_OfARowOfUnknownKind_LeavesNothingOut()
    {
        var shop = await ShopAsync(1);
        var properties = new Dictionary<string, object>
        {
            ["at"] = Day(0), ["bytes"] = new byte[] { 1, 2 }, ["flag"] = true, ["int"] = 7, ["long"] = 8L, ["double"] = 0.5, ["text"] = "kept",
        };
        await shop.Rows.CommitAsync(Tables.Customers, "ann", [RowChange.Upsert("zzz-later", properties)], Cancellation);

        var export = (await shop.Engine.Exports.ExportAsync("ann", Cancellation))!;

        var other = export["other"]!.AsArray().Single(o => (string?)o!["row"] == "zzz-later")!["value"]!;
        Assert.Equal(("kept", "AQI=", 7, 8L, 0.5, true), (
            (string?)other["text"], (string?)other["bytes"], (int)other["int"]!, (long)other["long"]!, (double)other["double"]!, (bool)other["flag"]!));
        Assert.Equal(Day(0), other["at"]!.GetValue<DateTimeOffset>());
    }

    [Fact]
    public async Task Export_OfASuppressedAddress_SaysWhy()
    {
        var shop = await ShopAsync(1);
        var suppression = AddressSuppression.None.With(new(SuppressionReason.Complaint, null, Day(0.5)));
        await shop.Rows.CommitAsync(
            Tables.Addresses, new AddressNames(shop.Names).Of("ann@example.com"),
            [RowChange.Upsert("suppression", RowJson.Pack(suppression, SegueJson.Default.AddressSuppression))], Cancellation);

        var export = (await shop.Engine.Exports.ExportAsync("ann", Cancellation))!;

        Assert.Equal("complaint", (string?)Assert.Single(export["suppression"]!["entries"]!.AsArray())!["reason"]);
    }

    [Fact]
    public async Task Export_WithoutAnAddress_HasNoSuppression()
    {
        var shop = await OpenAsync(Once);
        await shop.Says("quiet", 0, new CustomerFacts { Name = "Quiet" }).RunAsync(1);
        var export = (await shop.Engine.Exports.ExportAsync("quiet", Cancellation))!;
        Assert.Null(export["suppression"]);
        Assert.Equal("Quiet", (string?)export["profile"]!["contact"]!["name"]);
    }

    [Fact]
    public async Task Export_HasWhatStandsElsewhere_FactsInterestsAndVisitors()
    {
        var shop = await OpenAsync(Once);
        shop.Order("ann", 0).Order("bob", 0);
        shop.Event("ann", 0.5, "viewed", change: e => e with { ProductId = "lamp" }).Event("bob", 0.5, "viewed", change: e => e with { ProductId = "desk" });
        shop.Happens(0.6, new VisitorSignedIn { CustomerId = "ann", Visitor = "device-7", ArrivedAt = Day(0.6) }.ToBus("in"));
        await shop.RunAsync(70);

        var export = (await shop.Engine.Exports.ExportAsync("ann", Cancellation))!;

        var facts = export["facts"]!.AsArray();
        Assert.Equal(
            shop.Table(Tables.Facts).Where(r => r.Key.StartsWith("ann~", StringComparison.Ordinal)).Select(r => JsonNode.Parse(RowJson.Text(r)!)).OrderBy(Order),
            facts.OrderBy(Order),
            JsonNode.DeepEquals);
        Assert.Contains(facts, f => (string?)f!["kind"] == FactKinds.Sent);
        Assert.Equal("product~lamp", (string?)Assert.Single(export["interests"]!.AsArray())!["of"]);
        Assert.Equal("device-7", (string?)Assert.Single(export["visitors"]!.AsArray())!["visitor"]);

        static (string?, string?, string?) Order(JsonNode? fact) => ((string?)fact!["at"], (string?)fact["kind"], (string?)fact["name"]);
    }

    [Fact]
    public async Task Export_OfACallThatWasMade_SaysByWhomAndWithWhatOutcome()
    {
        var shop = await OpenAsync(TestCampaigns.Journey(
            "  - call: { queue: accounts, reason: \"Ask\", due: 3d, outcomes: [reached] }\n    reached: [ { end: { reason: reached } } ]\n    expired: [ { end: { reason: expired } } ]", enter: "event: go"));
        shop.Order("ann", 0).Says("ann", 0.1, new() { Phone = "+41 44 000 00 00", PhoneConsent = Consent.Granted }).Event("ann", 1, "go");
        await shop.RunAsync(2);
        var call = Assert.Single((await shop.Engine.Calls.ReadAsync("accounts", null, Cancellation)).Calls);
        await shop.Engine.Calls.AnswerAsync(call.Id, "reached", "Kim", Cancellation);
        await shop.RunAsync(3);

        var end = Assert.Single((await shop.Engine.Exports.ExportAsync("ann", Cancellation))!["calls"]!.AsArray())!["end"]!;
        Assert.Equal(("reached", "Kim"), ((string?)end["outcome"], (string?)end["by"]));
    }

    [Fact]
    public async Task Export_OfNobody_IsNull() => Assert.Null(await (await OpenAsync(Once)).Engine.Exports.ExportAsync("nobody", Cancellation));

    private static async Task<TestShop> ShopAsync(double day)
    {
        var shop = await OpenAsync(Once);
        foreach (var customer in new[] { "ann", "bob" })
        {
            shop.Order(customer, 0).Event(customer, 0.5, "viewed");
        }

        await shop.RunAsync(day);
        return shop;
    }

    private static List<JsonNode?> Values(JsonObject export) =>
    [
        export["profile"],
        .. new[] { "orders", "events", "journeys", "mails", "discountCodes" }.SelectMany(s => export[s]!.AsArray()),
        .. export["other"]!.AsArray().Select(o => o!["value"]),
    ];

    private static bool Matches(Row row, JsonNode? value) => RowJson.Text(row) is { } json
        ? JsonNode.DeepEquals(JsonNode.Parse(json), value)
        : row.Properties.All(p => JsonNode.DeepEquals(JsonSerializer.SerializeToNode(p.Value), value![p.Key]));
}
