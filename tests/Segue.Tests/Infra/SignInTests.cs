using System.Text.RegularExpressions;
using Segue.Http;
using Segue.Tests.Support;

namespace Segue.Tests.Infra;

/// <summary>With sign-in on, whoever proves otherwise who they are is let through, and nothing that reads of anybody.</summary>
public sealed class SignInTests
{
    private static readonly IReadOnlyList<string> Open = InfraFiles.Strings(InfraFiles.Read("main.bicep"), "openPaths");

    [Fact]
    public async Task OpenPaths_LetThrough_WhatIsOpenToAll_ButTheDashboard()
    {
        var routes = (await RoutesAsync()).Where(r => r.IsOpen && !r.Path.StartsWith("/dashboard", StringComparison.Ordinal) && r.Path != "/api/openapi.json").ToList();
        Assert.NotEmpty(routes);
        Assert.All(routes, r => Assert.Contains(Open, path => r.Path.StartsWith(path, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task OpenPaths_LetThrough_NothingElseThatReadsOfAnybody() => Assert.Equal(
        ["/api/codes/{code}"],
        (await RoutesAsync()).Where(r => !r.IsOpen && r.Method == "GET" && Open.Any(path => r.Path.StartsWith(path, StringComparison.Ordinal))).Select(r => r.Path));

    [Fact]
    public async Task OpenPaths_AreAllOfRoutesThatThereAre()
    {
        var routes = await RoutesAsync();
        Assert.All(Open, path => Assert.Contains(routes, r => r.Path.StartsWith(path, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("requireAuthentication: true")]
    [InlineData("unauthenticatedClientAction: 'RedirectToLoginPage'")]
    [InlineData("requireHttps: true")]
    [InlineData("tokenStore: { enabled: false }")]
    public void Module_AsksEverybody_AndKeepsNoTokens(string line) => Assert.Contains(line, InfraFiles.Read("modules", "signin.bicep"), StringComparison.Ordinal);

    private static async Task<IReadOnlyList<(string Method, string Path, bool IsOpen)>> RoutesAsync()
    {
        await using var host = await ApiHost.StartAsync(await TestShop.OpenAsync(new TestCampaigns()));
        return [.. host.Endpoints.SelectMany(e => e.Metadata.OfType<Microsoft.AspNetCore.Routing.IHttpMethodMetadata>().Last().HttpMethods
            .Select(m => (m, Regex.Replace(e.RoutePattern.RawText!, @"\*\*", ""), e.Metadata.Any(o => o is OpenToAll))))];
    }
}
