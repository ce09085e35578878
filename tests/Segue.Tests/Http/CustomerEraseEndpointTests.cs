using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Segue.Http;
using Segue.Ports;

namespace Segue.Tests.Http;

public sealed class CustomerEraseEndpointTests : IAsyncLifetime
{
    private readonly RunningShop _shop = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _shop.InitializeAsync();

    public ValueTask DisposeAsync() => _shop.DisposeAsync();

    [Theory]
    [InlineData("c1", "c1")]
    [InlineData("nobody", "nobody")]
    [InlineData("gid://shop/Customer/1", "gid://shop/Customer/1")]
    [InlineData("gid:%2F%2Fshop%2FCustomer%2F1", "gid://shop/Customer/1")]
    public async Task Delete_OfAnyId_IsTaken(string path, string id)
    {
        using var answer = await _shop.Client.DeleteAsync($"/api/customers/{path}", Cancellation);

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal(id, (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("customerId").GetString());
        Assert.Equal(id, _shop.Product.Erased);
    }

    [Fact]
    public async Task Delete_OfAnIdThatNobodyCanHave_Is400()
    {
        _shop.Product.CustomerFaults = [new RequestFault(0, "id", "too long")];
        using var answer = await _shop.Client.DeleteAsync("/api/customers/x", Cancellation);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task Delete_WhileTheBusIsAway_Is503()
    {
        _shop.Product.Fault = new PortUnavailableException("away");
        using var answer = await _shop.Client.DeleteAsync("/api/customers/c1", Cancellation);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.NotNull(answer.Headers.RetryAfter);
    }
}
