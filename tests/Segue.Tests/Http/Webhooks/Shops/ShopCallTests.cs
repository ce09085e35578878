using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Segue.Http.Events;
using Segue.Http.Orders;
using Segue.Http.Webhooks.Shops;
using Segue.Tests.Support;
using static Segue.Tests.Support.TestShop;

namespace Segue.Tests.Http.Webhooks.Shops;

/// <summary>Signed calls of shops over a whole engine: their own end as orders, once; everything else leaves no trace.</summary>
public sealed class ShopCallTests : IAsyncLifetime
{
    private const string Secret = "shhh";
    private TestShop _shop = null!;
    private WebApplication _app = null!;
    private HttpClient _client = null!;

    public static TheoryData<string> Sources => ["shopify", "woocommerce", "stripe"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _shop = await OpenAsync(new TestCampaigns());
        _shop.StandStillUntil(1);
        _app = await StartAsync(Secret);
        _client = _app.GetTestClient();
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
    }

    [Theory]
    [MemberData(nameof(Sources))]
    public async Task Post_Signed_IsAnOrder_AndAgainIsTheSame(string source)
    {
        for (var i = 0; i < 2; i++)
        {
            var answer = await _client.SendAsync(Request(source, Body(source)), Cancellation);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal(1, (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("accepted").GetInt32());
            await _shop.RunAsync(1.1 + (i * 0.1));
        }

        var profile = Assert.Single(_shop.Table(Segue.Storage.Tables.Summaries));
        Assert.Single(_shop.Orders(Segue.Storage.Keys.Unescape(profile.Key)));
    }

    [Theory]
    [MemberData(nameof(Sources))]
    public async Task Post_AnyByteChanged_IsRefused_AndNothingIsKept(string source)
    {
        using var measured = Measured.Begin();
        var body = Body(source);
        for (var i = 0; i < body.Length; i += 7)
        {
            var changed = body.ToArray();
            changed[i] ^= 1;
            Assert.Equal(HttpStatusCode.Unauthorized, (await _client.SendAsync(Request(source, body, send: changed), Cancellation)).StatusCode);
        }

        Assert.Equal(0, _shop.Bus.Count);
        Assert.All(measured.Of(Telemetry.WebhooksRefused, "source"), m => Assert.Equal(source, m.Tag));
        Assert.Equal((body.Length + 6) / 7, measured.Of(Telemetry.WebhooksRefused, "reason").Count);
    }

    [Theory]
    [MemberData(nameof(Sources))]
    public async Task Post_WithAnothersSecretOrNone_IsRefused(string source)
    {
        Assert.Equal(HttpStatusCode.Unauthorized, (await _client.SendAsync(Request(source, Body(source), secret: "other"), Cancellation)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await _client.SendAsync(Request(source, Body(source), secret: null), Cancellation)).StatusCode);
        Assert.Equal(0, _shop.Bus.Count);
    }

    /// <summary>Without a secret, or with one whose vault was not reached, nobody is believed, not even who signs with that very text.</summary>
    [Theory]
    [InlineData("shopify", "")]
    [InlineData("woocommerce", " ")]
    [InlineData("stripe", "@Microsoft.KeyVault(SecretUri=https://kv.example/secrets/stripe)")]
    public async Task Post_WhereNoSecretIsSetUp_IsRefused(string source, string secret)
    {
        await using var app = await StartAsync(secret);
        using var client = app.GetTestClient();
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.SendAsync(Request(source, Body(source), secret), Cancellation)).StatusCode);
    }

    [Theory]
    [MemberData(nameof(Sources))]
    public async Task Post_AnOrderThatCantBeTaken_SaysWhy_AndIsNotAskedForAgain(string source)
    {
        var body = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(Body(source)).Replace("\"EUR\"", "\"XXX\"", StringComparison.OrdinalIgnoreCase));
        var answer = await _client.SendAsync(Request(source, body), Cancellation);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("currency", (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("errors")[0].GetProperty("field").GetString());
        Assert.Equal(0, _shop.Bus.Count);
    }

    [Theory]
    [InlineData(-5, HttpStatusCode.OK)]
    [InlineData(-5.1, HttpStatusCode.Unauthorized)]
    [InlineData(5, HttpStatusCode.OK)]
    [InlineData(5.1, HttpStatusCode.Unauthorized)]
    public async Task Stripe_ASignature_HoldsForFiveMinutes(double minutes, HttpStatusCode status)
    {
        Assert.Equal(status, (await _client.SendAsync(Request("stripe", Body("stripe"), signedAt: _shop.Now.AddMinutes(minutes)), Cancellation)).StatusCode);
    }

    [Fact]
    public async Task Stripe_WhileSecretsAreRotated_OneOfTwoSignaturesIsEnough()
    {
        var request = Request("stripe", Body("stripe"));
        var header = request.Headers.GetValues(StripeSignature.Header).Single();
        request.Headers.Remove(StripeSignature.Header);
        request.Headers.Add(StripeSignature.Header, header.Replace(",v1=", $",v1={new string('0', 64)},v1=", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.OK, (await _client.SendAsync(request, Cancellation)).StatusCode);
    }

    [Theory]
    [InlineData("shopify", "refunds/create")]
    [InlineData("shopify", "customers/update")]
    [InlineData("woocommerce", "order.deleted")]
    [InlineData("woocommerce", "product.updated")]
    public async Task Post_OfAnotherTopic_IsAnsweredAndIgnored(string source, string topic)
    {
        var answer = await _client.SendAsync(Request(source, Body(source), topic: topic), Cancellation);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(0, _shop.Bus.Count);
    }

    [Fact]
    public async Task WooCommerce_ThePingOfANewWebhook_IsAnswered()
    {
        var answer = await _client.PostAsync("/api/woocommerce/orders", new FormUrlEncodedContent([new("webhook_id", "7")]), Cancellation);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("\"x\"")]
    [InlineData("{")]
    public async Task Post_SignedNonsense_LeavesNothing(string body)
    {
        var answer = await _client.SendAsync(Request("shopify", Encoding.UTF8.GetBytes(body)), Cancellation);
        Assert.InRange((int)answer.StatusCode, 200, 499);
        Assert.Equal(0, _shop.Bus.Count);
    }

    [Fact]
    public async Task CloudEvents_StructuredBatchedAndBinary_AreTaken()
    {
        const string order = """{ "orderId": "o1", "customerId": "c1", "orderedAt": "2024-01-03T11:00:00Z", "amount": 5, "currency": "EUR" }""";
        var one = $$"""{ "specversion": "1.0", "id": "1", "source": "/shop", "type": "segue.order", "data": {{order}} }""";
        var visit = """{ "specversion": "1.0", "id": "2", "source": "/shop", "type": "segue.event", "subject": "c1", "time": "2024-01-03T11:30:00Z", "data": { "name": "viewed", "productId": "p" } }""";
        Assert.Equal(HttpStatusCode.Accepted, await PostAsync(one, "application/cloudevents+json"));
        Assert.Equal(HttpStatusCode.Accepted, await PostAsync($"[{one}, {visit}]", "application/cloudevents-batch+json"));
        Assert.Equal(HttpStatusCode.Accepted, await PostAsync(order, "application/json", ("ce-specversion", "1.0"), ("ce-id", "3"), ("ce-source", "/shop"), ("ce-type", "segue.order")));
        await _shop.RunAsync(1.1);
        Assert.Single(_shop.Orders("c1"));
        Assert.Equal("/shop#2", Assert.Single(_shop.Events("c1")).EventId);
    }

    [Theory]
    [InlineData("""{ "specversion": "0.3", "id": "1", "source": "s", "type": "segue.order", "data": {} }""", "specversion")]
    [InlineData("""{ "specversion": "1.0", "source": "s", "type": "segue.order", "data": {} }""", "id")]
    [InlineData("""{ "specversion": "1.0", "id": "1", "type": "segue.order", "data": {} }""", "source")]
    [InlineData("""{ "specversion": "1.0", "id": "1", "source": "s", "type": "other", "data": {} }""", "type")]
    [InlineData("""{ "specversion": "1.0", "id": "1", "source": "s", "type": "segue.order", "data": "x" }""", "data")]
    [InlineData("""{ "specversion": "1.0", "id": "1", "source": "s", "type": "segue.order", "data_base64": "%%" }""", "data")]
    [InlineData("7", "")]
    public async Task CloudEvents_AWrongEnvelope_IsNamed(string body, string field)
    {
        var answer = await _client.PostAsync("/api/cloudevents", new StringContent(body, Encoding.UTF8, "application/cloudevents+json"), Cancellation);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(field, (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("errors")[0].GetProperty("field").GetString());
        Assert.Equal(0, _shop.Bus.Count);
    }

    private async Task<HttpStatusCode> PostAsync(string body, string type, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/cloudevents") { Content = new StringContent(body, Encoding.UTF8, type) };
        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }

        return (await _client.SendAsync(request, Cancellation)).StatusCode;
    }

    private async Task<WebApplication> StartAsync(string secret)
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        foreach (var name in new[] { WebhookSecrets.Shopify, WebhookSecrets.WooCommerce, WebhookSecrets.Stripe })
        {
            builder.Configuration[name] = secret;
        }

        builder.Services.AddProblemDetails();
        builder.Services.AddSingleton<IOrderIntake>(new OrderRequests(_shop.Engine)).AddSingleton<IEventIntake>(new EventRequests(_shop.Engine)).AddSingleton(_shop.Engine.Ports.Clock);
        var app = builder.Build();
        Delegate shopify = PostShopOrders.ShopifyAsync, woo = PostShopOrders.WooCommerceAsync, stripe = PostShopOrders.StripeAsync, events = PostCloudEvents.HandleAsync;
        app.MapPost("/api/shopify/orders", shopify);
        app.MapPost("/api/woocommerce/orders", woo);
        app.MapPost("/api/stripe/events", stripe);
        app.MapPost("/api/cloudevents", events);
        await app.StartAsync(Cancellation);
        app.GetTestServer().PreserveExecutionContext = true;
        return app;
    }

    private byte[] Body(string source) => Encoding.UTF8.GetBytes(source switch
    {
        "shopify" => """{ "id": 1, "email": "a@example.com", "created_at": "2024-01-03T11:00:00Z", "updated_at": "2024-01-03T11:00:00Z", "currency": "EUR", "financial_status": "paid", "subtotal_price": "9.00", "customer": { "id": 7 } }""",
        "woocommerce" => """{ "id": 1, "status": "completed", "currency": "EUR", "date_created_gmt": "2024-01-03T11:00:00", "date_modified_gmt": "2024-01-03T11:00:00", "customer_id": 7, "billing": { "email": "a@example.com" }, "line_items": [ { "product_id": 1, "quantity": 1, "total": "9.00", "price": 9 } ] }""",
        _ => $$"""{ "type": "checkout.session.completed", "created": {{_shop.Now.ToUnixTimeSeconds()}}, "data": { "object": { "id": "cs_1", "created": {{_shop.Now.ToUnixTimeSeconds()}}, "currency": "eur", "amount_subtotal": 900, "payment_status": "paid", "customer": "cus_7", "customer_details": { "email": "a@example.com" } } } }""",
    });

    private HttpRequestMessage Request(
        string source, byte[] body, string? secret = Secret, byte[]? send = null, string? topic = null, DateTimeOffset? signedAt = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, source == "stripe" ? "/api/stripe/events" : $"/api/{source}/orders") { Content = new ByteArrayContent(send ?? body) };
        request.Content.Headers.ContentType = new("application/json");
        var at = (signedAt ?? _shop.Now).ToUnixTimeSeconds();
        request.Headers.Add(source == "shopify" ? "X-Shopify-Topic" : "X-WC-Webhook-Topic", topic ?? (source == "shopify" ? "orders/paid" : "order.updated"));
        if (secret is null)
        {
            return request;
        }

        var key = Encoding.UTF8.GetBytes(secret);
        if (source == "stripe")
        {
            request.Headers.Add(StripeSignature.Header, $"t={at},v1={Convert.ToHexStringLower(HMACSHA256.HashData(key, (byte[])[.. Encoding.UTF8.GetBytes($"{at}."), .. body]))}");
        }
        else
        {
            request.Headers.Add(source == "shopify" ? "X-Shopify-Hmac-Sha256" : "X-WC-Webhook-Signature", Convert.ToBase64String(HMACSHA256.HashData(key, body)));
        }

        return request;
    }
}
