using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Segue.Ports;

namespace Segue.Tests.Http;

public sealed class CallsEndpointTests : IAsyncLifetime
{
    private readonly RunningShop _shop = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _shop.InitializeAsync();

    public ValueTask DisposeAsync() => _shop.DisposeAsync();

    [Theory]
    [InlineData("")]
    [InlineData("?queue=accounts")]
    public async Task Get_ShowsWhatAnAgentNeeds(string query)
    {
        var answer = await _shop.Client.GetFromJsonAsync<JsonElement>($"/api/calls{query}", Cancellation);
        var queue = Assert.Single(answer.GetProperty("queues").EnumerateArray());
        Assert.Equal(("accounts", 20, 1, 3), (
            queue.GetProperty("queue").GetString(), queue.GetProperty("capacity").GetInt32(),
            queue.GetProperty("madeToday").GetInt32(), queue.GetProperty("waiting").GetInt32()));
        var call = Assert.Single(queue.GetProperty("calls").EnumerateArray());
        Assert.Equal(("id", "Ann", "+41 1", "vip-inactive", "why"), (
            call.GetProperty("id").GetString(), call.GetProperty("name").GetString(), call.GetProperty("phone").GetString(),
            call.GetProperty("segment").GetString(), call.GetProperty("reason").GetString()));
    }

    [Fact]
    public async Task Get_AsCsv_IsTheRankedListAndNoFormula()
    {
        using var answer = await _shop.Client.GetAsync("/api/calls?queue=accounts&format=csv", Cancellation);
        Assert.Equal("text/csv", answer.Content.Headers.ContentType!.MediaType);
        var lines = (await answer.Content.ReadAsStringAsync(Cancellation)).Split("\r\n");
        Assert.Equal("queue,rank,id,customerId,name,phone,segment,reason,priority,value,journey,step,outcomes,addedAt,dueAt", lines[0]);
        Assert.Equal("accounts,1,id,c1,Ann,'+41 1,vip-inactive,why,5,812.5,vip-reactivation,call,reached,1970-01-01 00:00:00Z,1970-01-04 00:00:00Z", lines[1]);
        Assert.Equal(HttpStatusCode.BadRequest, (await _shop.Client.GetAsync("/api/calls?format=xml", Cancellation)).StatusCode);
    }

    [Fact]
    public async Task Get_QueueThatIsNone_NamesThoseThereAre()
    {
        using var answer = await _shop.Client.GetAsync("/api/calls?queue=acounts", Cancellation);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("expected one of accounts", await answer.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("id", "{\"outcome\":\"reached\",\"by\":\"Kim\"}", HttpStatusCode.Accepted, "reached")]
    [InlineData("over", "{\"outcome\":\"reached\"}", HttpStatusCode.Conflict, "This call is over")]
    [InlineData("other", "{\"outcome\":\"reached\"}", HttpStatusCode.NotFound, "There is no such call.")]
    [InlineData("id", "{\"outcome\":\"rang\"}", HttpStatusCode.BadRequest, "expected one of reached")]
    [InlineData("id", "{}", HttpStatusCode.BadRequest, "missing; what came of the call")]
    [InlineData("id", "{\"outcome\":\"reached\",\"by\":7}", HttpStatusCode.BadRequest, "wants who called")]
    [InlineData("id", "{\"outcome\":\"reached\",\"note\":\"x\"}", HttpStatusCode.BadRequest, "unknown field")]
    [InlineData("id", "[]", HttpStatusCode.BadRequest, "The body is one object")]
    [InlineData("id", "{", HttpStatusCode.BadRequest, "This is no valid JSON")]
    public async Task Post_Outcome_IsTakenOrSaidToBeWrong(string id, string body, HttpStatusCode status, string text)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await _shop.Client.PostAsync($"/api/calls/{id}/outcome", content, Cancellation);
        Assert.Equal(status, answer.StatusCode);
        Assert.Contains(text, await answer.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Calls_StorageAway_Is503AndSaysToComeAgain(bool post)
    {
        _shop.Product.Fault = new PortUnavailableException("away", null);
        using var content = new StringContent("{\"outcome\":\"reached\"}", Encoding.UTF8, "application/json");
        using var answer = post ? await _shop.Client.PostAsync("/api/calls/id/outcome", content, Cancellation) : await _shop.Client.GetAsync("/api/calls", Cancellation);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.NotNull(answer.Headers.RetryAfter);
    }
}
