using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Segue.Files;
using Segue.Ports;

namespace Segue.Tests.Http;

public sealed class CampaignsEndpointTests : IAsyncLifetime
{
    private readonly RunningShop _shop = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _shop.InitializeAsync();

    public ValueTask DisposeAsync() => _shop.DisposeAsync();

    [Fact]
    public async Task Put_Folder_IsPublishedWithWhoDecided()
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, "/api/campaigns") { Content = JsonContent.Create(new { by = " Ann ", files = new Dictionary<string, string> { ["segments.yaml"] = "\uFEFFsegments: []", ["journeys/a.yaml"] = "id: a" } }) };
        request.Headers.TryAddWithoutValidation("If-Match", "\"v1\"");
        using var answer = await _shop.Client.SendAsync(request, Cancellation);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("\"v2\"", answer.Headers.ETag!.Tag);
        Assert.Equal(("Ann", "v1", false), (_shop.Product.Filed!.By, _shop.Product.Filed.Expected, _shop.Product.Filed.DryRun));
        Assert.Equal("segments: []", _shop.Product.Filed.Files["segments.yaml"]);
        var said = (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("changes")[0];
        Assert.Equal("'holdout' was 10% and is now 20%.", said.GetProperty("says")[0].GetString());
    }

    [Fact]
    public async Task Put_DryRun_IsATrial()
    {
        _shop.Product.Published = _shop.Product.Published with { InForce = false };
        using var answer = await PutAsync("{\"by\":\"Ann\",\"files\":{}}", "?dryRun=true");
        Assert.True(_shop.Product.Filed!.DryRun);
        Assert.Equal("\"v1\"", answer.Headers.ETag!.Tag);
    }

    [Fact]
    public async Task Put_NotValid_Is422WithFileLineAndField()
    {
        _shop.Product.Published = new() { Errors = [new FileError("journeys/a.yaml", 3, "enter.tag", "Found 'x'.")] };
        using var answer = await PutAsync("{\"by\":\"Ann\",\"files\":{\"a\":\"b\"}}");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var error = (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("errors")[0];
        Assert.Equal(("journeys/a.yaml", 3, "enter.tag"), (error.GetProperty("file").GetString(), error.GetProperty("line").GetInt32(), error.GetProperty("field").GetString()));
    }

    [Theory]
    [InlineData("{\"files\":{}}", "by")]
    [InlineData("{\"by\":\"Ann\"}", "files")]
    [InlineData("{\"by\":\"Ann\",\"files\":[]}", "files")]
    [InlineData("{\"by\":\"Ann\",\"files\":{\"a\":1}}", "files.a")]
    [InlineData("{\"by\":\"Ann\",\"files\":{\"a\":\"1\",\"a\":\"2\"}}", "files.a")]
    [InlineData("{\"by\":\"Ann\",\"files\":{\"a\":\"\\ud800\"}}", "")]
    [InlineData("{\"by\":\"Ann\",\"files\":{},\"file\":1}", "file")]
    [InlineData("[]", "")]
    [InlineData("{", "")]
    public async Task Put_WrongBody_Is400NamingTheField(string body, string field)
    {
        using var answer = await PutAsync(body);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(field, (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("errors")[0].GetProperty("field").GetString());
        Assert.Null(_shop.Product.Filed);
    }

    [Fact]
    public async Task Put_WrongQuery_Is400()
    {
        using var answer = await PutAsync("{\"by\":\"Ann\",\"files\":{}}", "?dryRun=perhaps");
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Theory]
    [InlineData(typeof(Segue.Campaigns.CampaignsMovedOnException), HttpStatusCode.PreconditionFailed)]
    [InlineData(typeof(TableLimitException), HttpStatusCode.RequestEntityTooLarge)]
    [InlineData(typeof(TableConflictException), HttpStatusCode.Conflict)]
    [InlineData(typeof(PortUnavailableException), HttpStatusCode.ServiceUnavailable)]
    public async Task Put_WhatStandsAgainstIt_HasItsStatus(Type fault, HttpStatusCode status)
    {
        _shop.Product.Fault = fault == typeof(Segue.Campaigns.CampaignsMovedOnException) ? new Segue.Campaigns.CampaignsMovedOnException("v1", "v2")
            : fault == typeof(TableLimitException) ? new TableLimitException("too large")
            : fault == typeof(TableConflictException) ? new TableConflictException(default, "Settings", "campaigns", "0-current") : new PortUnavailableException("away");
        using var answer = await PutAsync("{\"by\":\"Ann\",\"files\":{}}");
        Assert.Equal(status, answer.StatusCode);
    }

    [Fact]
    public async Task Revert_OfAVersionOrTheOneBefore_IsDone()
    {
        using var before = await _shop.Client.PostAsJsonAsync("/api/campaigns/revert", new { by = "Ann" }, Cancellation);
        Assert.Equal((null, "Ann", false), _shop.Product.Reverted);
        using var named = await _shop.Client.PostAsJsonAsync("/api/campaigns/revert?dryRun=true", new { by = "Ann", to = "v1" }, Cancellation);
        Assert.Equal(("v1", "Ann", true), _shop.Product.Reverted);
        using var gone = await _shop.Client.PostAsJsonAsync("/api/campaigns/revert", new { by = "Ann", to = "gone" }, Cancellation);
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        using var wrong = await _shop.Client.PostAsJsonAsync("/api/campaigns/revert", new { by = "Ann", to = 3 }, Cancellation);
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
    }

    [Fact]
    public async Task Get_WhatIsAndWasInForce_AndItsFiles()
    {
        using var answer = await _shop.Client.GetAsync("/api/campaigns", Cancellation);
        Assert.Equal("\"v2\"", answer.Headers.ETag!.Tag);
        var found = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        Assert.Equal(("v2", "ann", 2), (found.GetProperty("version").GetString(), found.GetProperty("by").GetString(), found.GetProperty("history").GetArrayLength()));
        foreach (var version in new[] { "v2", "current" })
        {
            var files = await _shop.Client.GetFromJsonAsync<JsonElement>($"/api/campaigns/{version}", Cancellation);
            Assert.Equal("segments: []", files.GetProperty("files").GetProperty("segments.yaml").GetString());
        }

        Assert.Equal(HttpStatusCode.NotFound, (await _shop.Client.GetAsync("/api/campaigns/v0", Cancellation)).StatusCode);
    }

    private Task<HttpResponseMessage> PutAsync(string body, string query = "") =>
        _shop.Client.PutAsync($"/api/campaigns{query}", new StringContent(body, null, "application/json"), Cancellation);
}
