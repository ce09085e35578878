using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Segue.Http.Reports;
using Segue.Local.Commands;
using Segue.Local.Serving;

namespace Segue.Tests.Local.Shop;

/// <summary>The whole process but for its Main: HTTP, queues, engine and SQLite together.</summary>
public sealed class ServedShopTests : IAsyncLifetime
{
    private readonly ShopFolder _folder = new();
    private IShop _shop = null!;
    private LocalServer _server = null!;
    private HttpClient _client = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _shop = await _folder.OpenAsync(writes: true);
        _server = await LocalServer.StartAsync(_shop.Parts, "http://127.0.0.1:0", _folder.Clock, Cancellation);
        _client = new() { BaseAddress = new(_server.Addresses.Single()) };
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
        await _shop.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Order_Posted_ReachesTheCustomerAndTheDashboard()
    {
        using var answer = await _client.PostAsJsonAsync("/api/orders", new[] { Order("o1", 12.5m), Order("o1", 12.5m), Order("o2", 7.5m) }, Cancellation);

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        var receipt = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        Assert.Equal((2, 1), (receipt.GetProperty("accepted").GetInt32(), receipt.GetProperty("duplicatesInRequest").GetInt32()));
        var customer = await CustomerWithAsync(orders: 2);
        Assert.Equal(20m, customer.GetProperty("totalSpend").GetDecimal());
        Assert.Contains("Test shop", await _client.GetStringAsync("/overview", Cancellation), StringComparison.Ordinal);
        await _shop.Parts.Timers.Single(t => t.Name == "RollUpReports").Handle(Cancellation);
        Assert.Equal(1, (await _shop.Parts.Reports.OverviewAsync(Cancellation)).Customers);
    }

    [Fact]
    public async Task Order_TwiceWithTwoContents_IsRefusedAsAWholeOrInPart()
    {
        object[] orders = [Order("o1", 12.5m), Order("o1", 99m), new { orderId = "o3" }];

        using var whole = await _client.PostAsJsonAsync("/api/orders", orders, Cancellation);
        Assert.Equal(HttpStatusCode.BadRequest, whole.StatusCode);
        var problem = await whole.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        Assert.Equal([1, 2], problem.GetProperty("errors").EnumerateArray().Select(e => e.GetProperty("index").GetInt32()).Distinct());
        Assert.Equal(HttpStatusCode.NotFound, (await _client.GetAsync("/api/customers/ann", Cancellation)).StatusCode);

        using var part = await _client.PostAsJsonAsync("/api/orders?partial=true", orders, Cancellation);
        Assert.Equal(HttpStatusCode.Accepted, part.StatusCode);
        Assert.Equal(12.5m, (await CustomerWithAsync(orders: 1)).GetProperty("totalSpend").GetDecimal());
    }

    [Fact]
    public async Task Order_WithoutAnId_IsDerivedFromTheIdempotencyKey()
    {
        async Task<string?> PostAsync()
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/orders") { Content = JsonContent.Create(Order(null, 5m)) };
            request.Headers.Add("Idempotency-Key", "cart-1");
            using var answer = await _client.SendAsync(request, Cancellation);
            return (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("results")[0].GetProperty("orderId").GetString();
        }

        Assert.Equal(await PostAsync(), await PostAsync());
        Assert.Equal(5m, (await CustomerWithAsync(orders: 1)).GetProperty("totalSpend").GetDecimal());
    }

    [Theory]
    [InlineData("[", "")]
    [InlineData("3", "")]
    public async Task Body_ThatIsNoOrder_Is400(string body, string field)
    {
        using var answer = await _client.PostAsync("/api/orders", new StringContent(body, null, "application/json"), Cancellation);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        Assert.Equal(field, problem.GetProperty("errors")[0].GetProperty("field").GetString());
    }

    [Fact]
    public async Task Customer_Put_IsKeptAndFaultsAreNamed()
    {
        using var wrong = await _client.PutAsJsonAsync("/api/customers/ann", new { emial = "x", timeZone = "Mars", balance = "much", attributes = 3 }, Cancellation);
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        var errors = (await wrong.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("errors");
        Assert.Equal(["attributes", "balance", "emial", "timeZone"], errors.EnumerateArray().Select(e => e.GetProperty("field").GetString()).Order());

        using var right = await _client.PutAsJsonAsync(
            "/api/customers/ann", new { name = "Ann", email = "Ann@Example.com", emailConsent = "granted", balance = 5, attributes = new { vip = true } }, Cancellation);
        Assert.Equal(HttpStatusCode.Accepted, right.StatusCode);
        var customer = await CustomerWithAsync(orders: 0);
        Assert.Equal(("Ann", "granted"), (customer.GetProperty("name").GetString(), customer.GetProperty("emailConsent").GetString()));
    }

    [Fact]
    public async Task Unsubscribe_WithALinkThatIsNotOurs_Is404() =>
        Assert.Equal(HttpStatusCode.NotFound, (await _client.GetAsync("/unsubscribe/AAAA", Cancellation)).StatusCode);

    [Fact]
    public async Task Health_IsOk() => Assert.Equal(HttpStatusCode.OK, (await _client.GetAsync("/health", Cancellation)).StatusCode);

    private object Order(string? id, decimal amount) => id is null
        ? new { customerId = "ann", orderedAt = _folder.Clock.GetUtcNow(), amount, currency = "USD" }
        : new { orderId = id, customerId = "ann", orderedAt = _folder.Clock.GetUtcNow(), amount, currency = "USD" };

    private async Task<JsonElement> CustomerWithAsync(int orders)
    {
        JsonElement customer = default;
        var began = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromSeconds(20))
        {
            using var answer = await _client.GetAsync("/api/customers/ann", Cancellation);
            if (answer.StatusCode == HttpStatusCode.OK)
            {
                customer = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
                if (customer.GetProperty("orders").GetInt32() == orders)
                {
                    return customer;
                }
            }

            // Two orders at once conflict, and the loser waits on the shop's clock before it tries again.
            _folder.Clock.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Delay(20, Cancellation);
        }

        Assert.Fail($"No customer with {orders} orders came about.");
        return customer;
    }
}
