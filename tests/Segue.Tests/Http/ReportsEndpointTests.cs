using System.Net;
using System.Text.Json;
using Segue.Http.Reports;

namespace Segue.Tests.Http;

public sealed class ReportsEndpointTests(RunningShop shop) : IClassFixture<RunningShop>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Overview_AsJson_HasTheWordsOfTheSettings()
    {
        var json = await JsonAsync("/api/reports/overview");
        Assert.Equal("off", json.GetProperty("sending").GetString());
        Assert.Equal(shop.Product.Overview.Revenue, json.GetProperty("revenue").GetDecimal());
        Assert.Equal(JsonValueKind.Array, json.GetProperty("history").ValueKind);
    }

    [Theory]
    [InlineData("", AttributionRule.LastTouch)]
    [InlineData("?attribution=first-touch", AttributionRule.FirstTouch)]
    [InlineData("?attribution=even-split", AttributionRule.EvenSplit)]
    public async Task Journey_Attribution_IsPassedOn(string query, AttributionRule rule)
    {
        Assert.Equal(3, (await JsonAsync("/api/reports/journeys/welcome" + query)).GetProperty("totals").GetProperty("sent").GetInt32());
        Assert.Equal(rule, shop.Product.AskedBy);
    }

    [Fact]
    public async Task Journey_AsCsv_HasNoFormulaAndKeepsNegativeNumbers()
    {
        using var answer = await shop.Client.GetAsync("/api/reports/journeys/welcome?format=csv", Cancellation);
        Assert.Equal("text/csv", answer.Content.Headers.ContentType!.MediaType);
        var lines = (await answer.Content.ReadAsStringAsync(Cancellation)).Split("\r\n");
        Assert.StartsWith("group,id,name,entered,heldOut,", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("total,welcome,'=Welcome,5,", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("step,1,'=cmd(),", lines[2], StringComparison.Ordinal);
        Assert.Contains(",-1.5,", lines[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Movements_AsCsv_AreARowAFlow() => Assert.Equal(
        "month,from,to,customers\r\n2026-11,,new,3\r\n2026-11,new,core-active,2\r\n",
        await shop.Client.GetStringAsync("/api/reports/movements?format=csv", Cancellation));

    [Fact]
    public async Task Journeys_EachFormat_ListsThem()
    {
        Assert.Equal("welcome", (await JsonAsync("/api/reports/journeys")).GetProperty("journeys")[0].GetProperty("id").GetString());
        Assert.Contains("welcome,'=Welcome,5,", await shop.Client.GetStringAsync("/api/reports/journeys?format=csv", Cancellation), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/api/reports/journeys/nobody", HttpStatusCode.NotFound)]
    [InlineData("/api/reports/journeys/welcome?attribution=best", HttpStatusCode.BadRequest)]
    [InlineData("/api/reports/overview?format=xls", HttpStatusCode.BadRequest)]
    public async Task Request_ThatIsWrong_SaysSo(string path, HttpStatusCode expected)
    {
        using var answer = await shop.Client.GetAsync(path, Cancellation);
        Assert.Equal(expected, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
    }

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("@x", "'@x")]
    [InlineData("-2", "'-2")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"x\"", "\"say \"\"x\"\"\"")]
    [InlineData("\tx", "'\tx")]
    public void Row_HostileText_IsHarmless(string text, string expected)
    {
        var table = new CsvTable("a");
        table.Row(text);
        Assert.Equal($"a\r\n{expected}\r\n", table.ToString());
    }

    private async Task<JsonElement> JsonAsync(string path) =>
        JsonDocument.Parse(await shop.Client.GetStringAsync(path, Cancellation)).RootElement;
}
