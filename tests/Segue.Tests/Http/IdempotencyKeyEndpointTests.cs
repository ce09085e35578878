using System.Net;
using System.Text;
using Segue.Ports;
using Segue.Tests.Support;

namespace Segue.Tests.Http;

/// <summary>A request with an Idempotency-Key may be sent again: taken once, answered the same, and never for another body.</summary>
public sealed class IdempotencyKeyEndpointTests : IAsyncLifetime
{
    private const string Orders = """[{ "customerId": "c1", "orderedAt": "2024-01-03T11:00:00Z", "amount": 5 }, { "customerId": "c1", "orderedAt": "2024-01-03T12:00:00Z", "amount": 7 }]""";
    private const string Visit = """{ "name": "viewed", "customerId": "c1" }""";
    private ApiHost _host = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var shop = await TestShop.OpenAsync(new TestCampaigns { Settings = "currency: EUR" });
        shop.StandStillUntil(2);
        _host = await ApiHost.StartAsync(shop);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData("/api/orders", Orders, 2)]
    [InlineData("/api/events", Visit, 1)]
    public async Task Post_AgainWithTheSameBody_IsAnsweredTheSameAndTakenOnce(string path, string body, int messages)
    {
        var first = await PostAsync(path, body, "k1");
        var again = await PostAsync(path, body, "k1");

        Assert.Equal((HttpStatusCode.Accepted, HttpStatusCode.Accepted), (first.Status, again.Status));
        Assert.Equal(first.Body, again.Body);
        Assert.Equal(messages, _host.Shop.Bus.Count);
    }

    [Theory]
    [InlineData("/api/orders", Orders)]
    [InlineData("/api/events", Visit)]
    public async Task Post_AgainWithAnotherBody_Is422AndNothingIsTaken(string path, string body)
    {
        await PostAsync(path, body, "k1");
        var before = _host.Fingerprint();
        var (status, text) = await PostAsync(path, body.Replace("c1", "c2", StringComparison.Ordinal), "k1");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains("\"status\":422", text, StringComparison.Ordinal);
        Assert.Equal(before, _host.Fingerprint());
    }

    [Fact]
    public async Task Post_WhileTheFirstIsUnderWay_Is409_AndThenTheSameAnswer()
    {
        var reached = new TaskCompletionSource();
        using var goOn = new ManualResetEventSlim();
        _host.Shop.Store.AfterCommit = (_, partition, _) =>
        {
            if (partition.StartsWith("idempotency-", StringComparison.Ordinal) && reached.TrySetResult())
            {
                goOn.Wait(Cancellation);
            }
        };
        var first = Task.Run(() => PostAsync("/api/orders", Orders, "k1"), Cancellation);
        await reached.Task;
        Assert.Equal(HttpStatusCode.Conflict, (await PostAsync("/api/orders", Orders, "k1")).Status);
        goOn.Set();
        var answer = await first;
        Assert.Equal(HttpStatusCode.Accepted, answer.Status);
        Assert.Equal(answer, await PostAsync("/api/orders", Orders, "k1"));
    }

    [Fact]
    public async Task Post_RefusedForItsBody_LeavesTheKeyFree()
    {
        var before = _host.Fingerprint();
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync("/api/orders", "[{}]", "k1")).Status);
        Assert.Equal(before, _host.Fingerprint());
        Assert.Equal(HttpStatusCode.Accepted, (await PostAsync("/api/orders", Orders, "k1")).Status);
    }

    [Fact]
    public async Task Post_OtherRouteOrKey_IsAnotherRequest()
    {
        Assert.Equal(HttpStatusCode.Accepted, (await PostAsync("/api/orders", Orders, "k1")).Status);
        Assert.Equal(HttpStatusCode.Accepted, (await PostAsync("/api/events", Visit, "k1")).Status);
        Assert.Equal(HttpStatusCode.Accepted, (await PostAsync("/api/orders", Orders, "k2")).Status);
        Assert.Equal(5, _host.Shop.Bus.Count);
    }

    [Fact]
    public async Task Post_TheKeyInQuotes_IsTheSameKey()
    {
        var first = await PostAsync("/api/orders", Orders, "k1");
        Assert.Equal(first, await PostAsync("/api/orders", Orders, "\"k1\""));
        Assert.Equal(2, _host.Shop.Bus.Count);
    }

    [Theory]
    [InlineData("a b")]
    [InlineData("\"\"")]
    [InlineData("é")]
    public async Task Post_WithWhatIsNoKey_Is400(string key) =>
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync("/api/orders", Orders, key)).Status);

    private async Task<(HttpStatusCode Status, string Body)> PostAsync(string path, string body, string key)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        using var answer = await _host.Client.SendAsync(request, Cancellation);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Cancellation));
    }
}
