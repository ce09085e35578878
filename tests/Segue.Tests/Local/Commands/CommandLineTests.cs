using System.Text.Json;
using Segue.Http.Journeys;
using Segue.Local;
using Segue.Local.Commands;
using Segue.Ports;

namespace Segue.Tests.Local.Commands;

public sealed class CommandLineTests : IDisposable
{
    private readonly FakeShop _shop = new();
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("segue-").FullName;
    private string _answers = "";
    private bool _interactive;

    public void Dispose()
    {
        _output.Dispose();
        _error.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData("segmnts", "segments")]
    [InlineData("segments --colour", "--colour")]
    [InlineData("segments --format xml", "xml")]
    [InlineData("segments --at yesterday", "yesterday")]
    [InlineData("import", "FILE")]
    [InlineData("import a.csv --kind Orders2", "Orders2")]
    [InlineData("import a.csv --map customerId", "customerId")]
    [InlineData("import a.csv --map a=b --map a=c", "twice")]
    [InlineData("simulate --from 1997-01-01", "--until")]
    [InlineData("simulate --from 1998-01-01 --until 1997-01-01", "--until")]
    [InlineData("clv --until soon", "soon")]
    [InlineData("clv --discount -100", "--discount")]
    [InlineData("cluster a.csv", "--columns")]
    [InlineData("cluster a.csv --columns a,,b", "--columns")]
    [InlineData("cluster a.csv --columns a --k many", "--k")]
    [InlineData("cluster a.csv --columns a --method soup", "soup")]
    [InlineData("golive", "ID")]
    [InlineData("customer a b", "b")]
    [InlineData("deadletters replay", "--all")]
    [InlineData("deadletters drop 1 --all", "--all")]
    [InlineData("deadletters list --queue mails", "mails")]
    [InlineData("serve --backlog 0", "--backlog")]
    [InlineData("--dta x", "--dta")]
    public async Task WrongUsage_IsExitCode2WithTheReason(string words, string reason)
    {
        Assert.Equal(2, await RunAsync(words.Split(' ')));

        Assert.Contains(reason, _error.ToString(), StringComparison.Ordinal);
        Assert.Contains("--help", _error.ToString(), StringComparison.Ordinal);
        Assert.Empty(_output.ToString());
        Assert.Null(_shop.Opened);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("simulate --help")]
    [InlineData("--version")]
    public async Task Help_IsExitCode0(string words)
    {
        Assert.Equal(0, await RunAsync(words.Split(' ')));
        Assert.NotEmpty(_output.ToString());
    }

    [Fact]
    public async Task Clv_AsATable_ShowsParametersAndWhatIsMissing()
    {
        Assert.Equal(0, await RunAsync(["clv", "--until", "1997-09-30", "--discount", "8"]));
        Assert.Equal(new ClvRequest(new(1997, 9, 30), 0.08), Assert.Single(_shop.Asked));
        Assert.All(new[] { "1997-09-30", "2,357", "0.243", "-9,582.4", "unknown", "12 months", "Few customers." }, text => Assert.Contains(text, _output.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Diff_OfAJourney_SaysEachChange()
    {
        Assert.Equal(0, await RunAsync(["diff", "welcome", "--campaigns", _folder]));
        Assert.Contains("welcome: the version in force against the file", _output.ToString(), StringComparison.Ordinal);
        Assert.Contains("- 'holdout' was 10% and is now 20%.", _output.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("y", 0, 2)]
    [InlineData("n", 1, 1)]
    public async Task Publish_AtATerminal_ShowsWhatChangesAndAsks(string answer, int code, int runs)
    {
        (_interactive, _answers) = (true, answer + "\n");
        Assert.Equal(code, await RunAsync("publish", _folder, "--by", "ann"));
        Assert.Contains("goes live: welcome", _error.ToString(), StringComparison.Ordinal);
        Assert.Equal(["here", ("ann", (string?)null, true), ("ann", "v1", false)], _shop.Asked.Take(runs + 1).Concat(runs == 1 ? [("ann", "v1", false)] : []));
    }

    [Fact]
    public async Task Publish_WithYesOrDryRun_DoesNotAsk()
    {
        _interactive = true;
        Assert.Equal(0, await RunAsync("publish", _folder, "--yes", "--by", "ann", "--to", "https://segue.example.com"));
        Assert.Equal(["https://segue.example.com/", ("ann", (string?)null, false)], _shop.Asked);
        Assert.Equal(0, await RunAsync("publish", "--revert", "v1", "--dry-run", "--by", "ann"));
        Assert.Equal(("v1", "ann", true), _shop.Asked[^1]);
    }

    [Fact]
    public async Task People_OfAJourney_AreShownByVersionAndStepAndByName()
    {
        Assert.Equal(0, await RunAsync("people", "welcome", "--on", "v2", "--step", "mail", "--after", "b"));
        Assert.Equal(new Segue.Http.Reports.PeopleWish("welcome", "v2", "mail", "b"), Assert.Single(_shop.Asked));
        Assert.All(["v2 (in force)", "v1", "end", "c1", "more with --after c1"], text => Assert.Contains(text, _output.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Help_NamesEveryCommand()
    {
        await RunAsync("--help");

        Assert.All(
            ["import", "serve", "simulate", "segments", "calibrate", "validate", "diff", "publish", "people", "golive", "pause", "resume", "customer", "clv", "cluster", "deadletters"],
            name => Assert.Contains($"\n  {name}", _output.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Options_ByDefaultAndGiven_ReachTheShop()
    {
        await RunAsync("segments", "--campaigns", _folder);
        Assert.Equal(new(".segue", _folder, false), _shop.Opened);

        await RunAsync("calibrate", "--data", "there", "--campaigns", _folder);
        Assert.Equal(new("there", _folder, true), _shop.Opened);
    }

    [Fact]
    public async Task Import_AsJson_HasTheKeysThatScriptsRelyOn()
    {
        var file = Path.Combine(_folder, "orders.csv");
        await File.WriteAllTextAsync(file, "x", TestContext.Current.CancellationToken);

        Assert.Equal(0, await RunAsync(
            "import", file, "--map", "customerId=cust no", "--map", "amount=total", "--date-format", "yyyyMMdd",
            "--zone", "Europe/Berlin", "--format", "json"));

        var result = JsonDocument.Parse(_output.ToString()).RootElement;
        Assert.Equal(3, result.GetProperty("accepted").GetInt32());
        Assert.Equal(1, result.GetProperty("duplicates").GetInt32());
        Assert.Equal(1, result.GetProperty("refused").GetInt32());
        Assert.Equal(2, result.GetProperty("customers").GetInt32());
        Assert.Equal(1234.5m, result.GetProperty("revenue").GetDecimal());
        var request = Assert.IsType<ImportRequest>(Assert.Single(_shop.Asked));
        Assert.Equal((file, ImportKind.Orders, "Europe/Berlin", "yyyyMMdd"), (request.File, request.Kind, request.Zone, request.DateFormat));
        Assert.Equal(new Dictionary<string, string> { ["customerId"] = "cust no", ["amount"] = "total" }, request.Columns);
        Assert.Contains("Reading: 1 of 2 (50 %)", _error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 0, 5, 1)]
    [InlineData(0, 5, 5, 0)]
    [InlineData(1, 0, 5, 0)]
    [InlineData(0, 0, 0, 0)]
    public async Task Import_IsDoneIfItKeptAnyRow(int accepted, int duplicates, int refused, int code)
    {
        var file = Path.Combine(_folder, "orders.csv");
        await File.WriteAllTextAsync(file, "x", TestContext.Current.CancellationToken);
        _shop.Import = new(accepted, duplicates, refused, 0, 0, "EUR", null);

        Assert.Equal(code, await RunAsync("import", file));
    }

    [Fact]
    public async Task Import_OfNoFile_IsRefused()
    {
        Assert.Equal(1, await RunAsync("import", Path.Combine(_folder, "none.csv")));
        Assert.Contains("none.csv", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Simulate_ReadsDaysAndMomentsAsUtc()
    {
        Assert.Equal(0, await RunAsync(
            "simulate", "--from", "1997-01-01", "--until", "1998-07-01T02:00+02:00", "--journey", "a", "--journey", "b",
            "--sends", "sends.csv", "--assume-reachable", "--format", "json"));

        var request = Assert.IsType<SimulateRequest>(Assert.Single(_shop.Asked));
        Assert.Equal(new(1997, 1, 1, 0, 0, 0, TimeSpan.Zero), request.From);
        Assert.Equal(new(1998, 7, 1, 0, 0, 0, TimeSpan.Zero), request.Until);
        Assert.Equal(["a", "b"], request.Journeys);
        Assert.Equal(("sends.csv", true), (request.SendsFile, request.AssumeReachable));
        var result = JsonDocument.Parse(_output.ToString()).RootElement;
        Assert.Equal(["from", "until", "sends", "customers", "unreachable", "byJourney"], result.EnumerateObject().Select(p => p.Name));
        Assert.Equal(12, result.GetProperty("sends").GetInt32());
        Assert.Equal(12, result.GetProperty("byJourney").GetProperty("welcome").GetProperty("sends").GetInt32());
    }

    [Fact]
    public async Task Segments_AsJson_HasTheKeysThatScriptsRelyOn()
    {
        Assert.Equal(0, await RunAsync("segments", "--at", "1998-01-01", "--format", "json"));

        var result = JsonDocument.Parse(_output.ToString()).RootElement;
        Assert.StartsWith("1998-01-01", result.GetProperty("at").GetString(), StringComparison.Ordinal);
        var segment = result.GetProperty("segments")[0];
        Assert.Equal("vip-active", segment.GetProperty("id").GetString());
        Assert.Equal((1, 5, 900.25m), (segment.GetProperty("customers").GetInt32(), segment.GetProperty("orders").GetInt32(), segment.GetProperty("revenue").GetDecimal()));
    }

    [Fact]
    public async Task Segments_AsTable_ShowsNamesThatLookLikeMarkup()
    {
        Assert.Equal(0, await RunAsync("segments"));

        Assert.Contains("VIP [active]", _output.ToString(), StringComparison.Ordinal);
        Assert.Contains("900.25", _output.ToString(), StringComparison.Ordinal);
        Assert.Contains("+3", _output.ToString(), StringComparison.Ordinal);
        Assert.Contains("-20.50", _output.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b", _output.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("calibrate", "monetary")]
    [InlineData("customer c1", "vip-active")]
    public async Task Results_AsTable_AreOnStandardOutput(string words, string text)
    {
        Assert.Equal(0, await RunAsync(words.Split(' ')));
        Assert.Contains(text, _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Customer_Unknown_IsRefused()
    {
        Assert.Equal(1, await RunAsync("customer", "nobody"));
        Assert.Contains("nobody", _error.ToString(), StringComparison.Ordinal);
        Assert.Empty(_output.ToString());
    }

    [Fact]
    public async Task Validate_WithErrors_IsExitCode1AndNamesThem()
    {
        _shop.Validation = new(false, [new("segments.yaml", 12, "segments[3].when.stagee", "unknown field")], []);

        Assert.Equal(1, await RunAsync("validate", _folder, "--format", "json"));

        var result = JsonDocument.Parse(_output.ToString()).RootElement;
        Assert.False(result.GetProperty("valid").GetBoolean());
        var error = result.GetProperty("errors")[0];
        Assert.Equal(
            ("segments.yaml", 12, "segments[3].when.stagee", "unknown field"),
            (error.GetProperty("file").GetString(), error.GetProperty("line").GetInt32(), error.GetProperty("field").GetString(), error.GetProperty("message").GetString()));
        Assert.Equal(_folder, _shop.Validated);
        Assert.Null(_shop.Opened);
    }

    [Fact]
    public async Task Validate_WithWarningsOnly_IsDone()
    {
        Assert.Equal(0, await RunAsync("validate", _folder));
        Assert.Contains("warning: journeys/a.yaml:4: holdout: has no holdout", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Validate_OfNoFolder_IsRefused() => Assert.Equal(1, await RunAsync("validate", Path.Combine(_folder, "none")));

    [Theory]
    [InlineData("golive", SwitchTo.Live)]
    [InlineData("archive", SwitchTo.Archived)]
    [InlineData("pause", SwitchTo.Paused)]
    [InlineData("resume", SwitchTo.Resumed)]
    public async Task Switch_InAScript_ShowsTheForecastAndRecordsWho(string command, SwitchTo to)
    {
        Assert.Equal(0, await RunAsync(command, "welcome", "--by", "Ada"));

        Assert.Equal([("welcome", to, "Ada")], _shop.Asked);
        Assert.Contains("Ada", _output.ToString(), StringComparison.Ordinal);
        Assert.Contains("50", _output.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("y\n", 0, 1)]
    [InlineData("n\n", 1, 0)]
    [InlineData("\n", 1, 0)]
    [InlineData("", 1, 0)]
    public async Task GoLive_WithAPersonThere_AsksFirst(string answers, int code, int switched)
    {
        (_answers, _interactive) = (answers, true);

        Assert.Equal(code, await RunAsync("golive", "welcome"));

        Assert.Contains("5 customers today and 50 within 30 days", _error.ToString(), StringComparison.Ordinal);
        Assert.Equal(switched, _shop.Asked.Count);
    }

    [Fact]
    public async Task GoLive_WithYes_DoesNotAsk()
    {
        _interactive = true;
        Assert.Equal(0, await RunAsync("golive", "welcome", "--yes"));
    }

    [Fact]
    public async Task GoLive_OfNoJourney_IsRefused()
    {
        Assert.Equal(1, await RunAsync("golive", "welcom"));
        Assert.Empty(_shop.Asked);
    }

    [Fact]
    public async Task Refusals_AreExitCode1WithTheirMessage()
    {
        foreach (var fault in new Exception[] { new RefusedException("locked by process 7"), new PortUnavailableException("locked by process 7"), new IOException("locked by process 7") })
        {
            _shop.Fault = fault;
            Assert.Equal(1, await RunAsync("segments"));
        }

        Assert.Equal(string.Concat(Enumerable.Repeat("locked by process 7" + Environment.NewLine, 3)), _error.ToString());
    }

    private Task<int> RunAsync(params string[] words)
    {
        CommandStreams streams = new(_output, _error, new StringReader(_answers), InputIsTerminal: _interactive);
        return new SegueCommandLine(_shop, TimeProvider.System, streams).RunAsync(words);
    }
}
