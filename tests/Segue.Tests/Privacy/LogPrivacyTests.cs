using System.Net.Http.Json;
using System.Text;
using Segue.Customers;
using Segue.Local.Storage;
using Segue.Messaging;
using Segue.Ports;
using Segue.Tests.Local.Processes;
using Segue.Tests.Support;

namespace Segue.Tests.Privacy;

/// <summary>Greps all that a busy day logs, faults and refusals included, for whoever it was about.</summary>
public sealed class LogPrivacyTests
{
    private const string Name = "Lovelace";
    private const string Customer = "customer-4711";
    private static readonly string[] Personal = [Name, Customer, "byron", "example.org", "5550123", "order-8842", "KEEPSAKE"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>The handlers and the endpoints, with storage, queues and the mail service failing now and then.</summary>
    [Fact]
    public async Task Log_OfABusyDay_TellsOfNobody()
    {
        using var log = new RecordedLog();
        var campaigns = new TestCampaigns { Settings = "currency: EUR", Journeys = [TestCampaigns.TwoSteps(enter: "tag: loyal, reentry: always")] };
        var shop = await TestShop.OpenAsync(campaigns, log);
        shop.Strict = false;
        shop.Failed = e => log.CreateLogger("Segue.Pump").Log(Microsoft.Extensions.Logging.LogLevel.Error, default, 0, e, (_, _) => "A message failed");
        var random = new Random(1);
        shop.Store.BeforeCommit = (table, partition, changes) =>
        {
            if (random.Next(10) == 0)
            {
                throw new TableConflictException(TableConflict.Changed, table, partition, changes[0].Key);
            }

            if (random.Next(20) == 0)
            {
                throw new PortUnavailableException("busy");
            }
        };
        await using var host = await ApiHost.StartAsync(shop);
        for (var i = 0; i < 6; i++)
        {
            await host.Client.PostAsJsonAsync("/api/orders", Order(i, shop.Now), Cancellation);
            await host.Client.PostAsJsonAsync("/api/events", new { eventId = $"e{i}", name = "viewed", customerId = Customer, productId = "p" }, Cancellation);
            await host.Client.PutAsJsonAsync($"/api/customers/{Customer}", new { name = $"Ada {Name}", phone = "+41795550123", email = "ada.byron@example.org" }, Cancellation);
            await host.Client.PostAsJsonAsync("/api/orders", new { orderId = "order-8842", email = "ada.byron@example.org", amount = "KEEPSAKE" }, Cancellation);
            await host.Client.GetAsync($"/api/customers/{Customer}/export", Cancellation);
            await host.Client.GetAsync($"/api/customers/nobody-{Name}", Cancellation);
            await host.Client.GetAsync($"/unsubscribe/{Customer}", Cancellation);
            await host.Client.PostAsync("/api/shopify/orders", new StringContent($"{{\"email\":\"ada.byron@example.org\",\"name\":\"{Name}\"}}", Encoding.UTF8, "application/json"), Cancellation);
            await shop.RunAsync(0.2 * (i + 1));
        }

        await shop.RunAsync(2);

        Assert.NotEmpty(shop.Facts(Segue.Measurement.FactKinds.Sent));
        Assert.Contains(host.Log.Lines, l => l.Id.Id == 3001);
        AssertTellsNothing(log.Lines.Concat(host.Log.Lines.Where(l => l.Category.StartsWith("Segue", StringComparison.Ordinal))).Select(l => l.Text));
    }

    /// <summary>The same of a process, as it writes to standard error: server, pumps and dead letters.</summary>
    [Fact]
    public async Task StandardError_OfAServer_TellsOfNobody()
    {
        using var shop = new ProcessShop();
        using (var database = SqliteDatabase.Open(shop.Data))
        {
            await new SqliteMessageBus(database, TimeProvider.System).SendAsync(
                Queues.Customers, [new("poison", $"{{\"customerId\":\"{Customer}\",\"name\":\"{Name}\",\"$type\":\"KEEPSAKE\"}}"), new("poison-2", $"{{\"email\":\"ada.byron@example.org\" {Name}")], Cancellation);
        }

        using var process = shop.Start("serve", "--urls", "http://127.0.0.1:0");
        var url = (await process.LineAsync("Serving ")).Split(' ')[1];
        using (var client = new HttpClient { BaseAddress = new(url) })
        {
            for (var i = 0; i < 5; i++)
            {
                await client.PostAsJsonAsync("/api/orders", Order(i, DateTimeOffset.UtcNow), Cancellation);
                await client.PostAsJsonAsync("/api/orders", new { orderId = "order-8842", email = "ada.byron@example.org", amount = "KEEPSAKE" }, Cancellation);
                await client.GetAsync($"/api/customers/{Customer}?name={Name}", Cancellation);
                await client.PostAsync("/api/stripe/events", new StringContent($"{{\"email\":\"ada.byron@example.org\",\"name\":\"{Name}\"}}", Encoding.UTF8, "application/json"), Cancellation);
            }

            for (var tries = 0; tries < 300 && !process.Error.Contains("dead letters", StringComparison.Ordinal); tries++)
            {
                await Task.Delay(100, Cancellation);
            }
        }

        await process.TerminateAsync();
        Assert.Contains("moved to the dead letters", process.Error, StringComparison.Ordinal);
        Assert.Contains("was refused", process.Error, StringComparison.Ordinal);
        AssertTellsNothing(process.Error.Split('\n'));
    }

    /// <summary>What a store's faults say is logged with whatever they break off.</summary>
    [Fact]
    public void Faults_OfTheStore_NameNoRow()
    {
        AssertTellsNothing([new TableConflictException(TableConflict.Changed, "Customers", Customer, "order-8842").ToString()]);
        var tooLong = new string('x', TableLimits.PropertyBytes);
        AssertTellsNothing([Assert.Throws<TableLimitException>(() => Segue.Storage.TableRules.Check(
            Customer, [RowChange.Insert("order-8842", new Dictionary<string, object> { ["json"] = tooLong })])).ToString()]);
        AssertTellsNothing([Assert.Throws<TableLimitException>(() => Segue.Storage.TableRules.CheckKey(Customer + "/" + Name)).ToString()]);
        AssertTellsNothing([Assert.Throws<TableLimitException>(() => Segue.Storage.TableRules.CheckKey(Customer + new string('x', 600))).ToString()]);
    }

    private static object Order(int number, DateTimeOffset now) => new
    {
        orderId = $"order-8842-{number}", customerId = Customer, email = "ada.byron@example.org", emailConsent = "granted", name = $"Ada {Name}", phone = "+41795550123",
        orderedAt = now.AddMinutes(-number), currency = "EUR", amount = 10 + number, discountCodes = new[] { "KEEPSAKE" }, attributes = new { nickname = Name },
    };

    private static void AssertTellsNothing(IEnumerable<string> lines)
    {
        var all = lines.ToList();
        Assert.NotEmpty(all);
        Assert.All(all, line => Assert.All(Personal, p => Assert.DoesNotContain(p, line, StringComparison.OrdinalIgnoreCase)));
    }
}
