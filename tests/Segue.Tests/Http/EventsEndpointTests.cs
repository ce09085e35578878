using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Segue.Ports;

namespace Segue.Tests.Http;

public sealed class EventsEndpointTests : IAsyncLifetime
{
    private const string Origin = "https://shop.example.com";
    private const string Key = "pk-0123456789abcdef";

    private readonly RunningShop _shop = new();

    public ValueTask InitializeAsync() => _shop.InitializeAsync();

    public ValueTask DisposeAsync() => _shop.DisposeAsync();

    [Fact]
    public async Task Post_AllRight_Is202WithWhatWasAccepted()
    {
        var (response, body) = await SendAsync(HttpMethod.Post, "/api/events?partial=true", """{"eventId":"e1"}""");
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal((1, "e1"), (body.GetProperty("accepted").GetInt32(), body.GetProperty("results")[0].GetProperty("eventId").GetString()));
        Assert.Equal((true, false), (_shop.Product.Happened!.Partial, _shop.Product.Happened.FromBrowser));
    }

    [Fact]
    public async Task Post_WithFaults_Is400NamingElementAndField()
    {
        _shop.Product.EventReceipt = new([], [new(2, "name", "missing")]);
        var (response, body) = await SendAsync(HttpMethod.Post, "/api/events", "[]");
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal((2, "name"), (body.GetProperty("errors")[0].GetProperty("index").GetInt32(), body.GetProperty("errors")[0].GetProperty("field").GetString()));
    }

    [Fact]
    public async Task Post_WhileTheBusIsAway_Is503()
    {
        _shop.Product.Fault = new PortUnavailableException("away");
        var (response, _) = await SendAsync(HttpMethod.Post, "/api/events", "{}");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.NotNull(response.Headers.RetryAfter);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/json")]
    public async Task BrowserPost_WithOriginAndKey_IsTakenAsABrowsers(string type)
    {
        var (response, _) = await SendAsync(HttpMethod.Post, $"/api/browser/events?key={Key}", "[]", Origin, type);
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal(Origin, Assert.Single(response.Headers.GetValues("Access-Control-Allow-Origin")));
        Assert.True(_shop.Product.Happened!.FromBrowser);
    }

    [Theory]
    [InlineData(Origin, "pk-wrong")]
    [InlineData("https://evil.example", Key)]
    [InlineData(null, Key)]
    public async Task BrowserPost_WithoutItsKeyOrOrigin_Is403(string? origin, string key)
    {
        var (response, _) = await SendAsync(HttpMethod.Post, $"/api/browser/events?key={key}", "[]", origin);
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Null(_shop.Product.Happened);
        Assert.False(response.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task BrowserPost_TooLarge_Is413()
    {
        var (response, _) = await SendAsync(HttpMethod.Post, $"/api/browser/events?key={Key}", $"\"{new string('x', 70_000)}\"", Origin);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    [Theory]
    [InlineData(Origin, true)]
    [InlineData("https://evil.example", false)]
    public async Task Preflight_OfAKnownOriginOnly_IsAllowed(string origin, bool allowed)
    {
        var (response, _) = await SendAsync(HttpMethod.Options, "/api/browser/events", null, origin);
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Equal(allowed, response.Headers.Contains("Access-Control-Allow-Origin"));
    }

    private async Task<(HttpResponseMessage Response, JsonElement Body)> SendAsync(
        HttpMethod method, string path, string? body, string? origin = null, string type = "application/json")
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue(type));
        }

        if (origin is not null)
        {
            request.Headers.Add("Origin", origin);
        }

        var response = await _shop.Client.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return (response, text.Length == 0 ? default : JsonDocument.Parse(text).RootElement);
    }
}
