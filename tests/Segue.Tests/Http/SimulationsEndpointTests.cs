using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Segue.Simulation;

namespace Segue.Tests.Http;

public sealed class SimulationsEndpointTests : IAsyncLifetime
{
    private static readonly object Wish = new { journey = "welcome", from = "2026-01-01", until = "2026-01-04" };
    private static readonly DateTimeOffset From = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly RunningShop _shop = new();

    public ValueTask InitializeAsync() => _shop.InitializeAsync();

    public ValueTask DisposeAsync() => _shop.DisposeAsync();

    [Fact]
    public async Task Post_AJourneyAndAPeriod_TellsDaysAndThenTheReport()
    {
        SimulationRequest? asked = null;
        _shop.Product.Simulation = (request, progress) =>
        {
            asked = request;
            progress.Report(new(From.AddDays(2), 1, 1, 1));
            return Task.FromResult(Result(new("c1", "welcome", "1", null, From.AddHours(30), "new"), new("c2", "welcome", "2", null, From.AddHours(50), "new")));
        };

        var lines = await LinesAsync(Wish);

        Assert.Equal(new(From, From.AddDays(3), asked!.Journeys, false), asked);
        Assert.Equal(["welcome"], asked.Journeys);
        Assert.Equal(3, lines[0].GetProperty("total").GetInt32());
        var report = lines[^1].GetProperty("report");
        Assert.Equal(2, report.GetProperty("sends").GetInt32());
        Assert.Equal([0, 1, 1], report.GetProperty("byDay").EnumerateArray().Select(d => d.GetProperty("sends").GetInt32()));
        Assert.Equal(["c1", "c2"], report.GetProperty("who").EnumerateArray().Select(w => w.GetProperty("customerId").GetString()!));
        Assert.Equal(0.02m, report.GetProperty("cost").GetDecimal());
    }

    [Fact]
    public async Task Post_WhileAnotherRuns_IsAConflictAndAfterItIsNot()
    {
        var begun = new TaskCompletionSource();
        var end = new TaskCompletionSource<SimulationResult>();
        _shop.Product.Simulation = (_, _) =>
        {
            begun.TrySetResult();
            return end.Task;
        };
        var first = LinesAsync(Wish);
        await begun.Task;

        using (var second = await PostAsync(Wish))
        {
            Assert.Equal(HttpStatusCode.Conflict, second.StatusCode);
        }

        end.SetResult(Result());
        await first;
        await LinesAsync(Wish);
    }

    [Fact]
    public async Task Post_ASimulationThatBreaks_SaysSoInItsLastLine()
    {
        _shop.Product.Simulation = async (_, progress) =>
        {
            progress.Report(new(From.AddDays(1), 1, 1, 1));
            while (!_told)
            {
                await Task.Yield();
            }

            throw new InvalidOperationException("secret");
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/simulations") { Content = JsonContent.Create(Wish) };
        using var response = await _shop.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        _told = true;

        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("broke off", text, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_NoSuchJourney_IsNotFound()
    {
        using var response = await PostAsync(Wish);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Theory]
    [InlineData("""{"journey":"welcome","from":"2026-01-04","until":"2026-01-01"}""", "until")]
    [InlineData("""{"journey":"welcome","from":"2026-01-04","until":"2036-01-01"}""", "until")]
    [InlineData("""{"journey":"welcome","from":"yesterday","until":"2026-01-01"}""", "from")]
    [InlineData("""{"from":"2026-01-01","until":"2026-02-01"}""", "journey")]
    [InlineData("""{"journey":"welcome","from":"2026-01-01","until":"2026-02-01","assumeReachable":"yes"}""", "assumeReachable")]
    [InlineData("""{"journey":"welcome","from":"2026-01-01","untill":"2026-02-01"}""", "untill")]
    [InlineData("[]", "")]
    [InlineData("{", "")]
    public async Task Post_WrongBodies_AreRefusedNamingTheField(string body, string field)
    {
        using var response = await _shop.Client.PostAsync(
            "/api/simulations", new StringContent(body, null, "application/json"), TestContext.Current.CancellationToken);
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(problem.GetProperty("errors").EnumerateArray(), e => e.GetProperty("field").GetString() == field);
    }

    private volatile bool _told;

    private static SimulationResult Result(params SimulatedSend[] sends) => new()
    {
        From = From, Until = From.AddDays(3), Sends = sends, Customers = sends.Length, Unreachable = 0, Messages = 0,
        ByJourney = new Dictionary<string, SimulatedJourney> { ["welcome"] = new(3, 1, sends.Length, 1, 2.5) },
    };

    private Task<HttpResponseMessage> PostAsync(object wish) =>
        _shop.Client.PostAsJsonAsync("/api/simulations", wish, TestContext.Current.CancellationToken);

    private async Task<List<JsonElement>> LinesAsync(object wish)
    {
        using var response = await PostAsync(wish);
        Assert.Equal("application/x-ndjson", response.Content.Headers.ContentType!.MediaType);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<JsonElement>(line))];
    }
}
