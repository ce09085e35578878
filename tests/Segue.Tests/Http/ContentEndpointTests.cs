using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Segue.Tests.Http;

/// <summary>Products, previews and surveys over HTTP.</summary>
public sealed class ContentEndpointTests : IAsyncLifetime
{
    private readonly RunningShop _shop = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _shop.InitializeAsync();

    public ValueTask DisposeAsync() => _shop.DisposeAsync();

    [Fact]
    public async Task PutProducts_AllRight_Is202()
    {
        var response = await _shop.Client.PutAsync("/api/products", new StringContent("[]", Encoding.UTF8, "application/json"), Cancellation);
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal(2, (await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("accepted").GetInt32());
        Assert.Equal("[]", _shop.Product.PutProducts);
    }

    [Fact]
    public async Task PutProducts_WithFaults_Is400NamingThem()
    {
        _shop.Product.CustomerFaults = [new(1, "price", "missing")];
        var response = await _shop.Client.PutAsync("/api/products", new StringContent("[]", Encoding.UTF8, "application/json"), Cancellation);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("price", (await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("errors")[0].GetProperty("field").GetString());
    }

    [Fact]
    public async Task Code_OfOurs_IsToldToTheCheckout()
    {
        var json = await _shop.Client.GetFromJsonAsync<JsonElement>("/api/codes/GOOD", Cancellation);
        Assert.Equal((true, 15, "c1"), (json.GetProperty("valid").GetBoolean(), json.GetProperty("percent").GetInt32(), json.GetProperty("customerId").GetString()));
        Assert.Equal(HttpStatusCode.NotFound, (await _shop.Client.GetAsync("/api/codes/OTHER", Cancellation)).StatusCode);
    }

    [Fact]
    public async Task Preview_AsJsonAndAsHtml_IsTheMail()
    {
        var json = await _shop.Client.GetFromJsonAsync<JsonElement>("/api/journeys/welcome/steps/1/preview?customer=c1", Cancellation);
        Assert.Equal(("Hello", "<p>Hello</p>"), (json.GetProperty("subject").GetString(), json.GetProperty("html").GetString()));
        var html = await _shop.Client.GetAsync("/api/journeys/welcome/steps/1/preview?customer=c1&format=html", Cancellation);
        Assert.Equal("<p>Hello</p>", await html.Content.ReadAsStringAsync(Cancellation));
        Assert.StartsWith("sandbox", Assert.Single(html.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/api/journeys/nope/steps/1/preview?customer=c1", HttpStatusCode.NotFound)]
    [InlineData("/api/journeys/welcome/steps/1/preview", HttpStatusCode.BadRequest)]
    [InlineData("/api/journeys/welcome/steps/1/preview?customer=c1&format=pdf", HttpStatusCode.BadRequest)]
    public async Task Preview_OfWhatThereIsNot_SaysSo(string path, HttpStatusCode status) =>
        Assert.Equal(status, (await _shop.Client.GetAsync(path, Cancellation)).StatusCode);

    [Fact]
    public async Task Survey_Get_AsksAndChangesNothing()
    {
        var page = await _shop.Client.GetStringAsync("/survey/good", Cancellation);
        Assert.Contains("How was it?", page, StringComparison.Ordinal);
        Assert.Contains("Very &lt;good&gt;", page, StringComparison.Ordinal);
        Assert.Empty(_shop.Product.Answered);
    }

    [Fact]
    public async Task Survey_Post_TakesTheAnswerAndThanks()
    {
        var response = await _shop.Client.PostAsync("/survey/good", null, Cancellation);
        Assert.Contains("We read every answer.", await response.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        Assert.Equal(["good"], _shop.Product.Answered);
    }

    [Fact]
    public async Task Survey_OfAForgedLink_Is404()
    {
        Assert.Equal(HttpStatusCode.NotFound, (await _shop.Client.GetAsync("/survey/bad", Cancellation)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await _shop.Client.PostAsync("/survey/bad", null, Cancellation)).StatusCode);
    }
}
