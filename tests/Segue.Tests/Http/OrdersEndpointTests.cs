using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Segue.Ports;

namespace Segue.Tests.Http;

public sealed class OrdersEndpointTests : IAsyncLifetime
{
    private readonly RunningShop _shop = new();

    public ValueTask InitializeAsync() => _shop.InitializeAsync();

    public ValueTask DisposeAsync() => _shop.DisposeAsync();

    [Fact]
    public async Task Post_AllRight_Is202WithWhatWasAccepted()
    {
        var (status, body) = await PostAsync("""{"orderId":"o1"}""");

        Assert.Equal(HttpStatusCode.Accepted, status);
        Assert.Equal(1, body.GetProperty("accepted").GetInt32());
        Assert.Equal(1, body.GetProperty("duplicatesInRequest").GetInt32());
        Assert.Equal("o1", body.GetProperty("results")[0].GetProperty("orderId").GetString());
        Assert.Equal("""{"orderId":"o1"}""", Encoding.UTF8.GetString(_shop.Product.Ordered!.Body.Span));
        Assert.Equal((null, false), (_shop.Product.Ordered.IdempotencyKey, _shop.Product.Ordered.Partial));
    }

    [Fact]
    public async Task Post_WithFaults_Is400NamingElementAndField()
    {
        _shop.Product.Receipt = new([], 0, [new(3, "items[0].price", "found 'x'; a price is a number", "o9")]);

        var (status, body) = await PostAsync("[]");

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal(400, body.GetProperty("status").GetInt32());
        Assert.False(string.IsNullOrEmpty(body.GetProperty("title").GetString()));
        var error = body.GetProperty("errors")[0];
        Assert.Equal((3, "items[0].price", "o9"), (error.GetProperty("index").GetInt32(), error.GetProperty("field").GetString(), error.GetProperty("id").GetString()));
    }

    [Fact]
    public async Task Post_WithFaultsAndPartial_Is202WithBoth()
    {
        _shop.Product.Receipt = new([new(0, "o1", "c1")], 0, [new(1, "amount", "missing")]);

        var (status, body) = await PostAsync("[]", query: "?partial=true");

        Assert.Equal(HttpStatusCode.Accepted, status);
        Assert.True(_shop.Product.Ordered!.Partial);
        Assert.Equal((1, 1), (body.GetProperty("results").GetArrayLength(), body.GetProperty("errors").GetArrayLength()));
    }

    [Fact]
    public async Task Post_WithAnIdempotencyKey_PassesItOn()
    {
        await PostAsync("{}", key: "cart-17");
        Assert.Equal("cart-17", _shop.Product.Ordered!.IdempotencyKey);
    }

    [Theory]
    [InlineData("?partial=maybe", null)]
    [InlineData("", 256)]
    public async Task Post_WithAWrongQueryOrKey_Is400(string query, int? keyLength)
    {
        var (status, _) = await PostAsync("{}", query: query, key: keyLength is { } length ? new('k', length) : null);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Null(_shop.Product.Ordered);
    }

    [Theory]
    [InlineData("text/csv", null)]
    [InlineData("application/json; charset=iso-8859-1", null)]
    [InlineData("application/json", "gzip")]
    [InlineData(null, null)]
    public async Task Post_OfAnotherKind_Is415(string? type, string? encoding)
    {
        var (status, _) = await PostAsync("{}", type: type, encoding: encoding);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, status);
        Assert.Null(_shop.Product.Ordered);
    }

    [Theory]
    [InlineData("application/json; charset=UTF-8")]
    [InlineData("application/vnd.shop+json")]
    public async Task Post_OfAnyJson_IsRead(string type) =>
        Assert.Equal(HttpStatusCode.Accepted, (await PostAsync("{}", type: type)).Status);

    [Fact]
    public async Task Post_OfExactlyTheLimit_IsRead()
    {
        await PostAsync(new string(' ', 4 * 1024 * 1024));
        Assert.Equal(4 * 1024 * 1024, _shop.Product.Ordered!.Body.Length);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Post_OverTheLimit_Is413WhetherItSaysItsLengthOrNot(bool chunked)
    {
        var (status, _) = await PostAsync(new string(' ', (4 * 1024 * 1024) + 1), chunked: chunked);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, status);
        Assert.Null(_shop.Product.Ordered);
    }

    [Fact]
    public async Task Post_WithTheBusAway_Is503WithRetryAfter()
    {
        _shop.Product.Fault = new PortUnavailableException("busy") { RetryAfter = TimeSpan.FromSeconds(7.2) };

        using var response = await _shop.Client.PostAsync("/api/orders", Json("{}"), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(8), response.Headers.RetryAfter!.Delta);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task Post_OfOneOrderTooLarge_Is413()
    {
        _shop.Product.Fault = new MessageTooLargeException("o1", 300_000);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await PostAsync("{}")).Status);
    }

    [Fact]
    public async Task Post_WithAnUnexpectedFault_Is500ThatTellsNothing()
    {
        _shop.Product.Fault = new InvalidOperationException("secret detail");

        var (status, body) = await PostAsync("{}");

        Assert.Equal(HttpStatusCode.InternalServerError, status);
        Assert.DoesNotContain("secret", body.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_Orders_Is405() => Assert.Equal(
        HttpStatusCode.MethodNotAllowed, (await _shop.Client.GetAsync("/api/orders", TestContext.Current.CancellationToken)).StatusCode);

    private static ByteArrayContent Json(string body, string? type = "application/json")
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.ContentType = type is null ? null : MediaTypeHeaderValue.Parse(type);
        return content;
    }

    private async Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(
        string body, string? type = "application/json", string query = "", string? key = null, string? encoding = null, bool chunked = false)
    {
        using var content = Json(body, type);
        if (encoding is not null)
        {
            content.Headers.ContentEncoding.Add(encoding);
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/orders" + query) { Content = content };
        request.Headers.TransferEncodingChunked = chunked;
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        using var response = await _shop.Client.SendAsync(request, TestContext.Current.CancellationToken);
        var answer = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return (response.StatusCode, JsonDocument.Parse(answer).RootElement);
    }
}
