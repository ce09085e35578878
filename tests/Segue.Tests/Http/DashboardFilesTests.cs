using System.Net;
using System.Text.RegularExpressions;
using Segue.Http.Dashboard;

namespace Segue.Tests.Http;

/// <summary>The dashboard's page and its files; where it was not built, the plain page stands in for it.</summary>
public sealed partial class DashboardFilesTests : IAsyncLifetime
{
    private readonly RunningShop _shop = new();

    public ValueTask InitializeAsync() => _shop.InitializeAsync();

    public ValueTask DisposeAsync() => _shop.DisposeAsync();

    [Theory]
    [InlineData("/dashboard")]
    [InlineData("/dashboard/")]
    [InlineData("/dashboard/journeys/core-reactivation")]
    public async Task Page_AtEveryAddressOfAView_IsTheSame(string address)
    {
        var html = await GetAsync(address);

        if (DashboardBundle.Built.IsThere)
        {
            Assert.Equal(2, AssetUrl().Count(html));
            Assert.DoesNotContain("<style", html, StringComparison.Ordinal);
            Assert.DoesNotMatch(InlineScript(), html);
        }
        else
        {
            Assert.Contains("install Node.js", html, StringComparison.Ordinal);
            Assert.Contains("Alder &amp; Finch", html, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Page_Any_AllowsNothingInlineAndNothingFromElsewhere()
    {
        using var response = await _shop.Client.GetAsync("/dashboard", TestContext.Current.CancellationToken);
        var policy = response.Headers.GetValues("Content-Security-Policy").Single();

        Assert.StartsWith("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.True(response.Headers.CacheControl!.NoStore);
        Assert.False(response.Headers.Contains("Set-Cookie"));
    }

    [Theory]
    [InlineData("br", "br")]
    [InlineData("gzip", "gzip")]
    [InlineData("gzip, br;q=0", "gzip")]
    [InlineData("", null)]
    public async Task Files_ByTheirHash_AreKeptForEverAndComeCompressed(string accepted, string? encoding)
    {
        Assert.SkipUnless(DashboardBundle.Built.IsThere, "The dashboard's page was not built: there is no Node.js.");
        foreach (Match url in AssetUrl().Matches(await GetAsync("/dashboard")))
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, url.Value);
            request.Headers.TryAddWithoutValidation("Accept-Encoding", accepted);
            using var response = await _shop.Client.SendAsync(request, TestContext.Current.CancellationToken);

            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.Equal(encoding, response.Content.Headers.ContentEncoding.SingleOrDefault());
            Assert.Equal(TimeSpan.FromDays(365), response.Headers.CacheControl!.MaxAge);
            Assert.Contains("immutable", response.Headers.CacheControl.ToString(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("/dashboard/assets/0000000000000000/app.js")]
    [InlineData("/dashboard/assets/app.js")]
    [InlineData("/dashboard/assets/..%2f..%2fsegue.css")]
    public async Task Files_ByAnotherAddress_AreNotThere(string address)
    {
        using var response = await _shop.Client.GetAsync(address, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    private Task<string> GetAsync(string address) => _shop.Client.GetStringAsync(address, TestContext.Current.CancellationToken);

    [GeneratedRegex("/dashboard/assets/[0-9a-f]{16}/app\\.(js|css)")]
    private static partial Regex AssetUrl();

    [GeneratedRegex("<script(?![^>]*src=)")]
    private static partial Regex InlineScript();
}
