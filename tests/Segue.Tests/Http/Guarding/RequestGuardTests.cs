using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Segue.Ports;
using Segue.Tests.Support;

namespace Segue.Tests.Http.Guarding;

/// <summary>Every request has a name, and no fault comes out but as a problem.</summary>
public sealed class RequestGuardTests : IAsyncLifetime
{
    private readonly RunningShop _shop = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _shop.InitializeAsync();

    public ValueTask DisposeAsync() => _shop.DisposeAsync();

    [Theory]
    [InlineData("/health")]
    [InlineData("/api/customers/nobody")]
    [InlineData("/dashboard")]
    [InlineData("/no/such/route")]
    public async Task Request_WithAName_KeepsIt(string path)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("X-Request-Id", "checkout-7.B_1");
        using var answer = await _shop.Client.SendAsync(request, Cancellation);
        Assert.Equal("checkout-7.B_1", Assert.Single(answer.Headers.GetValues("X-Request-Id")));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("<script>")]
    [InlineData("129")]
    public async Task Request_WithoutAName_OrWithOneThatIsNone_GetsOne(string? name)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/health");
        request.Headers.TryAddWithoutValidation("X-Request-Id", name == "129" ? new string('x', 129) : name);
        using var answer = await _shop.Client.SendAsync(request, Cancellation);
        Assert.Matches("^[0-9a-f]{32}$", Assert.Single(answer.Headers.GetValues("X-Request-Id")));
    }

    [Fact]
    public async Task Refusal_OfAnotherName_HasARequestIdToo()
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/api/segments");
        request.Headers.Host = "attacker.example";
        using var answer = await _shop.Client.SendAsync(request, Cancellation);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Single(answer.Headers.GetValues("X-Request-Id"));
    }

    [Theory]
    [InlineData("/api/segments")]
    [InlineData("/api/journeys")]
    [InlineData("/api/segments/map")]
    [InlineData("/api/calls")]
    [InlineData("/api/customers/c1")]
    public async Task Storage_Away_Is503WithRetryAfter_OnEveryRoute(string path)
    {
        _shop.Product.Fault = new PortUnavailableException("away") { RetryAfter = TimeSpan.FromSeconds(3) };
        using var answer = await _shop.Client.GetAsync(path, Cancellation);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(3), answer.Headers.RetryAfter!.Delta);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task Fault_Unexpected_IsAProblemThatTellsNothing()
    {
        _shop.Product.Fault = new InvalidOperationException("ann@example.com is in the way");
        using var answer = await _shop.Client.GetAsync("/api/segments", Cancellation);
        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        Assert.Equal(500, problem.GetProperty("status").GetInt32());
        Assert.DoesNotContain("ann", problem.ToString(), StringComparison.Ordinal);
    }
}
