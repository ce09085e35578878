using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Segue.Ports;

namespace Segue.Tests.Http;

public sealed class CustomerExportEndpointTests : IAsyncLifetime
{
    private const string Path = "/api/customers/gid:%2F%2Fshop%2Fc1/export";

    private readonly RunningShop _shop = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _shop.InitializeAsync();

    public ValueTask DisposeAsync() => _shop.DisposeAsync();

    [Fact]
    public async Task Export_IsAFileThatNobodyKeeps()
    {
        using var answer = await _shop.Client.GetAsync(Path, Cancellation);

        Assert.Equal("gid://shop/c1", (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("customerId").GetString());
        Assert.Equal("application/json", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("attachment; filename=\"customer.json\"", answer.Content.Headers.ContentDisposition!.ToString());
        Assert.True(answer.Headers.CacheControl!.NoStore);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
    }

    [Fact]
    public async Task Export_OfNobody_Is404()
    {
        using var answer = await _shop.Client.GetAsync("/api/customers/nobody/export", Cancellation);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        Assert.Null(answer.Content.Headers.ContentDisposition);
    }

    [Fact]
    public async Task Export_StorageAway_Is503AndSaysToComeAgain()
    {
        _shop.Product.Fault = new PortUnavailableException("away", null);
        using var answer = await _shop.Client.GetAsync(Path, Cancellation);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.NotNull(answer.Headers.RetryAfter);
    }
}
