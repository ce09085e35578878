using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Azure.Functions.Worker;
using Segue.Functions.Hosting;
using Segue.Functions.Tests.Support;
using Segue.Tests.Ports;

namespace Segue.Functions.Tests.Triggers;

/// <summary>Who may call what: the host asks for its key where a trigger says so, and the routes that are open are written down here.</summary>
public sealed class HttpKeyTests : IAsyncLifetime
{
    private FunctionsShop _shop = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Triggers_OpenToTheWorld_AreTheseAndNoOthers() => Assert.Equal(
        [
            "GetDashboard", "GetHealth", "GetOpenApi", "GetSurvey", "GetUnsubscribe", "PostBrowserEvents", "PostSendGridEvents", "PostShopifyOrders", "PostStripeEvents",
            "PostSurvey", "PostUnsubscribe", "PostWooCommerceOrders", "PreflightBrowserEvents",
        ],
        Support.Triggers.Http.Where(t => t.Http!.AuthLevel == AuthorizationLevel.Anonymous).Select(t => t.Name));

    [Fact]
    public void Triggers_Others_AskForAFunctionKey() => Assert.All(
        Support.Triggers.Http, t => Assert.Contains(t.Http!.AuthLevel, new[] { AuthorizationLevel.Anonymous, AuthorizationLevel.Function }));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("another-key")]
    public async Task Request_WithoutTheKey_Is401AndReachesNothing(string? key)
    {
        using var client = _shop.Client(key);
        _shop.Store.IsAway = _ => throw new InvalidOperationException("The tables were asked.");
        foreach (var trigger in Support.Triggers.Http.Where(t => t.Http!.AuthLevel == AuthorizationLevel.Function))
        {
            using var answer = await client.SendAsync(Request(trigger), Cancellation);
            Assert.True(answer.StatusCode == HttpStatusCode.Unauthorized, $"{trigger.Name} answered {(int)answer.StatusCode}.");
        }
    }

    [Fact]
    public async Task Request_WithTheKey_IsAnsweredByTheEndpoint()
    {
        using var client = _shop.Client();
        foreach (var trigger in Support.Triggers.Http)
        {
            using var answer = await client.SendAsync(Request(trigger), Cancellation);
            Assert.True(
                answer.StatusCode < HttpStatusCode.InternalServerError
                    && (answer.StatusCode != HttpStatusCode.Unauthorized || trigger.Http!.AuthLevel == AuthorizationLevel.Anonymous),
                $"{trigger.Name} answered {(int)answer.StatusCode}.");
        }
    }

    [Fact]
    public async Task Request_KeyInTheAddress_IsTakenToo()
    {
        using var client = _shop.Client(key: null);
        using var answer = await client.GetAsync($"/dashboard?code={FunctionsShop.Key}", Cancellation);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    public async ValueTask InitializeAsync() => _shop = await FunctionsShop.StartAsync(new ManualTime());

    public async ValueTask DisposeAsync() => await _shop.DisposeAsync();

    private static HttpRequestMessage Request(Trigger trigger)
    {
        var method = new HttpMethod(trigger.Http!.Methods![0].ToUpperInvariant());
        var path = trigger.Http.Route == SegueRoutes.Root ? "" : Regex.Replace(trigger.Http.Route!, @"\{[^}]+\}", "x");
        return new(method, "/" + path.TrimStart('/'))
        {
            Content = method == HttpMethod.Get || method == HttpMethod.Options ? null : new StringContent("{}", Encoding.UTF8, "application/json"),
        };
    }
}
