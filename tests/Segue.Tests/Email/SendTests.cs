using Segue.Customers;
using Segue.Email;
using Segue.Measurement;
using Segue.Messaging;
using Segue.Ports;
using Segue.Storage;
using Segue.Tests.Support;
using static Segue.Tests.Support.TestShop;

namespace Segue.Tests.Email;

/// <summary>Every way that a mail can go, and that none goes twice.</summary>
public sealed class SendTests
{
    private static readonly string Once = TestCampaigns.Journey("  - id: mail\n    send: { email: hello, topic: offers }\n  - wait: { for: 5d }");

    [Fact]
    public async Task Accepted_IsSettledOnce()
    {
        var shop = await OpenAsync(Once);
        await shop.Order("a", 0).RunAsync(63);
        var send = Assert.Single(shop.Sends("a"));
        Assert.Equal((SendStatus.Accepted, Day(60), Day(60)), (send.Status, send.ClaimedAt, send.SettledAt));
        var email = Assert.Single(shop.Sender.Tries).Email;
        Assert.Equal((send.Id, "a@example.com", "Hello"), (email.SendId, email.To, email.Subject));
        Assert.Equal(["journey", "mail"], email.Categories);
        AssertNothingOpen(shop);
    }

    [Theory]
    [InlineData("skip", "completed")]
    [InlineData("exit", "hello refused")]
    public async Task Rejected_GoesOnOrExitsAsTheStepSays(string onFail, string reason)
    {
        var shop = await OpenAsync(TestCampaigns.Journey($$"""
              - id: mail
                send: { email: hello, topic: offers, onFail: {{onFail}} }
              - wait: { for: 5d }
              - id: second
                send: { email: hello }
            """));
        shop.Sender.Answer = _ => new SendAnswer.Rejected("no such box");
        await shop.Order("a", 0).RunAsync(70);
        Assert.Equal(reason, Assert.Single(shop.Ended("a")).EndReason);
        Assert.All(shop.Sends("a"), s => Assert.Equal((SendStatus.Rejected, "no such box"), (s.Status, s.Reason)));
        Assert.Equal(onFail == "skip" ? 2 : 1, shop.Facts(FactKinds.Rejected).Count);
        Assert.Empty(shop.Facts(FactKinds.Sent));
    }

    [Fact]
    public async Task TryAfter_IsTriedAgainThenUnderTheSameId()
    {
        var shop = await OpenAsync(Once);
        var answers = new Queue<SendAnswer>(
            [new SendAnswer.TryAfter(TimeSpan.FromMinutes(3), "busy"), new SendAnswer.TryAfter(TimeSpan.FromHours(5), "busy"), new SendAnswer.Accepted()]);
        shop.Sender.Answer = _ => answers.Dequeue();
        await shop.Order("a", 0).RunAsync(62);
        Assert.Equal(
            [Day(60), Day(60).AddMinutes(3), Day(60).AddMinutes(303)], shop.Sender.Tries.Select(t => t.At));
        Assert.Single(shop.Sender.Tries.Select(t => t.Email.SendId).Distinct());
        Assert.Equal(SendStatus.Accepted, Assert.Single(shop.Sends("a")).Status);
        Assert.Single(shop.Facts(FactKinds.Sent));
    }

    [Fact]
    public async Task Unknown_IsNeverTriedAgainAndSettledAfterADay()
    {
        var shop = await OpenAsync(Once);
        shop.Sender.Answer = _ => new SendAnswer.Unknown("timed out");
        await shop.Order("a", 0).RunAsync(60.99);
        Assert.Equal((SendStatus.Unknown, null, "timed out"), (shop.Sends("a")[0].Status, shop.Sends("a")[0].SettledAt, shop.Sends("a")[0].Reason));
        await shop.RunAsync(61.01);
        Assert.Equal((SendStatus.Unknown, Day(61)), (Assert.Single(shop.Sends("a")).Status, shop.Sends("a")[0].SettledAt));
        Assert.Single(shop.Sender.Tries);
        Assert.Equal("timed out", Assert.Single(shop.Facts(FactKinds.Unknown)).Reason);
        AssertNothingOpen(shop);
    }

    [Fact]
    public async Task Throws_TheNextDeliveryFindsAClaimAndCallsItUnknown()
    {
        var shop = await OpenAsync(Once);
        shop.Strict = false;
        shop.Sender.Answer = _ => throw new InvalidOperationException("a bug in the adapter");
        await shop.Order("a", 0).RunAsync(62);
        Assert.Equal(SendStatus.Unknown, Assert.Single(shop.Sends("a")).Status);
        Assert.Single(shop.Sender.Tries);
        AssertNothingOpen(shop);
    }

    [Theory]
    [InlineData(null, SendStatus.Unknown, 1)]
    [InlineData(true, SendStatus.Accepted, 1)]
    [InlineData(false, SendStatus.Accepted, 2)]
    public async Task CrashBetweenClaimAndAnswer_AsksTheSenderWhatItHas(bool? has, SendStatus status, int tries)
    {
        var shop = await OpenAsync(Once);
        shop.Strict = false;
        shop.Sender.Answer = _ => shop.Sender.Tries.Count == 1 ? throw new OperationCanceledException("stopped") : new SendAnswer.Accepted();
        shop.Sender.WasAccepted = _ => has;
        await shop.Order("a", 0).RunAsync(62);
        Assert.Equal(status, Assert.Single(shop.Sends("a")).Status);
        Assert.Equal(tries, shop.Sender.Tries.Count);
        AssertNothingOpen(shop);
    }

    [Fact]
    public async Task CrashWhoseMessageIsGone_IsSettledADayLaterAllTheSame()
    {
        var shop = await OpenAsync(Once);
        shop.Sender.Answer = _ => throw new OperationCanceledException("stopped");
        await Assert.ThrowsAsync<OperationCanceledException>(() => shop.Order("a", 0).RunAsync(60.5));
        Assert.Equal(SendStatus.Attempting, Assert.Single(shop.Sends("a")).Status);
        await shop.RunAsync(64);
        Assert.Equal(SendStatus.Unknown, Assert.Single(shop.Sends("a")).Status);
        Assert.Single(shop.Sender.Tries);
        AssertNothingOpen(shop);
    }

    [Fact]
    public async Task AnswerCantBeWritten_IsTriedHardAndThenUnknown()
    {
        var shop = await OpenAsync(Once);
        var failing = 0;
        shop.Sender.Answer = _ =>
        {
            failing = 3;
            return new SendAnswer.Accepted();
        };
        shop.Store.BeforeCommit = (table, _, _) =>
        {
            if (table == Tables.Customers && failing-- > 0)
            {
                throw new PortUnavailableException("busy");
            }
        };
        await shop.Order("a", 0).RunAsync(62);
        Assert.Equal(SendStatus.Accepted, Assert.Single(shop.Sends("a")).Status);
        Assert.Single(shop.Sender.Tries);
    }

    [Fact]
    public async Task EffectsOfTheAnswerFailOnce_GoOutWithTheNextTry()
    {
        var shop = await OpenAsync(Once);
        var failing = 0;
        shop.Sender.Answer = _ =>
        {
            failing = 1;
            return new SendAnswer.Accepted();
        };
        shop.Store.BeforeCommit = (table, _, _) =>
        {
            if (table == Tables.Facts && failing-- > 0)
            {
                throw new PortUnavailableException("busy");
            }
        };
        await shop.Order("a", 0).RunAsync(60.001);
        Assert.Single(shop.Facts(FactKinds.Sent));
        Assert.DoesNotContain(shop.Table(Tables.Customers), r => r.Key.StartsWith(Outbox.Prefix, StringComparison.Ordinal));
    }

    [Fact]
    public async Task SentTwiceByTheQueue_GoesOnce()
    {
        var shop = await OpenAsync(Once);
        await shop.Order("a", 0).RunAsync(60.5);
        var id = shop.Sends("a")[0].Id;
        await shop.Happens(60.6, SendMessages.Of("a", id, Day(60), null), Queues.Emails)
            .Happens(60.6, SendMessages.Of("a", "no-such-send", Day(60), null), Queues.Emails).RunAsync(61);
        Assert.Single(shop.Sender.Tries);
    }

    [Fact]
    public async Task OnTheWrongQueue_IsADeadLetter()
    {
        var shop = await OpenAsync(Once);
        await shop.Happens(1, Segue.Orders.OrderMessages.Changed("a", CustomerFacts.None, Day(1)), Queues.Emails).RunAsync(2);
        Assert.Contains("is no e-mail", Assert.Single(shop.Bus.DeadLetters).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Consent.Refused, "consent refused")]
    [InlineData(Consent.Unknown, "consent unknown")]
    public async Task Withheld_WithoutConsent(Consent consent, string reason)
    {
        var shop = await OpenAsync(Once);
        await shop.Arrives(new(
            new() { OrderId = "o", CustomerId = "a", OrderedAt = Day(0), Amount = 1 }, new() { Email = "a@example.com", EmailConsent = consent }), 0).RunAsync(63);
        AssertWithheld(shop, reason);
    }

    [Fact]
    public async Task Withheld_RefusedBetweenPlanningAndSending()
    {
        var shop = await OpenAsync(Once);
        shop.Sender.Answer = _ => new SendAnswer.TryAfter(TimeSpan.FromHours(6), "busy");
        await shop.Order("a", 0).Says("a", 60.1, new() { EmailConsent = Consent.Refused, ConsentAt = Day(60.1) }).RunAsync(63);
        Assert.Single(shop.Sender.Tries);
        Assert.Equal((SendStatus.Withheld, "consent refused"), (Assert.Single(shop.Sends("a")).Status, shop.Sends("a")[0].Reason));
    }

    [Fact]
    public async Task Withheld_ExitBeforeTheMailWent()
    {
        var shop = await OpenAsync(TestCampaigns.Journey(
            "  - id: mail\n    send: { email: hello, topic: offers }\n  - wait: { for: 5d }", "exitWhen: [ { event: order } ]"));
        shop.Sender.Answer = _ => new SendAnswer.TryAfter(TimeSpan.FromHours(6), "busy");
        await shop.Order("a", 0).Order("a", 60.1).RunAsync(63);
        Assert.Equal((SendStatus.Withheld, "order"), (Assert.Single(shop.Sends("a")).Status, shop.Sends("a")[0].Reason));
        Assert.Single(shop.Sender.Tries);
    }

    [Theory]
    [InlineData("off", "", "sending is off")]
    [InlineData("allow-list", "allowList: [ '@other.example', b@example.com ]", "not on the allow-list")]
    [InlineData("allow-list", "allowList: [ '@example.com' ]", null)]
    [InlineData("allow-list", "allowList: [ A@example.com ]", null)]
    public async Task Sending_OffOrByList_HoldsBackTheRest(string sending, string settings, string? reason)
    {
        var shop = await OpenAsync(new TestCampaigns { Sending = sending, Settings = settings, Journeys = [Once] });
        await shop.Order("a", 0).RunAsync(63);
        if (reason is null)
        {
            Assert.Single(shop.Sender.Tries);
        }
        else
        {
            AssertWithheld(shop, reason);
        }
    }

    [Fact]
    public async Task Withheld_OfferExpiredMeanwhile()
    {
        var shop = await OpenAsync(TestCampaigns.Journey("""
              - id: mail
                send: { email: offer, topic: offers }
                offer: { percent: 5, validFor: 1d }
              - wait: { for: 5d }
            """));
        shop.Sender.Answer = _ => new SendAnswer.TryAfter(TimeSpan.FromHours(24), "busy");
        await shop.Order("a", 0).RunAsync(63);
        Assert.Equal((SendStatus.Withheld, "the offer has expired"), (Assert.Single(shop.Sends("a")).Status, shop.Sends("a")[0].Reason));
    }

    [Fact]
    public async Task TriedAgain_ShowsTheSameCode()
    {
        var shop = await OpenAsync(TestCampaigns.Journey("""
              - id: mail
                send: { email: offer, topic: offers }
                offer: { percent: 5, validFor: 7d }
            """));
        shop.Sender.Answer = _ => shop.Sender.Tries.Count < 3 ? new SendAnswer.TryAfter(TimeSpan.FromHours(1), "busy") : new SendAnswer.Accepted();
        await shop.Order("a", 0).RunAsync(63);
        Assert.Equal(3, shop.Sender.Tries.Count);
        Assert.Single(shop.Sender.Tries.Select(t => t.Email.Html).Distinct());
        Assert.Contains(Assert.Single(shop.Codes("a")).Code, shop.Sender.Tries[0].Email.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unsubscribed_GetsNoMoreMail()
    {
        var shop = await OpenAsync(TestCampaigns.TwoSteps());
        await shop.Order("a", 0).RunAsync(61);
        var link = Assert.Single(shop.Sender.Tries).Email.UnsubscribeUrl!;
        var (customer, sendId) = shop.Engine.UnsubscribeLinks.Open(link.Segments[^1])!.Value;
        Assert.Equal(("a", shop.Sends("a")[0].Id), (customer, sendId));

        var message = new Unsubscribed { CustomerId = customer, At = Day(61), SendId = sendId };
        await shop.Happens(61, new("u", System.Text.Json.JsonSerializer.Serialize<CustomerMessage>(message, SegueJson.Default.CustomerMessage))).RunAsync(80);
        Assert.Equal(("consent refused", Consent.Refused), (Assert.Single(shop.Facts(FactKinds.Withheld)).Reason, shop.Profile("a")!.Contact.EmailConsent));
        Assert.Single(shop.Sender.Tries);
    }

    private static void AssertWithheld(TestShop shop, string reason)
    {
        Assert.Empty(shop.Sender.Tries);
        Assert.Equal((SendStatus.Withheld, reason), (Assert.Single(shop.Sends("a")).Status, shop.Sends("a")[0].Reason));
        Assert.Equal(reason, Assert.Single(shop.Facts(FactKinds.Withheld)).Reason);
    }

    private static void AssertNothingOpen(TestShop shop) =>
        Assert.DoesNotContain(shop.Table(Tables.Customers), r => r.Key.StartsWith(CustomerRows.OpenSends, StringComparison.Ordinal));
}
