using Segue.Customers;
using Segue.Email;
using Segue.Email.Suppression;
using Segue.Events;
using Segue.Measurement;
using Segue.Measurement.Reports;
using Segue.Messaging;
using Segue.Orders;
using Segue.Ports;
using Segue.Privacy;
using Segue.Simulation;
using Segue.Storage;
using Segue.Tests.Support;
using static Segue.Tests.Support.TestShop;

namespace Segue.Tests.Privacy;

/// <summary>Who is forgotten: every byte of them goes, whatever is on its way is turned away, and who comes again begins anew.</summary>
public sealed class CustomerEraserTests
{
    private const string Ann = "gid://shop/ann-of-old", Box = "ann.box@example.com", Phone = "+41 44 555 11 22", Name = "Ann Umlaut";

    /// <summary>By then nothing can be on its way any more, and the reports have been rolled up since.</summary>
    private const double Gone = 2.2;

    private static readonly TestCampaigns Everything = new()
    {
        Files = new Dictionary<string, string> { ["emails/give.hbs"] = "---\nsubject: For you\n---\n<p>{{offer.code}}</p>" },
        Journeys =
        [
            TestCampaigns.Journey("  - id: give\n    send: { email: give, topic: offers }\n    offer: { percent: 15, validFor: 300d, budget: { codes: 5 } }\n  - wait: { for: 100d }", id: "own", head: "goal: { event: order, within: 30d }"),
            TestCampaigns.Journey("  - id: pooled\n    send: { email: give, topic: offers }\n    offer: { percent: 15, validFor: 300d, codes: { pool: summer } }", id: "pool"),
            TestCampaigns.Journey(
                "  - call: { queue: accounts, reason: \"Ask\", due: 3d, outcomes: [reached] }\n    reached: [ { wait: { for: 200d } } ]\n    expired: [ { wait: { for: 3d } } ]",
                enter: "event: go", id: "calls"),
            TestCampaigns.Journey("  - limit: { count: 1, per: 1d }\n  - id: limited\n    send: { email: hello, topic: offers }", enter: "event: go", id: "few"),
        ],
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Before anything was sent, in the middle of every journey, and after most.</summary>
    [Theory]
    [InlineData(0.7)]
    [InlineData(1.5)]
    [InlineData(60.5)]
    [InlineData(64)]
    [InlineData(130)]
    public async Task Erase_AtAnyTime_LeavesNothingInAnyTable(double day)
    {
        var shop = await ShopAsync(day);
        var codes = shop.Codes(Ann).Where(c => c.Pool is null).Select(c => c.Code).ToList();
        Assert.True(Traces.Of(shop.Rows, Words(codes)).Count > 10);

        await Erase(shop, day).RunAsync(day + 0.001);

        var left = shop.Rows.AllRows().Where(r => r.Table == Tables.Customers && r.Row.Partition == CustomerRows.Partition(Ann)).Select(r => r.Row.Key).ToList();
        Assert.All(left, key => Assert.True(key == CustomerRows.Profile || key.StartsWith(CustomerRows.Erasures, StringComparison.Ordinal), key));
        Assert.True(shop.Profile(Ann)!.IsTombstone);
        Assert.Equal(new CustomerFacts(), shop.Profile(Ann)!.Contact);
        Assert.Null(await shop.Engine.Exports.ExportAsync(Ann, Cancellation));

        await shop.RunAsync(day + Gone);
        Assert.Equal([], Traces.Of(shop.Rows, Words(codes)));
        Assert.Equal(shop.Profile("bob")!.Purchases.Orders, shop.Orders("bob").Count);
    }

    [Fact]
    public async Task Erase_OfOne_TouchesNobodyElse()
    {
        var (with, without) = (await ShopAsync(64), await ShopAsync(64));
        await Erase(with, 64).RunAsync(70);
        await without.RunAsync(70);
        Assert.Equal(Of(without), Of(with));

        static IEnumerable<string> Of(TestShop shop) => shop.Rows.AllRows()
            .Where(r => r.Table is Tables.Customers or Tables.Summaries or Tables.Interest or Tables.Orders or Tables.Addresses)
            .Where(r => Traces.Text(r.Row).Contains("bob", StringComparison.Ordinal)).Select(r => $"{r.Table} {Traces.Text(r.Row)}");
    }

    [Fact]
    public async Task Erase_FiguresStayRight_AndNobodyIsNamedInThem()
    {
        var shop = await ShopAsync(64);
        await shop.Engine.RollUpReportsAsync(Cancellation);
        var before = await OverviewAsync(shop);
        await Erase(shop, 64).RunAsync(64 + Gone);

        var after = await OverviewAsync(shop);
        Assert.Equal((before.Segments["everyone"].Customers - 1, shop.Profile("bob")!.Purchases.TotalSpend), (after.Segments["everyone"].Customers, after.Segments["everyone"].Revenue));
        Assert.Equal(before.Journeys["own"].Sent, after.Journeys["own"].Sent);
        Assert.Equal(before.Journeys["own"].UnderWay - 1, after.Journeys["own"].UnderWay);
        Assert.Contains(before.Lately, m => m.CustomerId == Ann);
        Assert.All(after.Lately, m => Assert.Equal("bob", m.CustomerId));

        // Made anew from the facts they are the same: nothing that counts was lost with the name.
        await shop.Engine.RebuildReportsAsync(DateOnly.FromDateTime(Start.UtcDateTime), Cancellation);
        var anew = await OverviewAsync(shop);
        Assert.Equal(after.Journeys, anew.Journeys);
        Assert.Equal(after.Segments["everyone"].Revenue, anew.Segments["everyone"].Revenue);
    }

    /// <summary>A file of the same orders, consent and all, an hour after the erasure and a week after it.</summary>
    [Theory]
    [InlineData(0.05)]
    [InlineData(7)]
    public async Task Erase_ThenReimportTheSameFile_NobodyIsMailed(double later)
    {
        var shop = await OpenAsync(TestCampaigns.TwoSteps());
        var orders = Enumerable.Range(0, 3).Select(i => new Order { OrderId = $"o{i}", CustomerId = Ann, OrderedAt = Day(i), Amount = 10 }).ToList();
        var facts = new CustomerFacts { Email = Box, EmailConsent = Consent.Granted, ConsentAt = Day(0) };
        await shop.RunAsync(3);
        await shop.Engine.Import.ImportAsync(Ann, facts, orders, Cancellation);
        await Erase(shop, 10).RunAsync(10 + later);

        await shop.Engine.Import.ImportAsync(Ann, facts, orders, Cancellation);
        await shop.Engine.Import.ImportAsync("another-id", facts, [orders[0] with { CustomerId = "another-id", OrderId = "o9" }], Cancellation);
        await shop.RunAsync(200);

        Assert.Empty(shop.Sender.Tries);
        Assert.Equal((3, Consent.Refused), (shop.Profile(Ann)!.Purchases.Orders, shop.Profile(Ann)!.Contact.EmailConsent));
        Assert.Null(shop.Profile(Ann)!.Erased);
    }

    [Fact]
    public async Task Erase_OfWhomIsWantedAgainByTheirOwnWord_MailsThemAgain()
    {
        var shop = await OpenAsync(TestCampaigns.TwoSteps());
        await Erase(Buys(shop, 0), 10).RunAsync(11);
        Buys(shop, 12);
        shop.Says(Ann, 12.1, new() { EmailConsent = Consent.Granted, ConsentAt = Day(12.1) });
        await shop.RunAsync(80);
        Assert.Equal([(Ann, "first", 72.0)], shop.Sent());
    }

    [Fact]
    public async Task Erase_WhatWasOnItsWay_IsTurnedAway()
    {
        var shop = await OpenAsync(TestCampaigns.TwoSteps());
        await Erase(Buys(shop, 0), 10).RunAsync(11);
        Arrives(shop, "late", accepted: 9.9, delivered: 11.5);
        shop.Happens(11.6, EventArrived.ToBus(new() { EventId = "late-event", CustomerId = Ann, Name = "viewed", At = Day(9), ProductId = "p" }, Day(9.9)));
        shop.Happens(11.7, OrderMessages.Changed(Ann, new() { Name = Name }, Day(9.95)));
        SignIn(shop, 11.8, accepted: 9.9);
        shop.Happens(11.9, new WakeUp { CustomerId = Ann, At = Day(11.9), Why = "evaluate" }.ToBus("wake"));
        await shop.RunAsync(13);
        Assert.Equal([], Traces.Of(shop.Rows, Words([])));
        Assert.Empty(shop.Sender.Tries);
    }

    [Fact]
    public async Task Erase_ThenOrder_IsANewBeginningWithoutAPast()
    {
        var shop = await OpenAsync(Everything);
        await Erase(Buys(shop, 0), 62).RunAsync(62.1);
        var old = shop.Sender.Tries.Select(t => t.Email.SendId).ToHashSet();
        Assert.NotEmpty(old);
        Arrives(shop, "o-new", accepted: 62.2, delivered: 62.2, consentAt: 62.2);
        await shop.RunAsync(130);

        var profile = shop.Profile(Ann)!;
        Assert.Equal((1, 10m, null, false), (profile.Purchases.Orders, profile.Purchases.TotalSpend, profile.Erased, profile.IsTombstone));
        Assert.Equal(Ann, shop.Summary(Ann)!.CustomerId);
        Assert.DoesNotContain(shop.Sends(Ann), s => old.Contains(s.Id));
        Assert.Contains(shop.Sends(Ann), s => s is { Step: "give", Status: SendStatus.Accepted, DueAt: var at } && at == Day(122.2));
        Assert.Equal([], Traces.Of(shop.Rows, ["annorder"]));
        Assert.DoesNotContain(shop.Rows.AllRows(), r => r.Row.Key.StartsWith(CustomerRows.Erasures, StringComparison.Ordinal));
        Assert.All(shop.Facts(FactKinds.Stood, Ann), f => Assert.True(f.At >= Day(62.2)));
    }

    [Fact]
    public async Task Erase_BetweenAMailsDecisionAndItsClaim_MailsNobody()
    {
        var shop = await OpenAsync(TestCampaigns.TwoSteps());
        Buys(shop, 0);
        await shop.RunAsync(59);
        var erased = false;
        shop.Store.BeforeCommit = (table, _, changes) =>
        {
            if (!erased && table == Tables.Customers && changes.Any(c => RowOf(c) is { Status: SendStatus.Attempting }))
            {
                erased = true;
                EraseNow(shop);
            }
        };
        await shop.RunAsync(64);
        Assert.True(erased);
        Assert.Empty(shop.Sender.Tries);
        Assert.Equal([], Traces.Of(shop.Rows, Words([])));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Erase_BetweenAClaimAndItsSend_LetsThatOneGoAndKeepsNothingOfIt(bool unknown)
    {
        var shop = await OpenAsync(TestCampaigns.TwoSteps());
        Buys(shop, 0);
        shop.Sender.Answer = _ =>
        {
            EraseNow(shop);
            return unknown ? new SendAnswer.Unknown("who knows") : new SendAnswer.Accepted();
        };
        await shop.RunAsync(80);
        Assert.Single(shop.Sender.Tries);
        Assert.Equal([], Traces.Of(shop.Rows, Words([])));
        Assert.Equal("", Assert.Single(shop.Facts(FactKinds.Unknown)).CustomerId);
    }

    [Fact]
    public async Task Erase_Suppression_StaysUnderTheAddressesNameAlone()
    {
        var shop = await OpenAsync(TestCampaigns.TwoSteps());
        await Erase(Buys(shop, 0), 10).RunAsync(13);
        var row = Assert.Single(shop.Table(Tables.Addresses));
        Assert.Equal((new AddressNames(shop.Names).Of(Box), "suppression"), (row.Partition, row.Key));
        var entry = Assert.Single(RowJson.Unpack(row, SegueJson.Default.AddressSuppression).Entries);
        Assert.Equal(new SuppressionEntry(SuppressionReason.Unsubscribe, null, Day(10)), entry);
    }

    [Fact]
    public async Task Erase_TwiceAndOfNobody_IsOnce()
    {
        var shop = await OpenAsync(TestCampaigns.TwoSteps());
        Erase(Erase(Buys(shop, 0), 10), 10.0001);
        Erase(shop, 11);
        shop.Happens(11, ErasureIntake.Message("nobody", Day(11)));
        await shop.RunAsync(14);
        Assert.Equal([], Traces.Of(shop.Rows, Words(["nobody"])));
        Assert.Equal(1, shop.Facts(FactKinds.Stood).Count(f => f.After is null));
    }

    [Fact]
    public async Task Erase_OfWhomAnOrderWasTakenFrom_NamesThemInNoClaim()
    {
        var shop = await OpenAsync(TestCampaigns.TwoSteps());
        Arrives(shop, "moves", accepted: 1, delivered: 1);
        shop.Arrives(new(new() { OrderId = "moves", CustomerId = "bob", OrderedAt = Day(1), UpdatedAt = Day(2), Amount = 10 }, new() { Name = "Bob" }), 2);
        await Erase(shop, 3).RunAsync(6);
        Assert.Equal([], Traces.Of(shop.Rows, [Ann, Box]));
        Assert.Equal("bob", Assert.Single(shop.Table(Tables.Orders)).Properties["customer"]);
        Assert.Single(shop.Orders("bob"));
    }

    [Fact]
    public async Task Erase_OfWhatAnEarlierVersionOfAnOrderNamed_IsForgottenThereToo()
    {
        var shop = await OpenAsync(TestCampaigns.TwoSteps());
        Arrives(shop, "o", accepted: 1, delivered: 1, product: "first-thought");
        Arrives(shop, "o", accepted: 2, delivered: 2, product: "second-thought", updatedAt: 2);
        await shop.RunAsync(3);
        Assert.Equal(3, shop.Table(Tables.Interest).Count);
        await Erase(shop, 3).RunAsync(6);
        Assert.Empty(shop.Table(Tables.Interest));
    }

    [Fact]
    public async Task Erase_OfManyRows_TakesAsManyBatchesAsItNeeds()
    {
        var shop = await OpenAsync(TestCampaigns.TwoSteps());
        for (var i = 0; i < 250; i++)
        {
            Arrives(shop, $"many-{i}", accepted: 1 + (i / 1000.0), delivered: 1 + (i / 1000.0), product: $"p{i}");
        }

        await Erase(shop, 3).RunAsync(6);
        Assert.Equal([], Traces.Of(shop.Rows, [Ann, Box, "many-"]));
        Assert.Empty(shop.Table(Tables.Orders));
    }

    /// <summary>At every write of an erasure in turn the process dies; the next delivery goes on from there.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Erase_BrokenOffAtAnyWrite_IsGoneOnWith(bool done)
    {
        for (var at = done ? 1 : 3; at < 60; at += 5)
        {
            var shop = await ShopAsync(1.5);
            var count = 0;
            Action<string, string, IReadOnlyList<RowChange>> fail = (_, _, _) =>
            {
                if (++count == at)
                {
                    throw new InvalidOperationException("died");
                }
            };
            if (done)
            {
                shop.Store.AfterCommit = fail;
            }
            else
            {
                shop.Store.BeforeCommit = fail;
            }

            shop.Strict = false;
            await Erase(shop, 1.5).RunAsync(1.5 + Gone);
            Assert.Equal([], Traces.Of(shop.Rows, Words([])));
        }
    }

    private static IEnumerable<string> Words(IEnumerable<string> codes) =>
        [Ann, "ann-of-old", Box, "ann.box", Phone, Name, "annorder", "o-gone", "annview", "ann-device", .. codes];

    private static Send? RowOf(RowChange change) => change.Properties is not null && change.Key.StartsWith(CustomerRows.OpenSends, StringComparison.Ordinal)
        ? RowJson.Unpack(new Row("", change.Key, "", change.Properties), SegueJson.Default.Send) : null;

    private static TestShop Erase(TestShop shop, double day) => shop.Happens(day, ErasureIntake.Message(Ann, Day(day)));

    private static void EraseNow(TestShop shop) => shop.Engine.Queues.Single(q => q.Name == "HandleCustomer")
        .Handle(ErasureIntake.Message(Ann, shop.Now).Body, Cancellation).GetAwaiter().GetResult();

    private static TestShop Buys(TestShop shop, double day) => Arrives(shop, $"annorder-{day}", day, day);

    private static TestShop Arrives(
        TestShop shop, string id, double accepted, double delivered, string product = "p", double? updatedAt = null, double? consentAt = null)
    {
        var order = new Order
        {
            OrderId = id, CustomerId = Ann, OrderedAt = Day(Math.Min(accepted, 1000)), Amount = 10, UpdatedAt = updatedAt is { } u ? Day(u) : null,
            Items = [new OrderItem { ProductId = product, Name = product, Category = "annview-category", Quantity = 1, Price = 10 }],
        };
        order = updatedAt is null ? order : order with { OrderedAt = Day(1) };
        var facts = new CustomerFacts { Email = Box, EmailConsent = Consent.Granted, ConsentAt = consentAt is { } c ? Day(c) : null, Name = Name };
        return shop.Happens(delivered, OrderMessages.Arrived(new(order, facts), Day(accepted)));
    }

    private static void SignIn(TestShop shop, double day, double accepted) => shop.Happens(
        day, new VisitorSignedIn { CustomerId = Ann, Visitor = "ann-device", ArrivedAt = Day(accepted) }.ToBus($"in-{day}"));

    private static async Task<OverviewRow> OverviewAsync(TestShop shop) => (await new ReportStore(shop.Rows).OverviewAsync(Cancellation))!;

    /// <summary>Ann and Bob, with something in every table.</summary>
    private static async Task<TestShop> ShopAsync(double day)
    {
        var shop = await OpenAsync(Everything);
        foreach (var code in new[] { "S-1", "S-2", "S-3" })
        {
            await shop.Engine.Pools.AddAsync("summer", code, Cancellation);
        }

        Buys(shop, 0).Order("bob", 0);
        Arrives(shop, "o-gone", 0.1, 0.1);
        shop.Says(Ann, 0.2, new() { Phone = Phone, PhoneConsent = Consent.Granted });
        shop.Happens(0.3, new VisitorEvent
        {
            CustomerId = Visitors.IdOf("ann-device"), ArrivedAt = Day(0.3),
            Event = new() { EventId = "annview", CustomerId = Visitors.IdOf("ann-device"), Name = "viewed", At = Day(0.3), ProductId = "looked-at" },
        }.ToBus("annview"));
        SignIn(shop, 0.4, 0.4);
        shop.Happens(0.5, EventArrived.ToBus(new() { EventId = "annview-go", CustomerId = Ann, Name = "go", At = Day(0.5) }, Day(0.5)));
        shop.Event("bob", 0.5, "go", change: e => e with { Attributes = null });
        await shop.RunAsync(Math.Min(day, 0.6));
        if (day > 1)
        {
            await shop.RunAsync(1);
            var call = (await shop.Engine.Calls.ReadAsync("accounts", null, Cancellation)).Calls.Single();
            await shop.Engine.Calls.AnswerAsync(call.Id, "reached", "Kim", Cancellation);
        }

        await shop.RunAsync(day);
        return shop;
    }
}
