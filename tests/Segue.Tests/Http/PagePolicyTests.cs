using System.Net;
using AngleSharp.Html.Parser;
using Segue.Ports;

namespace Segue.Tests.Http;

/// <summary>Every page for people, whatever it says and however it came about, lets nothing run and nothing in.</summary>
public sealed class PagePolicyTests : IAsyncLifetime
{
    private readonly RunningShop _shop = new();

    public static TheoryData<string, string> Pages => new()
    {
        { "GET", "/overview" }, { "GET", "/unsubscribe/good" }, { "GET", "/unsubscribe/bad" }, { "POST", "/unsubscribe/good" }, { "POST", "/unsubscribe/bad" },
        { "GET", "/survey/good" }, { "GET", "/survey/bad" }, { "POST", "/survey/good" }, { "POST", "/survey/bad" },
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _shop.InitializeAsync();

    public ValueTask DisposeAsync() => _shop.DisposeAsync();

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Page_LetsNothingRunAndNothingFrameIt(string method, string path)
    {
        using var answer = await AskAsync(method, path);
        AssertStrict(answer);
        Assert.Equal("no-store", answer.Headers.CacheControl!.ToString());
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Page_WhileTheStoreIsAway_IsAsStrict(string method, string path)
    {
        _shop.Product.Fault = new PortUnavailableException("<script>alert(1)</script>");
        using var answer = await AskAsync(method, path);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        AssertStrict(answer);
        Assert.DoesNotContain("alert", await answer.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Page_WithMarkupInWhatItShows_ShowsItAsText(string method, string path)
    {
        _shop.Product.Overview = Overviews.Busy with
        {
            ShopName = "<img src=x onerror=alert(1)>", Warnings = ["<script>alert(2)</script>", "\" onmouseover=\"alert(3)"],
            Segments = [new("</td><script>", "<svg onload=alert(4)>", 1, 1, 1)],
        };
        using var answer = await AskAsync(method, path);
        var page = new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync(Cancellation));
        Assert.Empty(page.QuerySelectorAll("script, img, iframe, object, embed, base, meta[http-equiv]"));
        Assert.DoesNotContain(page.All, e => e.Attributes.Any(a => a.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase) || a.Value.Contains("javascript:", StringComparison.OrdinalIgnoreCase)));
    }

    /// <summary>What a request holds comes back as JSON that no browser takes for a page.</summary>
    [Theory]
    [InlineData("/api/journeys/%3Cscript%3Ealert(1)%3C%2Fscript%3E")]
    [InlineData("/api/customers/%3Cscript%3E")]
    [InlineData("/api/calls?queue=%3Cscript%3E")]
    [InlineData("/api/reports/journeys?format=%3Cscript%3E")]
    public async Task Problem_ThatQuotesTheRequest_IsNoPage(string path)
    {
        using var answer = await _shop.Client.GetAsync(path, Cancellation);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
    }

    private Task<HttpResponseMessage> AskAsync(string method, string path) => _shop.Client.SendAsync(new(new(method), path), Cancellation);

    private static void AssertStrict(HttpResponseMessage answer)
    {
        Assert.Equal("text/html", answer.Content.Headers.ContentType!.MediaType);
        var policy = answer.Headers.GetValues("Content-Security-Policy").Single().Split(';', StringSplitOptions.TrimEntries)
            .ToDictionary(d => d.Split(' ')[0], d => d.Split(' ')[1..]);
        Assert.Equal(["'none'"], policy["default-src"]);
        Assert.False(policy.ContainsKey("script-src"));
        Assert.Matches("^'sha256-[A-Za-z0-9+/=]{44}'$", Assert.Single(policy["style-src"]));
        Assert.Equal(["'none'"], policy["frame-ancestors"]);
        Assert.Equal(["'none'"], policy["base-uri"]);
        Assert.Equal(["'self'"], policy["form-action"]);
        Assert.DoesNotContain(policy.Values.SelectMany(v => v), v => v.Contains("unsafe", StringComparison.Ordinal) || v == "*");
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("no-referrer", answer.Headers.GetValues("Referrer-Policy").Single());
    }
}
