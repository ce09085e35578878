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
    [InlineData(null, null)]
    [InlineData(0L, null)]
    [InlineData(1L, "A message could not be handled")]
    [InlineData(12L, "12 messages could not be handled")]
    public async Task Overview_MessagesSetAside_SaysSoFirst(long? deadLetters, string? warning)
    {
        shop.Product.DeadLetters = deadLetters;
        var warnings = (await JsonAsync("/api/reports/overview")).GetProperty("warnings").EnumerateArray().Select(w => w.GetString()!).ToList();
        shop.Product.DeadLetters = null;
        Assert.Equal(shop.Product.Overview.Warnings, warning is null ? warnings : warnings.Skip(1));
        Assert.StartsWith(warning ?? "", warnings.FirstOrDefault() ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Calibration_AsJson_NamesEveryPart()
    {
        var json = await JsonAsync("/api/calibration");
        Assert.Equal("EUR", json.GetProperty("currency").GetString());
        Assert.Equal(JsonValueKind.Null, json.GetProperty("id").ValueKind);
        Assert.All(
            new[] { "cutPoints", "ranks", "returns", "predictions", "tiers", "categories", "clusters", "personas", "remarks" },
            part => Assert.True(json.TryGetProperty(part, out _), part));
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
    public async Task Experiments_EachFormat_TellsEveryComparison()
    {
        var arms = (await JsonAsync("/api/reports/experiments")).GetProperty("journeys")[0].GetProperty("experiments")[0].GetProperty("arms");
        Assert.Equal(95, arms[0].GetProperty("customers").GetInt32());
        var lines = (await shop.Client.GetStringAsync("/api/reports/experiments?format=csv", Cancellation)).Split("\r\n");
        Assert.StartsWith("journey,experiment,kind,name,since,running,arm,against,customers,customersAgainst,conversion,", lines[0], StringComparison.Ordinal);
        Assert.Contains(",treated,control,805,95,0.043,-0.018,0.104,-0.06,0.15,0.6,", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Every_SomeDays_KeepsEachStepsEndAndAllMails()
    {
        DayFigures Day(int day, int customers, int sent) =>
            new(new DateOnly(2026, 1, 1).AddDays(day), customers, 0, 0, sent, new Dictionary<string, int>(), new Dictionary<string, int>());
        var overview = shop.Product.Overview with { History = [Day(0, 1, 5), Day(6, 2, 1), Day(7, 3, 2), Day(20, 4, 3), Day(21, 5, 4)] };

        Assert.Equal([(0, 1, 5), (7, 3, 3), (21, 5, 7)], overview.Every(7).History.Select(d => (d.Day.DayNumber - new DateOnly(2026, 1, 1).DayNumber, d.Customers, d.Sent)));
        Assert.Equal(overview.History, overview.Every(1).History);
        Assert.Empty((overview with { History = [] }).Every(7).History);
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
    [InlineData("/api/reports/overview?every=0", HttpStatusCode.BadRequest)]
    [InlineData("/api/reports/overview?every=week", HttpStatusCode.BadRequest)]
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
