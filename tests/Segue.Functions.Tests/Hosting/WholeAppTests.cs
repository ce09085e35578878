using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Azure.Functions.Worker;
using Segue.Email;
using Segue.Functions.Tests.Support;
using Segue.Tests.Ports;

namespace Segue.Functions.Tests.Hosting;

/// <summary>The app on its own adapters: a table service, SendGrid's protocol, and every trigger between an order and its mail.</summary>
public sealed partial class WholeAppTests(Azurite azurite)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Order_PostedTwice_IsOneCustomerOneOrderAndOneMailThatCanBeUnsubscribed()
    {
        await using var shop = await MailingShop.StartAsync(new ManualTime(), azurite.Store());
        await shop.OrderAsync("ann", Cancellation);
        await shop.App.DrainAsync();
        await shop.OrderAsync("ann", Cancellation);
        await shop.App.DrainAsync();

        Assert.Equal(SendStatus.Accepted, Assert.Single(await shop.SendsAsync("ann", Cancellation)).Status);
        var mail = JsonDocument.Parse(Assert.Single(shop.Server.Requests).Body).RootElement;
        using var client = shop.App.Client(key: null);
        var link = Link().Match(mail.GetProperty("headers").GetProperty("List-Unsubscribe").GetString()!).Groups[1].Value;
        using var left = await client.PostAsync(link, new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]), Cancellation);
        Assert.True(left.IsSuccessStatusCode, $"{(int)left.StatusCode}");
        await shop.App.DrainAsync();
        var page = await client.GetStringAsync(link, Cancellation);
        Assert.DoesNotContain("One-Click", page, StringComparison.Ordinal);

        using var all = await client.PostAsync(link, new FormUrlEncodedContent([new("choose", "none")]), Cancellation);
        Assert.True(all.IsSuccessStatusCode, $"{(int)all.StatusCode}");
        await shop.App.DrainAsync();

        using var owner = shop.App.Client();
        using var ann = JsonDocument.Parse(await owner.GetStringAsync("/api/customers/ann", Cancellation));
        Assert.Equal(1, ann.RootElement.GetProperty("orders").GetInt32());
        Assert.Equal("refused", ann.RootElement.GetProperty("emailConsent").GetString());
    }

    [Fact]
    public async Task Timers_OnATableService_TickAndGiveEveryQueueItsWork()
    {
        var clock = new ManualTime();
        await using var shop = await MailingShop.StartAsync(clock, azurite.Store());
        await shop.OrderAsync("bob", Cancellation);
        var worked = (await shop.App.DrainAsync()).Select(queue => queue.Key).ToHashSet();
        for (var tick = 0; tick < 2; tick++)
        {
            foreach (var timer in Support.Triggers.All.Where(t => t.Timer is not null))
            {
                await shop.App.RunAsync(timer.Name, new TimerInfo());
            }

            clock.Advance(TimeSpan.FromMinutes(15));
            worked.UnionWith((await shop.App.DrainAsync()).Select(queue => queue.Key));
        }

        using var owner = shop.App.Client();
        Assert.Equal(HttpStatusCode.OK, (await owner.GetAsync("/health", Cancellation)).StatusCode);
        Assert.Single(shop.Server.Requests);
        Assert.Equal(Support.Triggers.All.Where(t => t.Queue is not null).Select(t => t.Queue!.QueueName!).Order(), worked.Order());
    }

    [GeneratedRegex("<https://shop.example.com(/[^>]+)>")]
    private static partial Regex Link();
}
