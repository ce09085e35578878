using System.Text.Json;
using Segue.Email;
using Segue.Files;
using Segue.Ports;
using Segue.Tests.Support;
using Segue.Webhooks;
using static Segue.Tests.Support.TestShop;

namespace Segue.Tests.Offers;

/// <summary>The shop is asked to make a code when a mail is about to go.</summary>
public sealed class CodeRequestTests
{
    private const string Url = "https://shop.example.com/codes";

    [Fact]
    public async Task Request_MailIsDue_ShowsTheCodeThatTheShopMade()
    {
        var shop = await OpenAsync(Sends());
        shop.Webhooks.Text = _ => "{\"code\":\" WINTER-1 \",\"more\":1}";
        await shop.Order("a", 0).RunAsync(61);

        var (at, request) = Assert.Single(shop.Webhooks.Calls);
        Assert.Equal((Day(60), new Uri(Url)), (at, request.Url));
        Assert.Equal($"code-{shop.Sends("a").Single().Id}", request.Id);
        Assert.Equal(
            """{"type":"segue.code","timestamp":"2024-03-02T12:00:00+00:00","data":{"journey":"journey","step":"give","customer":{"id":"a"},"percent":15,"maxDiscount":20,"currency":"EUR","stackable":false,"expiresAt":"2024-03-12T12:00:00+00:00"}}""",
            request.Body.Replace("\\u002B", "+", StringComparison.Ordinal));
        Assert.Contains("WINTER-1", Assert.Single(shop.Sender.Tries).Email.Html, StringComparison.Ordinal);
        Assert.Equal("WINTER-1", Assert.Single(shop.Codes("a")).Code);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("WINTER-1")]
    [InlineData("[]")]
    [InlineData("{\"code\":7}")]
    [InlineData("{\"code\":\"  \"}")]
    [InlineData("{\"code\":\"two words\"}")]
    [InlineData("{\"code\":\"01234567890123456789012345678901234567890123456789012345678901234\"}")]
    [InlineData("{\"code\":\"\\ud800\"}")]
    public async Task Request_AnswerWithoutACode_HoldsTheMailUntilThereIsOne(string? text)
    {
        var shop = await OpenAsync(Sends());
        shop.Webhooks.Text = _ => text;
        await shop.Order("a", 0).RunAsync(60.1);
        Assert.Empty(shop.Sender.Tries);
        Assert.Equal((SendStatus.Pending, "the shop's answer names no code of 1 to 64 characters"), (shop.Sends("a").Single().Status, shop.Sends("a").Single().Reason));
        shop.Webhooks.Text = _ => "{\"code\":\"W\"}";
        await shop.RunAsync(60.2);
        Assert.Single(shop.Sent());
        Assert.Single(shop.Webhooks.Calls.Select(c => c.Request.Id).Distinct());
    }

    [Fact]
    public async Task Request_ShopIsAway_HoldsTheMailAsLongAsItAsksAndDropsItWithItsOffer()
    {
        var shop = await OpenAsync(Sends("1d"));
        shop.Webhooks.Answer = n => new WebhookAnswer.TryAgain("answered 503", n == 1 ? TimeSpan.FromHours(2) : null);
        await shop.Order("a", 0).RunAsync(62);
        Assert.Equal([60, 60 + (2 / 24.0)], shop.Webhooks.Calls.Take(2).Select(c => (c.At - Start).TotalDays));
        Assert.Equal((SendStatus.Withheld, "the offer has expired"), (shop.Sends("a").Single().Status, shop.Sends("a").Single().Reason));
        Assert.Empty(shop.Codes("a"));
    }

    [Fact]
    public async Task Request_ShopRefuses_WithholdsTheMail()
    {
        var shop = await OpenAsync(Sends());
        shop.Webhooks.Answer = _ => new WebhookAnswer.Refused("answered 410");
        await shop.Order("a", 0).RunAsync(61);
        Assert.Equal("the shop makes no code: answered 410", shop.Sends("a").Single().Reason);
        Assert.Single(shop.Webhooks.Calls);
    }

    [Fact]
    public async Task Request_TheSameCodeForTwo_GoesToOneAlone()
    {
        var shop = await OpenAsync(Sends());
        shop.Webhooks.Text = _ => "{\"code\":\"SAME\"}";
        await shop.Order("a", 0).Order("b", 0).RunAsync(61);
        Assert.Single(shop.Sent());
        Assert.Equal("the shop gave a code that it had given before", "ab".SelectMany(c => shop.Sends($"{c}")).Single(s => s.Status == SendStatus.Withheld).Reason);
    }

    [Fact]
    public async Task Request_TriedAgainAfterTheMailServiceWasBusy_AsksOnce()
    {
        var shop = await OpenAsync(Sends());
        shop.Webhooks.Text = _ => "{\"code\":\"W\"}";
        shop.Sender.Answer = _ => shop.Sender.Tries.Count <= 1 ? new SendAnswer.TryAfter(TimeSpan.FromMinutes(5), "busy") : new SendAnswer.Accepted();
        await shop.Order("a", 0).RunAsync(61);
        Assert.Single(shop.Webhooks.Calls);
        Assert.All(shop.Sender.Tries, t => Assert.Contains(">W<", t.Email.Html, StringComparison.Ordinal));
        Assert.Equal(2, shop.Sender.Tries.Count);
    }

    [Theory]
    [InlineData("{ request: \"http://shop.example.com/codes\" }", "https")]
    [InlineData("{ request: \"https://10.0.0.1/codes\" }", "public internet")]
    [InlineData("{ request: \"https://localhost/codes\" }", "public internet")]
    [InlineData("{ request: codes }", "")]
    [InlineData("{ request: \"https://shop.example.com/\", pool: p }", "request: URL")]
    public void Load_WrongAddress_IsToldWhere(string codes, string expected)
    {
        foreach (var inSettings in new[] { true, false })
        {
            var errors = new FileErrors();
            Segue.Campaigns.CampaignFolder.Load(
                new Dictionary<string, string>
                {
                    ["segments.yaml"] = TestCampaigns.PlainSegments,
                    ["settings.yaml"] = $"from: a@example.com\npostalAddress: x\n{(inSettings ? $"codes: {codes}\n" : "")}",
                    ["emails/offer.hbs"] = "---\nsubject: Hi\n---\n<p>{{offer.code}}</p>",
                    ["journeys/j.yaml"] = TestCampaigns.Journey($"  - send: {{ email: offer, topic: offers }}\n    offer: {{ percent: 5{(inSettings ? "" : $", codes: {codes}")} }}", status: "draft"),
                },
                errors);
            Assert.Contains(errors.Errors, e => e.Field.Contains("codes", StringComparison.Ordinal) && e.Message.Contains(expected, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Request_InASimulation_AsksNobody()
    {
        var shop = await OpenAsync(Sends());
        await shop.Order("a", 0).RunAsync(1);
        var result = await new Segue.Simulation.CampaignSimulation(shop.Rows, shop.Set, shop.Names)
            .RunAsync(new(Day(1), Day(70), [], true), ["journey"], cancellation: TestContext.Current.CancellationToken);
        Assert.Single(result.Sends);
        Assert.Empty(shop.Webhooks.Calls);
    }

    private static TestCampaigns Sends(string validFor = "10d") => new()
    {
        Files = new Dictionary<string, string> { ["emails/give.hbs"] = "---\nsubject: For you\n---\n<p>{{offer.code}}</p>" },
        Journeys = [TestCampaigns.Journey($"  - id: give\n    send: {{ email: give, topic: offers }}\n    offer: {{ percent: 15, maxDiscount: 20, validFor: {validFor}, codes: {{ request: \"{Url}\" }} }}", enter: "tag: silent-60, reentry: never")],
    };
}
