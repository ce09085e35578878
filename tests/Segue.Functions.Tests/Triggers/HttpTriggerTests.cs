using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Azure.Messaging.ServiceBus;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Segue.Functions.HttpTriggers;
using Segue.Functions.Tests.Support;
using Segue.Messaging;
using Segue.Ports;
using Segue.Tests.Ports;

namespace Segue.Functions.Tests.Triggers;

/// <summary>HTTP triggers behind the ASP.NET Core pipeline.</summary>
public sealed class HttpTriggerTests : IAsyncLifetime
{
    private const string Order = """
        {"orderId":"1001","email":"ann@example.com","orderedAt":"2026-01-05T08:30:00Z","status":"paid","currency":"USD","amount":49.90}
        """;

    private readonly ManualTime _clock = new();
    private FunctionsShop _shop = null!;
    private HttpClient _client = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>The route that answers where the host called a trigger, and the worker's routing found another route.</summary>
    private async Task<string> AnsweringAsync<TTrigger>(string found)
        where TTrigger : notnull
    {
        await using var scope = _shop.Services.CreateAsyncScope();
        var context = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        context.Request.Method = "GET";
        context.Request.RouteValues["id"] = "nobody";
        context.SetEndpoint(new RouteEndpoint(_ => Task.CompletedTask, RoutePatternFactory.Parse(found), 0, null, null));
        var answer = await (Task<IResult>)typeof(TTrigger).GetMethod("RunAsync")!.Invoke(scope.ServiceProvider.GetRequiredService<TTrigger>(), [context.Request])!;
        await answer.ExecuteAsync(context);
        return ((RouteEndpoint)context.GetEndpoint()!).RoutePattern.RawText!;
    }

    [Fact]
    public async Task PostOrders_Order_IsOnTheQueue()
    {
        using var answer = await PostAsync("/api/orders", Order);

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        var message = Assert.Single(_shop.Bus.Take(Queues.Customers, 10));
        Assert.Contains("1001", message.Body.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_HostTookACatchAllForACloserRoute_TheCloserAnswers() =>
        Assert.Equal("/api/customers/{id}/export", await AnsweringAsync<GetCustomer>("/api/customers/{id}/export"));

    [Fact]
    public async Task Get_HostTookAnOpenRouteForAKeyedOne_TheOpenOneAnswers() =>
        Assert.Equal("/dashboard/{**path}", await AnsweringAsync<GetDashboard>("/overview"));

    [Fact]
    public async Task PostOrders_BadOrder_NamesTheField()
    {
        using var answer = await PostAsync("/api/orders", """{"orderId":"1","amount":"much"}""");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("amount", await answer.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        Assert.Empty(_shop.Bus.Take(Queues.Customers, 10));
    }

    [Fact]
    public async Task PostOrders_FullQueue_Is503WithRetryAfter()
    {
        _shop.Bus.Fault = new ServiceBusException("full", ServiceBusFailureReason.QuotaExceeded);
        using var answer = await PostAsync("/api/orders", Order);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(10), answer.Headers.RetryAfter!.Delta);
    }

    [Fact]
    public async Task PostOrders_TablesAwayAtTheFirstUse_Is503AndThenWorks()
    {
        await using var shop = await FunctionsShop.StartAsync(_clock);
        using var client = shop.Client();
        shop.Store.IsAway = _ => true;
        using var first = await client.PostAsync("/api/orders", Json(Order), Cancellation);
        shop.Store.IsAway = _ => false;
        using var second = await client.PostAsync("/api/orders", Json(Order), Cancellation);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, first.StatusCode);
        Assert.NotNull(first.Headers.RetryAfter);
        Assert.Equal(HttpStatusCode.Accepted, second.StatusCode);
    }

    [Fact]
    public async Task GetCustomer_IdWithSlashes_ReachesTheEndpoint()
    {
        using var put = await _client.PutAsync("/api/customers/gid://shopify/Customer/1", Json("""{"email":"ann@example.com"}"""), Cancellation);
        Assert.Equal(HttpStatusCode.Accepted, put.StatusCode);
        await _shop.RunAsync("HandleCustomer", FunctionsShop.Received(Assert.Single(_shop.Bus.Take(Queues.Customers, 1))), new RecordedActions());

        var found = await _client.GetFromJsonAsync<JsonElement>("/api/customers/gid://shopify/Customer/1", Cancellation);
        Assert.Contains("gid://shopify/Customer/1", found.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetDashboard_OrderHandled_ShowsIt()
    {
        using var posted = await PostAsync("/api/orders", Order);
        await _shop.RunAsync("HandleCustomer", FunctionsShop.Received(Assert.Single(_shop.Bus.Take(Queues.Customers, 1))), new RecordedActions());

        await _shop.RunAsync("RollUpReports", new TimerInfo());

        using var answer = await _client.GetAsync("/dashboard", Cancellation);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("text/html", answer.Content.Headers.ContentType!.MediaType);
        var segments = await _client.GetFromJsonAsync<JsonElement>("/api/segments", Cancellation);
        Assert.Equal(1, segments.GetProperty("segments").EnumerateArray().Sum(s => s.GetProperty("orders").GetInt32()));
    }

    [Fact]
    public async Task GetRoot_LeadsToTheDashboard()
    {
        using var answer = await _client.GetAsync("/", Cancellation);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal("/dashboard", answer.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task GetHealth_TablesAway_Is503()
    {
        Assert.Equal(HttpStatusCode.OK, (await _client.GetAsync("/health", Cancellation)).StatusCode);
        _shop.Store.IsAway = _ => true;
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await _client.GetAsync("/health", Cancellation)).StatusCode);
    }

    [Fact]
    public async Task PostSwitch_Journey_IsShownAsLive()
    {
        using var switched = await PostAsync("/api/journeys/welcome/golive", """{"by":"ann"}""");
        Assert.True(switched.IsSuccessStatusCode, await switched.Content.ReadAsStringAsync(Cancellation));

        var journeys = await _client.GetFromJsonAsync<JsonElement>("/api/journeys", Cancellation);
        Assert.Contains("\"live\"", journeys.GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/unsubscribe/nonsense")]
    [InlineData("/api/customers/nobody")]
    [InlineData("/api/journeys/none/forecast")]
    public async Task Get_WhatIsNotThere_Is404(string path) =>
        Assert.Equal(HttpStatusCode.NotFound, (await _client.GetAsync(path, Cancellation)).StatusCode);

    public async ValueTask InitializeAsync()
    {
        _shop = await FunctionsShop.StartAsync(_clock);
        _client = _shop.Client();
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _shop.DisposeAsync();
    }

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");

    private Task<HttpResponseMessage> PostAsync(string path, string body) => _client.PostAsync(path, Json(body), Cancellation);
}
