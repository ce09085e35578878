using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Segue.Tests.Support;

namespace Segue.Tests.Http.Guarding;

/// <summary>Who calls too often is told when to come again; others, and this machine, are not held up by it.</summary>
public sealed class CallLimitsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Open_AnAddressBeyondItsLimit_Is429WithRetryAfter_AndReachesNothing()
    {
        await using var host = await StartAsync(("CallLimits:OpenPerMinute", "6"));
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(host, "/overview", "203.0.113.7")).StatusCode);

        host.Shop.Store.BeforeRead = _ => throw new InvalidOperationException("The store was asked.");
        var answer = await AskAsync(host, "/unsubscribe/x", "198.51.100.1, 203.0.113.7");
        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.InRange(answer.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal(429, (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("status").GetInt32());
    }

    [Theory]
    [InlineData("203.0.113.8")]
    [InlineData("203.0.113.8:51234")]
    [InlineData("2001:db8:1:2::1")]
    [InlineData("[2001:db8:1:2::1]:443")]
    public async Task Open_AnotherAddress_HasALimitOfItsOwn(string address)
    {
        await using var host = await StartAsync(("CallLimits:OpenPerMinute", "6"));
        await AskAsync(host, "/health", "203.0.113.7");
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(host, "/health", address)).StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await AskAsync(host, "/health", address)).StatusCode);
    }

    /// <summary>Whoever has an IPv6 address has a whole network of them.</summary>
    [Fact]
    public async Task Open_ANeighbourInOneNetwork_IsTheSameCaller()
    {
        await using var host = await StartAsync(("CallLimits:OpenPerMinute", "6"));
        await AskAsync(host, "/health", "2001:db8:1:2::1");
        Assert.Equal(HttpStatusCode.TooManyRequests, (await AskAsync(host, "/health", "2001:db8:1:2:ffff::9")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(host, "/health", "2001:db8:1:3::1")).StatusCode);
    }

    [Fact]
    public async Task Keyed_EachKey_HasALimitOfItsOwn_WhereverItIsUsed()
    {
        await using var host = await StartAsync(("CallLimits:KeyedPerMinute", "6"));
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(host, "/api/segments?code=one", "203.0.113.7")).StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await AskAsync(host, "/api/segments", "203.0.113.8", key: "one")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(host, "/api/segments", "203.0.113.7", key: "two")).StatusCode);
    }

    /// <summary>A key that opens nothing there buys no limit of its own on a route that is open to all.</summary>
    [Fact]
    public async Task Open_WithMadeUpKeys_IsCountedByItsAddress()
    {
        await using var host = await StartAsync(("CallLimits:OpenPerMinute", "6"));
        await AskAsync(host, "/health", "203.0.113.7", key: "one");
        Assert.Equal(HttpStatusCode.TooManyRequests, (await AskAsync(host, "/health", "203.0.113.7", key: "two")).StatusCode);
    }

    [Theory]
    [InlineData("6", null)]
    [InlineData("0", "203.0.113.7")]
    public async Task ThisMachine_OrNoLimit_IsNeverHeldUp(string limit, string? address)
    {
        await using var host = await StartAsync(("CallLimits:OpenPerMinute", limit));
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(HttpStatusCode.OK, (await AskAsync(host, "/health", address)).StatusCode);
        }
    }

    [Fact]
    public async Task Setting_ThatIsNoNumber_IsSaidSo()
    {
        await using var host = await StartAsync(("CallLimits:OpenPerMinute", "many"));
        var fault = await Assert.ThrowsAsync<InvalidOperationException>(() => AskAsync(host, "/health", null));
        Assert.Contains("CallLimits:OpenPerMinute is 'many'", fault.Message, StringComparison.Ordinal);
    }

    private static async Task<ApiHost> StartAsync(params (string, string)[] settings) =>
        await ApiHost.StartAsync(await TestShop.OpenAsync(new TestCampaigns()), settings);

    private static Task<HttpResponseMessage> AskAsync(ApiHost host, string path, string? address, string? key = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (address is not null)
        {
            request.Headers.Add("X-Forwarded-For", address);
        }

        if (key is not null)
        {
            request.Headers.Add("x-functions-key", key);
        }

        return host.Client.SendAsync(request, Cancellation);
    }
}
