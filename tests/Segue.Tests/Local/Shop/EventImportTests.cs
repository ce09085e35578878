using System.Text;
using System.Text.Json;
using Segue.Http.Events;

namespace Segue.Tests.Local.Shop;

/// <summary>Events from files and requests, through the real command line and a real data folder.</summary>
public sealed class EventImportTests : IDisposable
{
    private const string Segments = """
        segments:
          - { id: looker, name: Looked, when: { events: { name: viewed, count: ">= 2" } } }
          - { id: other, name: Everyone else }
        """;

    private readonly ShopFolder _shop = new();

    public EventImportTests()
    {
        _shop.Write("campaigns/segments.yaml", Segments);
        File.Delete(Path.Combine(_shop.Campaigns, "journeys", "wake.yaml"));
    }

    public void Dispose() => _shop.Dispose();

    [Fact]
    public async Task Import_EventsFromCsv_MovesSegmentsAndKeepsAttributes()
    {
        var file = _shop.Write("events.csv", "customerId,name,at,productId,Colour\na,Viewed,2026-06-01,p1,red\na,viewed,2026-06-02,p2,\nb,viewed,2026-06-02,p2,\nc,1st,2026-06-02,,\n,viewed,2026-06-02,,\n");
        Assert.Equal(0, await _shop.RunAsync("import", file, "--kind", "events", "--format", "json"));
        var result = JsonDocument.Parse(_shop.Output).RootElement;
        Assert.Equal((3, 0, 2, 2), (Int(result, "accepted"), Int(result, "duplicates"), Int(result, "refused"), Int(result, "customers")));
        Assert.Contains(":5: name: found '1st'", _shop.Error, StringComparison.Ordinal);
        Assert.Contains(":6: customerId: missing", _shop.Error, StringComparison.Ordinal);
        Assert.Equal(1, await CountAsync("looker"));
        Assert.Equal(1, await CountAsync("other"));
    }

    [Fact]
    public async Task Customer_WithEvents_ShowsThemInTheTimeline()
    {
        await _shop.RunAsync("import", _shop.Write("events.csv", "customerId,name,at,productId,category\na,viewed,2026-06-01,p1,Tea\n"), "--kind", "events");
        await _shop.RunAsync("customer", "a", "--format", "json");
        var entry = JsonDocument.Parse(_shop.Output).RootElement.GetProperty("timeline")[0];
        Assert.Equal(("viewed", "p1, Tea"), (entry.GetProperty("what").GetString(), entry.GetProperty("detail").GetString()));
    }

    [Fact]
    public async Task Codes_FromAFile_FillTheirPools()
    {
        var file = _shop.Write("codes.csv", "code,pool\nA-1,summer\na-1,summer\nB-1,\n,summer\nC-1,Bad Pool\n");
        await _shop.RunAsync("import", file, "--kind", "codes", "--format", "json");
        var result = JsonDocument.Parse(_shop.Output).RootElement;
        Assert.Equal((2, 1, 2), (Int(result, "accepted"), Int(result, "duplicates"), Int(result, "refused")));
    }

    [Fact]
    public async Task Products_FromAFile_AreKeptAndMistakesTold()
    {
        var file = _shop.Write("products.csv", "productId,name,price,stock,url\np1,Tea,7.50,3,https://shop.example.com/tea\np2,Cup,x,,\np3,Pot,9,-1,\np4,Jug,9,,ftp://x\n");
        await _shop.RunAsync("import", file, "--kind", "products", "--format", "json");
        Assert.Equal((1, 3), (Int(JsonDocument.Parse(_shop.Output).RootElement, "accepted"), Int(JsonDocument.Parse(_shop.Output).RootElement, "refused")));
        Assert.Contains(":3: price: found 'x'", _shop.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_TheSameFileAgain_ChangesNothing()
    {
        var file = _shop.Write("events.jsonl", """
            {"name":"viewed","customerId":"a","at":"2026-06-01T10:00:00Z"}
            {"name":"viewed","customerId":"a","at":"2026-06-01T11:00:00Z","eventId":"x"}
            {"name":"viewed","anonymousId":"v","at":"2026-06-01T11:00:00Z"}
            """);
        await _shop.RunAsync("import", file, "--kind", "events", "--format", "json");
        Assert.Equal((2, 1), (Int(JsonDocument.Parse(_shop.Output).RootElement, "accepted"), Int(JsonDocument.Parse(_shop.Output).RootElement, "refused")));
        await _shop.RunAsync("import", file, "--kind", "events", "--format", "json");
        Assert.Equal((0, 2), (Int(JsonDocument.Parse(_shop.Output).RootElement, "accepted"), Int(JsonDocument.Parse(_shop.Output).RootElement, "duplicates")));
        Assert.Equal(1, await CountAsync("looker"));
    }

    [Fact]
    public async Task Import_ManyEventsOfOneCustomer_AreAllKept()
    {
        var lines = new StringBuilder("customerId,name,at\n");
        for (var i = 0; i < 500; i++)
        {
            lines.Append("a,viewed,").Append(new DateTime(2026, 1, 1).AddHours(i).ToString("s")).Append('\n');
        }

        await _shop.RunAsync("import", _shop.Write("events.csv", lines.ToString()), "--kind", "events", "--format", "json");
        Assert.Equal(500, Int(JsonDocument.Parse(_shop.Output).RootElement, "accepted"));
    }

    [Fact]
    public async Task Requests_WithAFault_TakeNothingUnlessInPart()
    {
        await using var shop = await _shop.OpenAsync(writes: true);
        var body = Encoding.UTF8.GetBytes("""[{"eventId":"1","name":"viewed","customerId":"a"},{"eventId":"2","customerId":"a"}]""");
        var refused = await shop.Parts.Events.TakeAsync(new(body, null, false), TestContext.Current.CancellationToken);
        Assert.Empty(refused.Accepted);
        Assert.Equal((1, "name"), (Assert.Single(refused.Faults).Index, refused.Faults[0].Field));
        var part = await shop.Parts.Events.TakeAsync(new(body, null, true), TestContext.Current.CancellationToken);
        Assert.Equal(new AcceptedEvent(0, "1", "a"), Assert.Single(part.Accepted));
    }

    [Theory]
    [InlineData("{", "this is no valid JSON*")]
    [InlineData("3", "the body is an event or an array of events")]
    public async Task Requests_OfNoEvents_SayWhy(string body, string message)
    {
        await using var shop = await _shop.OpenAsync(writes: true);
        var refused = await shop.Parts.Events.TakeAsync(new(Encoding.UTF8.GetBytes(body), null, false), TestContext.Current.CancellationToken);
        Assert.StartsWith(message.TrimEnd('*'), Assert.Single(refused.Faults).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Requests_OfABrowser_HoldAtMostFifty()
    {
        await using var shop = await _shop.OpenAsync(writes: true);
        var body = Encoding.UTF8.GetBytes("[" + string.Join(',', Enumerable.Range(0, 51).Select(i => $$"""{"eventId":"{{i}}","name":"viewed","anonymousId":"v"}""")) + "]");
        var refused = await shop.Parts.Events.TakeAsync(new(body, null, true, FromBrowser: true), TestContext.Current.CancellationToken);
        Assert.Equal("found 51 events; one request holds at most 50", Assert.Single(refused.Faults).Message);
    }

    private async Task<int> CountAsync(string segment)
    {
        await _shop.RunAsync("segments", "--format", "json");
        return Int(JsonDocument.Parse(_shop.Output).RootElement.GetProperty("segments").EnumerateArray().Single(s => s.GetProperty("id").GetString() == segment), "customers");
    }

    private static int Int(JsonElement json, string name) => json.GetProperty(name).GetInt32();
}
