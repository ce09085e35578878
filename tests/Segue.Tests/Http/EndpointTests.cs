using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Segue.Http.Customers;
using Segue.Local;
using Segue.Local.Serving;
using Segue.Ports;

namespace Segue.Tests.Http;

public sealed class EndpointTests : IAsyncLifetime
{
    private readonly RunningShop _shop = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _shop.InitializeAsync();

    public ValueTask DisposeAsync() => _shop.DisposeAsync();

    [Theory]
    [InlineData("/api/customers/gid://shop/c1")]
    [InlineData("/api/customers/gid:%2F%2Fshop%2Fc1")]
    public async Task Customer_WhoseIdHasSlashes_IsFound(string path)
    {
        var customer = await _shop.Client.GetFromJsonAsync<JsonElement>(path, Cancellation);

        Assert.Equal("gid://shop/c1", customer.GetProperty("id").GetString());
        Assert.Equal("won back", customer.GetProperty("stage").GetString());
        Assert.Equal("granted", customer.GetProperty("emailConsent").GetString());
        Assert.Equal(812.5m, customer.GetProperty("totalSpend").GetDecimal());
    }

    [Fact]
    public async Task Customer_Unknown_Is404() =>
        Assert.Equal(HttpStatusCode.NotFound, (await _shop.Client.GetAsync("/api/customers/nobody", Cancellation)).StatusCode);

    [Fact]
    public async Task Customer_Put_Is202()
    {
        using var response = await _shop.Client.PutAsJsonAsync("/api/customers/a%2Fb", new { balance = 5 }, Cancellation);

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal(("a/b", """{"balance":5}"""), _shop.Product.Put);
    }

    [Fact]
    public async Task Customer_PutWithFaults_Is400NamingTheField()
    {
        _shop.Product.CustomerFaults = [new(0, "timeZone", "found 'Mars'; an IANA id is wanted")];

        using var response = await _shop.Client.PutAsJsonAsync("/api/customers/c1", new { timeZone = "Mars" }, Cancellation);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        Assert.Equal("timeZone", problem.GetProperty("errors")[0].GetProperty("field").GetString());
    }

    [Fact]
    public async Task Segments_AreListed()
    {
        var answer = await _shop.Client.GetFromJsonAsync<JsonElement>("/api/segments", Cancellation);

        Assert.Equal(14, answer.GetProperty("segments").GetArrayLength());
        Assert.Equal(118, answer.GetProperty("segments")[0].GetProperty("customers").GetInt32());
        Assert.Equal(6, answer.GetProperty("stages").GetArrayLength());
    }

    [Fact]
    public async Task Journeys_AreListed()
    {
        var answer = await _shop.Client.GetFromJsonAsync<JsonElement>("/api/journeys", Cancellation);

        Assert.Equal("off", answer.GetProperty("sending").GetString());
        Assert.Equal("live", answer.GetProperty("journeys")[0].GetProperty("status").GetString());
    }

    [Fact]
    public async Task Health_WithTheStore_Is200AndWithoutIs503()
    {
        Assert.Equal(HttpStatusCode.OK, (await _shop.Client.GetAsync("/health", Cancellation)).StatusCode);
        _shop.Product.Fault = new PortUnavailableException("away");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await _shop.Client.GetAsync("/health", Cancellation)).StatusCode);
    }

    [Theory]
    [InlineData("/", "/dashboard")]
    [InlineData("/?code=a%2Fkey==", "/dashboard?code=a%2Fkey==")]
    public async Task Root_LeadsToTheDashboardWithItsKey(string root, string dashboard)
    {
        using var response = await _shop.Client.GetAsync(root, Cancellation);

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Equal(dashboard, response.Headers.Location!.ToString());
    }

    [Fact]
    public async Task Unsubscribe_Get_AsksAndChangesNothing()
    {
        using var response = await _shop.Client.GetAsync("/unsubscribe/good", Cancellation);
        var page = await response.Content.ReadAsStringAsync(Cancellation);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Empty(_shop.Product.Unsubscribed);
        Assert.Contains("Alder &amp; &lt;Finch&gt;", page, StringComparison.Ordinal);
        Assert.Contains("<form method=\"post\">", page, StringComparison.Ordinal);
        Assert.Equal("no-referrer", response.Headers.GetValues("Referrer-Policy").Single());
    }

    [Theory]
    [InlineData("application/x-www-form-urlencoded", "List-Unsubscribe=One-Click")]
    [InlineData("multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--b--\r\n")]
    [InlineData(null, "")]
    public async Task Unsubscribe_Post_ActsAtOnce(string? type, string body)
    {
        using var content = new ByteArrayContent(Encoding.ASCII.GetBytes(body));
        if (type is not null)
        {
            content.Headers.TryAddWithoutValidation("Content-Type", type);
        }

        using var response = await _shop.Client.PostAsync("/unsubscribe/good", content, Cancellation);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(["good"], _shop.Product.Unsubscribed);
    }

    [Fact]
    public async Task Unsubscribe_WithAnotherToken_Is404()
    {
        Assert.Equal(HttpStatusCode.NotFound, (await _shop.Client.GetAsync("/unsubscribe/bad", Cancellation)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await _shop.Client.PostAsync("/unsubscribe/bad", null, Cancellation)).StatusCode);
    }

    [Theory]
    [InlineData("/api/segments", HttpStatusCode.Forbidden)]
    [InlineData("/overview", HttpStatusCode.Forbidden)]
    [InlineData("/dashboard/segments", HttpStatusCode.OK)]
    [InlineData("/health", HttpStatusCode.OK)]
    [InlineData("/unsubscribe/good", HttpStatusCode.OK)]
    public async Task Request_UnderAnotherName_ReachesOnlyWhatIsOpenToAll(string path, HttpStatusCode status)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Host = "attacker.example";

        Assert.Equal(status, (await _shop.Client.SendAsync(request, Cancellation)).StatusCode);
    }

    [Fact]
    public async Task Start_OnAPortInUse_IsRefusedWithTheWayOut()
    {
        var urls = _shop.Client.BaseAddress!.ToString().TrimEnd('/');

        var product = new FakeProduct();
        var parts = FakeProduct.Parts(product) with { Queues = [new("HandleCustomer", "customers", (_, _) => Task.CompletedTask)] };

        var refusal = await Assert.ThrowsAsync<RefusedException>(
            () => LocalServer.StartAsync(parts, urls, TimeProvider.System, Cancellation));

        Assert.Contains("--urls", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(urls, refusal.Message, StringComparison.Ordinal);
        Assert.Equal(0, product.Receiving);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("http://192.0.2.1:1")]
    public async Task Start_WhereItCannotListen_IsRefused(string urls) => await Assert.ThrowsAsync<RefusedException>(
        () => LocalServer.StartAsync(FakeProduct.Parts(), urls, TimeProvider.System, Cancellation));
}
