using System.Text.Json;
using Segue.Local;
using Segue.Local.Commands;

namespace Segue.Tests.Local.Shop;

public sealed class LocalShopTests : IDisposable
{
    private const string Orders = """
        customerId,orderedAt,amount,email,orderId
        ann,2026-01-10,10.50,ann@example.com,o1
        ann,2026-06-10,20.00,ann@example.com,o2
        bob,2026-02-01,5.25,,o3
        cid,2026-06-20,oops,,o4

        """;

    private readonly ShopFolder _shop = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _shop.Dispose();

    [Fact]
    public async Task Import_Twice_ChangesNothingTheSecondTime()
    {
        var file = _shop.Write("orders.csv", Orders);

        Assert.Equal(0, await _shop.RunAsync("import", file, "--format", "json"));
        var first = Json();
        Assert.Equal((3, 0, 1, 2, 35.75m), Counts(first));
        Assert.Contains("oops", await File.ReadAllTextAsync(first.GetProperty("refusedRows").GetString()!, Cancellation), StringComparison.Ordinal);

        Assert.Equal(0, await _shop.RunAsync("import", file, "--format", "json"));
        Assert.Equal((0, 3, 1, 0, 0m), Counts(Json()));
    }

    [Fact]
    public async Task Import_WithAWrongHeader_IsRefusedAndNamesTheColumn()
    {
        Assert.Equal(1, await _shop.RunAsync("import", _shop.Write("orders.csv", "cust,orderedAt,amount\n")));
        Assert.Contains("customerId", _shop.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_OfCustomers_KeepsWhatTheFileSays()
    {
        Assert.Equal(0, await _shop.RunAsync(
            "import", _shop.Write("customers.csv", "customerId,name,emailConsent\nann,Ann,granted\n"), "--kind", "customers", "--format", "json"));

        Assert.Equal((1, 0, 0, 1, 0m), Counts(Json()));
        Assert.Equal(0, await _shop.RunAsync("customer", "ann", "--format", "json"));
        Assert.Equal(("Ann", "prospect"), (Json().GetProperty("name").GetString(), Json().GetProperty("stage").GetString()));
    }

    [Fact]
    public async Task Segments_NowAndThen_AreCountedByTheirOwnMoment()
    {
        await _shop.RunAsync("import", _shop.Write("orders.csv", Orders));

        await _shop.RunAsync("segments", "--format", "json");
        Assert.Equal([("quiet", 1, 1, 5.25m), ("other", 1, 2, 30.50m)], Groups());

        await _shop.RunAsync("segments", "--at", "2026-03-15", "--format", "json");
        Assert.Equal([("quiet", 1, 1, 10.50m), ("other", 1, 1, 5.25m)], Groups());

        await _shop.RunAsync("segments", "--at", "2026-12-01", "--format", "json");
        Assert.Equal([("quiet", 2, 3, 35.75m), ("other", 0, 0, 0m)], Groups());
    }

    [Fact]
    public async Task Segments_SayHowTheyChangedInThirtyDays()
    {
        await _shop.RunAsync("import", _shop.Write("orders.csv", Orders));
        await _shop.RunAsync("import", _shop.Write("customers.csv", "customerId,name\ndan,Dan\n"), "--kind", "customers");

        // The clock says June 15: a month before, Ann had been quiet since January; her second order brought her back.
        await _shop.RunAsync("segments", "--format", "json");
        Assert.StartsWith("2026-05-16T10:00:00", Json().GetProperty("since").GetString(), StringComparison.Ordinal);
        Assert.Equal([("quiet", -1, -1, -10.50m), ("other", 1, 2, 30.50m)], Changes("segments"));
        Assert.Contains(("prospect", 0, 0, 0m), Changes("stages"));

        // Both moments lie in the past, and compare in the same way.
        await _shop.RunAsync("segments", "--at", "2026-03-15", "--format", "json");
        Assert.Equal([("quiet", 1, 1, 10.50m), ("other", -1, -1, -10.50m)], Changes("segments"));
    }

    [Fact]
    public async Task Segments_WithoutData_IsRefused()
    {
        Assert.Equal(1, await _shop.RunAsync("segments"));
        Assert.Contains("no data", _shop.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Simulate_ShowsWhoWouldHaveBeenMailed()
    {
        await _shop.RunAsync("import", _shop.Write("orders.csv", Orders));
        var sends = Path.Combine(_shop.Root, "sends.csv");

        Assert.Equal(0, await _shop.RunAsync(
            "simulate", "--from", "2026-01-01", "--until", "2026-06-01", "--journey", "wake", "--assume-reachable", "--sends", sends, "--format", "json"));

        Assert.Equal(2, Json().GetProperty("sends").GetInt32());
        Assert.Equal(
            ["customerId,journey,step,variant,at,reason", "ann,wake,1,,2026-03-11T00:00:00Z,quiet", "bob,wake,1,,2026-04-02T00:00:00Z,quiet"],
            await File.ReadAllLinesAsync(sends, Cancellation));
        Assert.False(Directory.Exists(Path.Combine(_shop.Data, "mails")));
    }

    [Fact]
    public async Task Simulate_WithoutNames_RunsWhatTheFilesCallLiveUntilSomethingIsSwitched()
    {
        await _shop.RunAsync("import", _shop.Write("orders.csv", Orders));
        string[] simulate = ["simulate", "--from", "2026-01-01", "--until", "2026-06-01", "--assume-reachable", "--format", "json"];

        Assert.Equal(0, await _shop.RunAsync(simulate));
        Assert.Equal(0, Json().GetProperty("sends").GetInt32());
        Assert.Contains("--journey", _shop.Error, StringComparison.Ordinal);

        // Never published: the file on disk decides.
        _shop.Write("campaigns/journeys/wake.yaml", ShopFolder.Journey.Replace("id: wake\n", "id: rouse\nstatus: live\n", StringComparison.Ordinal));
        Assert.Equal(0, await _shop.RunAsync(simulate));
        Assert.Equal(2, Json().GetProperty("sends").GetInt32());
        Assert.DoesNotContain("--journey", _shop.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Simulate_OfAMisspeltJourney_IsRefusedAndSuggestsTheRightOne()
    {
        await _shop.RunAsync("import", _shop.Write("orders.csv", Orders));

        Assert.Equal(1, await _shop.RunAsync("simulate", "--from", "2026-01-01", "--until", "2026-06-01", "--journey", "wkae"));
        Assert.Contains("'wake'", _shop.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Journey_GoesLivePausesAndResumes()
    {
        await _shop.RunAsync("import", _shop.Write("orders.csv", Orders));

        Assert.Equal(0, await _shop.RunAsync("golive", "wake", "--by", "Ada", "--format", "json"));
        Assert.Equal("draft", Json().GetProperty("forecast").GetProperty("status").GetString());
        Assert.Equal(1, await _shop.RunAsync("resume", "wake"));
        Assert.Contains("not paused", _shop.Error, StringComparison.Ordinal);
        Assert.Equal(0, await _shop.RunAsync("pause", "wake", "--format", "json"));
        Assert.Equal("live", Json().GetProperty("forecast").GetProperty("status").GetString());
        Assert.Equal(0, await _shop.RunAsync("resume", "wake", "--format", "json"));
        Assert.Equal("paused", Json().GetProperty("forecast").GetProperty("status").GetString());
    }

    [Fact]
    public async Task Calibrate_SaysWhatItRestsOn()
    {
        await _shop.RunAsync("import", _shop.Write("orders.csv", Orders));

        Assert.Equal(0, await _shop.RunAsync("calibrate", "--format", "json"));
        Assert.Equal(2, Json().GetProperty("customers").GetInt32());
    }

    [Fact]
    public async Task Calibrate_AgainAndBack_KeepsVersionsAndSaysWhoDecided()
    {
        await _shop.RunAsync("import", _shop.Write("orders.csv", Orders));
        Assert.Equal(0, await _shop.RunAsync("calibrate", "--list", "--format", "json"));
        var first = Json().GetProperty("calibrations").EnumerateArray().Single().GetProperty("id").GetString()!;

        _shop.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(0, await _shop.RunAsync("calibrate", "--format", "json"));
        Assert.Equal(("in force", 0), (Json().GetProperty("status").GetString(), Json().GetProperty("moved").GetInt32()));
        Assert.Equal(0, await _shop.RunAsync("calibrate", "--revert", first, "--by", "Ann", "--format", "json"));
        Assert.Equal(("in force", "Ann"), (Json().GetProperty("status").GetString(), Json().GetProperty("by").GetString()));

        Assert.Equal(0, await _shop.RunAsync("calibrate", "--list", "--format", "json"));
        Assert.Equal(["kept", "in force"], Json().GetProperty("calibrations").EnumerateArray().Select(c => c.GetProperty("status").GetString()));
        Assert.Equal(1, await _shop.RunAsync("calibrate", "--approve", "nobody"));
        Assert.Contains("There is no calibration 'nobody'", _shop.Error, StringComparison.Ordinal);
        Assert.Equal(2, await _shop.RunAsync("calibrate", "--approve", first, "--list"));
    }

    [Fact]
    public async Task Open_WhileAnotherWrites_IsRefusedForWritersOnly()
    {
        await _shop.RunAsync("import", _shop.Write("orders.csv", Orders));
        await using var writer = await _shop.OpenAsync(writes: true);

        Assert.Equal(1, await _shop.RunAsync("calibrate"));
        Assert.Contains("in use", _shop.Error, StringComparison.Ordinal);
        Assert.Equal(0, await _shop.RunAsync("segments"));
    }

    [Fact]
    public async Task Open_WithInvalidCampaigns_IsRefusedNamingTheFault()
    {
        _shop.Write("campaigns/journeys/wake.yaml", ShopFolder.Journey.Replace("email: hello", "email: helo", StringComparison.Ordinal));

        await Assert.ThrowsAsync<RefusedException>(() => _shop.OpenAsync(writes: true));
        Assert.Equal(1, await _shop.RunAsync("validate", _shop.Campaigns, "--format", "json"));
        Assert.Equal("journeys/wake.yaml", Json().GetProperty("errors")[0].GetProperty("file").GetString());
    }

    [Fact]
    public async Task Diff_OfAnEditedJourney_SaysWhatChangesBeforeItIsInForceAndAfterwards()
    {
        Assert.Equal(1, await _shop.RunAsync("diff", "wake"));
        await _shop.RunAsync("import", _shop.Write("orders.csv", Orders));
        _shop.Write("campaigns/journeys/wake.yaml", ShopFolder.Journey.Replace("goal: {", "priority: 2\ngoal: {", StringComparison.Ordinal));
        for (var round = 0; round < 2; round++)
        {
            Assert.Equal(0, await _shop.RunAsync("diff", "wake", "--format", "json"));
            Assert.Equal("'priority' is new: 2.", Assert.Single(Json().GetProperty("changes").EnumerateArray()).GetString());
            await (await _shop.OpenAsync(writes: true)).DisposeAsync();
        }
    }

    [Fact]
    public async Task Demo_AtTheFirstStart_IsMadeOnceAndServed()
    {
        await using (var shop = await _shop.OpenAsync(writes: true))
        {
            var made = await shop.EnsureDemoAsync(new Progress<WorkDone>(), Cancellation);
            Assert.Equal(40, made!.Overview.Customers);
            Assert.True(made.Overview.Journeys.Single().Sent > 0);
            Assert.Equal(made.Overview.Customers, made.Overview.Stages.Sum(s => s.Customers));
            Assert.Equal(made.Overview.Revenue, made.Overview.Segments.Sum(s => s.Revenue));
        }

        await using var again = await _shop.OpenAsync(writes: true);
        Assert.Null(await again.EnsureDemoAsync(new Progress<WorkDone>(), Cancellation));
        Assert.False(Directory.Exists(Path.Combine(_shop.Data, "mails")));
    }

    [Fact]
    public async Task Demo_WhereThereIsDataAlready_IsNotMade()
    {
        await _shop.RunAsync("import", _shop.Write("orders.csv", Orders));
        await using var shop = await _shop.OpenAsync(writes: true);

        Assert.Null(await shop.EnsureDemoAsync(new Progress<WorkDone>(), Cancellation));
    }

    private static (int, int, int, int, decimal) Counts(JsonElement result) => (
        result.GetProperty("accepted").GetInt32(), result.GetProperty("duplicates").GetInt32(), result.GetProperty("refused").GetInt32(),
        result.GetProperty("customers").GetInt32(), result.GetProperty("revenue").GetDecimal());

    private JsonElement Json() => JsonDocument.Parse(_shop.Output).RootElement;

    private IEnumerable<(string?, int, int, decimal)> Changes(string groups) => Json().GetProperty(groups).EnumerateArray()
        .Select(s => (s.GetProperty("id").GetString(), s.GetProperty("change"))).Select(s => (
            s.Item1, s.Item2.GetProperty("customers").GetInt32(), s.Item2.GetProperty("orders").GetInt32(), s.Item2.GetProperty("revenue").GetDecimal()));

    private IEnumerable<(string?, int, int, decimal)> Groups() => Json().GetProperty("segments").EnumerateArray().Select(s => (
        s.GetProperty("id").GetString(), s.GetProperty("customers").GetInt32(), s.GetProperty("orders").GetInt32(), s.GetProperty("revenue").GetDecimal()));
}
