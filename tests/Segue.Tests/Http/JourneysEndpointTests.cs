using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Segue.Campaigns;
using Segue.Http.Journeys;
using Segue.Ports;

namespace Segue.Tests.Http;

public sealed class JourneysEndpointTests : IAsyncLifetime
{
    private readonly RunningShop _shop = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _shop.InitializeAsync();

    public ValueTask DisposeAsync() => _shop.DisposeAsync();

    [Fact]
    public async Task Forecast_SaysWhomTheJourneyWouldMail()
    {
        var forecast = await _shop.Client.GetFromJsonAsync<JsonElement>("/api/journeys/welcome/forecast", Cancellation);

        Assert.Equal(("draft", 5, 50), (
            forecast.GetProperty("status").GetString(), forecast.GetProperty("today").GetInt32(), forecast.GetProperty("in30Days").GetInt32()));
    }

    [Theory]
    [InlineData("golive", SwitchTo.Live, "live")]
    [InlineData("archive", SwitchTo.Archived, "archived")]
    [InlineData("pause", SwitchTo.Paused, "paused")]
    [InlineData("resume", SwitchTo.Resumed, "live")]
    public async Task Switch_IsDoneAndRecordsWho(string action, SwitchTo to, string status)
    {
        using var answer = await _shop.Client.PostAsJsonAsync($"/api/journeys/welcome/{action}", new { by = " Ada " }, Cancellation);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(("welcome", to, "Ada"), _shop.Product.Switched);
        Assert.Equal(status, (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("status").GetString());
    }

    [Theory]
    [InlineData("{}", "by")]
    [InlineData("{\"by\":\"  \"}", "by")]
    [InlineData("{\"by\":3}", "by")]
    [InlineData("{\"bye\":\"Ada\"}", "bye")]
    [InlineData("[]", "")]
    [InlineData("{", "")]
    public async Task Switch_WithoutWhoDecided_Is400AndDoesNothing(string body, string field)
    {
        using var answer = await _shop.Client.PostAsync("/api/journeys/welcome/golive", new StringContent(body, null, "application/json"), Cancellation);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(field, (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("errors")[0].GetProperty("field").GetString());
        Assert.Null(_shop.Product.Switched);
    }

    [Fact]
    public async Task People_OfAJourney_AreWhereTheyAre()
    {
        var found = await _shop.Client.GetFromJsonAsync<JsonElement>("/api/journeys/welcome/people?version=v2&step=mail&after=b&limit=7", Cancellation);
        Assert.Equal(new Segue.Http.Reports.PeopleWish("welcome", "v2", "mail", "b", 7), _shop.Product.Wish);
        Assert.Equal(("v2", 2, "c1"), (found.GetProperty("steps")[0].GetProperty("version").GetString(), found.GetProperty("steps")[0].GetProperty("here").GetInt32(), found.GetProperty("people")[0].GetProperty("customerId").GetString()));
        Assert.Equal(HttpStatusCode.NotFound, (await _shop.Client.GetAsync("/api/journeys/none/people", Cancellation)).StatusCode);
        foreach (var limit in new[] { "0", "1001", "-1", "many" })
        {
            Assert.Equal(HttpStatusCode.BadRequest, (await _shop.Client.GetAsync($"/api/journeys/welcome/people?limit={limit}", Cancellation)).StatusCode);
        }
    }

    [Fact]
    public async Task Switch_FromAnotherSitesPage_IsNotTaken()
    {
        // A page can send plain text anywhere without asking; JSON it can't.
        using var text = await _shop.Client.PostAsync("/api/journeys/welcome/golive", new StringContent("{\"by\":\"Eve\"}"), Cancellation);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, text.StatusCode);

        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/journeys/welcome/golive") { Content = JsonContent.Create(new { by = "Eve" }) };
        request.Headers.Host = "evil.example";
        using var renamed = await _shop.Client.SendAsync(request, Cancellation);
        Assert.Equal(HttpStatusCode.Forbidden, renamed.StatusCode);
        Assert.Null(_shop.Product.Switched);
    }

    [Fact]
    public async Task Forecast_OfNoJourney_Is404() =>
        Assert.Equal(HttpStatusCode.NotFound, (await _shop.Client.GetAsync("/api/journeys/welcom/forecast", Cancellation)).StatusCode);

    [Fact]
    public async Task Switch_ThatCannotBe_Is409OrAsTheStoreSays()
    {
        async Task<(HttpStatusCode, string?)> PostAsync(Exception fault)
        {
            _shop.Product.Fault = fault;
            using var answer = await _shop.Client.PostAsJsonAsync("/api/journeys/welcome/resume", new { by = "Ada" }, Cancellation);
            return (answer.StatusCode, (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("detail").GetString());
        }

        Assert.Equal((HttpStatusCode.Conflict, "It is not paused."), await PostAsync(new JourneySwitchException("It is not paused.")));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await PostAsync(new PortUnavailableException("away"))).Item1);
    }
}
