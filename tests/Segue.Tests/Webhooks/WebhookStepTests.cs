using System.Text.Json;
using Segue.Customers;
using Segue.Measurement;
using Segue.Storage;
using Segue.Tests.Support;
using Segue.Webhooks;
using static Segue.Tests.Support.TestShop;

namespace Segue.Tests.Webhooks;

/// <summary>Webhooks: what is sent, when it is tried again, what stands against calling, and that nothing else depends on the answer.</summary>
public sealed class WebhookStepTests
{
    private const string Url = "https://sms.example.com/segue";

    [Fact]
    public async Task Webhook_Due_IsCalledOnceWithWhatTheFileNames()
    {
        var shop = await StartAsync($"  - id: text\n    webhook: {{ url: {Url}, consent: phone, customer: [ phone, name, attributes ], data: {{ text: Come back }}, timeout: 5s }}\n  - id: after\n    send: {{ email: hello, topic: offers }}");
        await Callable(shop, "a").Says("a", 0.3, new() { Name = "Ann", Attributes = new Dictionary<string, string> { ["club"] = "gold" } }).Event("a", 1, "go", change: e => e with { EventId = "e1" }).RunAsync(5);
        var (at, request) = Assert.Single(shop.Webhooks.Calls);
        Assert.Equal((Day(1), new Uri(Url), TimeSpan.FromSeconds(5), false), (at, request.Url, request.Timeout, request.MayBePrivate));
        Assert.Matches("^wh_[A-Za-z0-9_-]{32}$", request.Id);
        Assert.Equal(
            """{"type":"segue.step","timestamp":"2024-01-03T12:00:00+00:00","data":{"journey":"journey","step":"text","run":1,"customer":{"id":"a","phone":"1","name":"Ann","attributes":{"club":"gold"}},"event":{"id":"e1","name":"go","at":"2024-01-03T12:00:00+00:00"},"values":{"text":"Come back"}}}""",
            JsonSerializer.Serialize(JsonDocument.Parse(request.Body).RootElement, Relaxed));
        Assert.Equal([("a", "after", 1.0)], shop.Sent());
        Assert.Equal(["text"], shop.Facts(FactKinds.WebhookTaken).Select(f => f.Step));
        Assert.Equal((WebhookStatus.Taken, 1), Settled(shop, "a"));
    }

    [Fact]
    public async Task Webhook_NotTaken_IsTriedAgainUnderItsIdForADayAndThenGivenUp()
    {
        var shop = await StartAsync($"  - webhook: {{ url: {Url}, consent: none }}");
        shop.Webhooks.Answer = _ => new WebhookAnswer.TryAgain("answered 503");
        await shop.Order("a", 0).Event("a", 1, "go").RunAsync(5);
        var expected = WebhookPolicy.Delays.Aggregate(new List<DateTimeOffset> { Day(1) }, (all, d) => [.. all, all[^1] + d]);
        Assert.Equal(expected, shop.Webhooks.Calls.Select(c => c.At));
        Assert.Single(shop.Webhooks.Calls.Select(c => c.Request.Id).Distinct());
        Assert.InRange((expected[^1] - expected[0]).TotalHours, 24, 30);
        Assert.Equal((WebhookStatus.Failed, 9), Settled(shop, "a"));
        Assert.Equal(["answered 503"], shop.Facts(FactKinds.WebhookFailed).Select(f => f.Reason));
    }

    [Theory]
    [InlineData(3600, 3600)]
    [InlineData(1, 5)]
    [InlineData(999_999, 86_400)]
    public async Task Webhook_ReceiverAsksForRest_GetsItWithinADay(int asked, int waits)
    {
        var shop = await StartAsync($"  - webhook: {{ url: {Url}, consent: none }}");
        shop.Webhooks.Answer = n => n == 1 ? new WebhookAnswer.TryAgain("answered 429", TimeSpan.FromSeconds(asked)) : new WebhookAnswer.Taken();
        await shop.Order("a", 0).Event("a", 1, "go").RunAsync(5);
        Assert.Equal([Day(1), Day(1).AddSeconds(waits)], shop.Webhooks.Calls.Select(c => c.At));
        Assert.Equal((WebhookStatus.Taken, 2), Settled(shop, "a"));
    }

    [Theory]
    [InlineData("skip", 1)]
    [InlineData("exit", 0)]
    public async Task Webhook_RefusedForGood_DoesWhatTheStepSays(string onFail, int mails)
    {
        var shop = await StartAsync($"  - webhook: {{ url: {Url}, consent: none, onFail: {onFail} }}\n  - wait: {{ for: 1d }}\n  - send: {{ email: hello, topic: offers }}");
        shop.Webhooks.Answer = _ => new WebhookAnswer.Refused("answered 410");
        await shop.Order("a", 0).Event("a", 1, "go").RunAsync(5);
        Assert.Single(shop.Webhooks.Calls);
        Assert.Equal(mails, shop.Sent().Count);
        Assert.Equal(onFail == "exit" ? "webhook failed" : "completed", shop.Ended("a")[0].EndReason);
    }

    [Fact]
    public async Task Webhook_WithoutConsent_IsNotCalled()
    {
        var shop = await StartAsync($"  - webhook: {{ url: {Url}, consent: phone, topic: texts }}");
        Callable(shop, "refused").Says("refused", 0.5, new() { PhoneConsent = Consent.Refused });
        shop.Order("unknown", 0).Says("unknown", 0.5, new() { Phone = "1" });
        shop.Order("none", 0).Says("none", 0.5, new() { PhoneConsent = Consent.Granted });
        Callable(shop, "topic").Happens(0.5, new PreferencesChosen { CustomerId = "topic", At = Day(0.5), Topics = new Dictionary<string, bool> { ["texts"] = false } }.ToBus("p"));
        foreach (var customer in new[] { "none", "refused", "topic", "unknown" })
        {
            shop.Event(customer, 1, "go");
        }

        await shop.RunAsync(5);
        Assert.Empty(shop.Webhooks.Calls);
        Assert.Equal(
            ["none: no phone number", "refused: consent refused", "topic: unsubscribed from the topic", "unknown: consent unknown"],
            shop.Facts(FactKinds.WebhookWithheld).Select(f => $"{f.CustomerId}: {f.Reason}"));
    }

    [Theory]
    [InlineData("off", "sending is off")]
    [InlineData("allow-list\nallowList: [ b@example.com ]", "not on the allow-list")]
    public async Task Webhook_SendingIsNotOn_IsNotCalled(string sending, string reason)
    {
        var shop = await OpenAsync(new TestCampaigns { Sending = sending, Journeys = [TestCampaigns.Journey($"  - webhook: {{ url: {Url}, consent: none }}", enter: "event: go")] });
        await shop.Order("a", 0).Order("b", 0).Event("a", 1, "go").Event("b", 1, "go").RunAsync(5);
        Assert.Equal(reason, shop.Facts(FactKinds.WebhookWithheld, "a").Single().Reason);
        Assert.Equal(sending == "off" ? 0 : 1, shop.Webhooks.Calls.Count);
    }

    [Fact]
    public async Task Webhook_InQuietHours_WaitsForTheirEndUnlessItIsNoMessage()
    {
        var steps = $"  - id: text\n    webhook: {{ url: {Url}, consent: phone }}\n  - id: crm\n    webhook: {{ url: {Url}, consent: none }}";
        var shop = await OpenAsync(new TestCampaigns { Settings = "quietHours: { from: \"20:00\", to: \"08:00\" }", Journeys = [TestCampaigns.Journey(steps, enter: "event: go")] });
        await Callable(shop, "a").Event("a", 1.5, "go").RunAsync(5);
        Assert.Equal([("crm", Day(1.5)), ("text", Day(1.5).AddHours(8))], shop.Webhooks.Calls.Select(c => (StepOf(c.Request), c.At)));
    }

    [Fact]
    public async Task Webhook_CustomerLeavesBeforeItIsTaken_IsNotCalledAgain()
    {
        var shop = await StartAsync($"  - webhook: {{ url: {Url}, consent: none }}\n  - wait: {{ for: 9d }}");
        shop.Webhooks.Answer = _ => new WebhookAnswer.TryAgain("answered 500");
        await shop.Order("a", 0).Event("a", 1, "go").Order("a", 1.01).RunAsync(5);
        Assert.All(shop.Webhooks.Calls, c => Assert.True(c.At < Day(1.01)));
        Assert.Equal("order", shop.Facts(FactKinds.WebhookWithheld).Single().Reason);
    }

    [Fact]
    public async Task Webhook_JourneyIsPaused_WaitsAndIsCalledWhenItGoesOn()
    {
        var shop = await StartAsync($"  - webhook: {{ url: {Url}, consent: none }}");
        shop.Webhooks.Answer = n => n == 1 ? new WebhookAnswer.TryAgain("answered 500", TimeSpan.FromHours(1)) : new WebhookAnswer.Taken();
        await shop.Order("a", 0).Event("a", 1, "go").RunAsync(1.02);
        await shop.Engine.Switches.PauseAsync("journey", "me", TestContext.Current.CancellationToken);
        await shop.RunAsync(3);
        Assert.Single(shop.Webhooks.Calls);
        await shop.Engine.Switches.ResumeAsync("journey", "me", shop.Bus, TestContext.Current.CancellationToken);
        await shop.RunAsync(4);
        Assert.Equal(2, shop.Webhooks.Calls.Count);
        Assert.InRange(shop.Webhooks.Calls[1].At, Day(3), Day(3.1));
    }

    [Fact]
    public async Task Webhook_HeldOut_IsNotCalled()
    {
        var shop = await OpenAsync(TestCampaigns.Journey($"  - webhook: {{ url: {Url}, consent: none }}", enter: "event: go", head: "holdout: 90%"));
        for (var i = 0; i < 20; i++)
        {
            shop.Order($"c{i}", 0).Event($"c{i}", 1, "go");
        }

        await shop.RunAsync(3);
        var held = shop.Facts(FactKinds.Entered).Count(f => f.HeldOut);
        Assert.InRange(held, 10, 19);
        Assert.Equal(20 - held, shop.Webhooks.Calls.Count);
    }

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static Task<TestShop> StartAsync(string steps) => OpenAsync(TestCampaigns.Journey(steps, enter: "event: go", head: "exitWhen: [ { event: order } ]"));

    private static TestShop Callable(TestShop shop, string customer) =>
        shop.Order(customer, 0).Says(customer, 0.1, new() { Phone = "1", PhoneConsent = Consent.Granted });

    private static string StepOf(WebhookRequest request) =>
        JsonDocument.Parse(request.Body).RootElement.GetProperty("data").GetProperty("step").GetString()!;

    private static (WebhookStatus Status, int Tries) Settled(TestShop shop, string customer)
    {
        var row = Assert.Single(shop.Rows.AllRows(), r => r.Row.Partition == customer && r.Row.Key.StartsWith(CustomerRows.SettledWebhooks, StringComparison.Ordinal));
        var call = RowJson.Unpack(row.Row, SegueJson.Default.WebhookCall);
        return (call.Status, call.Tries);
    }
}
