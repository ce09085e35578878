using System.Text;
using System.Text.Json;

namespace Segue.Tests.Local.Shop;

/// <summary>What people get to read when a file is wrong, through the real command line.</summary>
public sealed class BadInputTests : IDisposable
{
    private const string Header = "customerId,orderedAt,amount\n";

    private readonly ShopFolder _shop = new();

    public void Dispose() => _shop.Dispose();

    [Theory]
    [InlineData("cust,orderedAt,amount\na,2024-01-01,1\n", "orders.csv:1: customerId: The column 'customerId' is missing; found 'cust', 'orderedAt', 'amount'. A column of another name is given by --map customerId=NAME.")]
    [InlineData("", "orders.csv:1: customerId: The column 'customerId' is missing; found nothing. A column of another name is given by --map customerId=NAME.")]
    public async Task Import_OfAFileThatIsWrongAsAWhole_IsRefusedAndKeepsNothing(string text, string message)
    {
        Assert.Equal(1, await _shop.RunAsync("import", _shop.Write("orders.csv", text)));

        Assert.EndsWith(message + "\n", _shop.Error.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Empty(_shop.Output);
    }

    [Theory]
    [InlineData("a,31/31/2024,1", "orderedAt: found '31/31/2024'; dates are ISO 8601, such as 2024-01-31 or 2024-01-31T18:05:00Z (another format is given by --date-format)")]
    [InlineData("a,2024-01-01,abc", "amount: found 'abc'; an amount is digits with a decimal point, such as 1234.50")]
    [InlineData("a\u00e9,2024-01-01,1", "byte 0xE9 at position 2 is no valid UTF-8; save the file as UTF-8")]
    public async Task Import_OfAWrongRow_IsRefusedOnStandardErrorAndInJson(string row, string reason)
    {
        var file = Path.Combine(_shop.Root, "orders.csv");
        await File.WriteAllBytesAsync(file, Encoding.Latin1.GetBytes(Header + row + "\n"), TestContext.Current.CancellationToken);

        Assert.Equal(1, await _shop.RunAsync("import", file, "--format", "json"));

        Assert.Contains($"{file}:2: {reason}\n", _shop.Error.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        var result = JsonDocument.Parse(_shop.Output).RootElement;
        Assert.Equal((0, 1), (result.GetProperty("accepted").GetInt32(), result.GetProperty("refused").GetInt32()));
        Assert.Equal($"{file}:2: {reason}", result.GetProperty("remarks")[0].GetString());
        Assert.Equal(file + ".bad.csv", result.GetProperty("refusedRows").GetString());
    }

    [Fact]
    public async Task Import_OfAnUnknownCurrency_IsRefusedAndNamesTheShops()
    {
        Assert.Equal(1, await _shop.RunAsync("import", _shop.Write("orders.csv", "customerId,orderedAt,amount,currency\na,2024-01-01,1,XXQ\n")));

        Assert.Contains(
            "orders.csv:2: currency: found 'XXQ'; the shop's currency is USD and there are no exchange rates, so XXQ can't be converted",
            _shop.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_OfNoFile_IsRefusedAndNamesIt()
    {
        var file = Path.Combine(_shop.Root, "none.csv");

        Assert.Equal(1, await _shop.RunAsync("import", file));
        Assert.Equal($"There is no file {file}.\n", _shop.Error.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task Import_OfAVeryLongLine_KeepsTheRowsAroundIt()
    {
        var file = Path.Combine(_shop.Root, "orders.csv");
        await using (var writer = new StreamWriter(file))
        {
            await writer.WriteAsync($"{Header}a,2024-01-01,1\nb,");
            for (var i = 0; i < 40; i++)
            {
                await writer.WriteAsync(new string('x', 1_000_000));
            }

            await writer.WriteAsync("\nc,2024-01-01,2\n");
        }

        Assert.Equal(0, await _shop.RunAsync("import", file, "--format", "json"));

        Assert.Contains($"{file}:3: the line is longer than 1048576 bytes\n", _shop.Error.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        var result = JsonDocument.Parse(_shop.Output).RootElement;
        Assert.Equal((2, 1), (result.GetProperty("accepted").GetInt32(), result.GetProperty("refused").GetInt32()));
    }

    [Fact]
    public async Task Import_OfManyWrongRows_ShowsTheFirstAndCountsTheRest()
    {
        Assert.Equal(1, await _shop.RunAsync("import", _shop.Write("orders.csv", Header + string.Concat(Enumerable.Repeat("a,2024-01-01,x\n", 10)))));

        Assert.Contains("orders.csv:4: amount", _shop.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("orders.csv:5:", _shop.Error, StringComparison.Ordinal);
        Assert.Contains("7 more rows were refused", _shop.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("exitWhen", "exitWhn", "journeys/wake.yaml", 5, "exitWhn", "Unknown key 'exitWhn'. Did you mean 'exitWhen'?")]
    [InlineData("email: hello", "email: helo", "journeys/wake.yaml", 7, "steps[0].send.email", "Found 'helo'; expected a template in emails/: there is no emails/helo.hbs. Did you mean 'hello'?")]
    [InlineData("segment: quiet", "segment: quite", "journeys/wake.yaml", 3, "enter.segment", "Found 'quite'; expected a segment of segments.yaml. Did you mean 'quiet'?")]
    public async Task Campaigns_WithAFault_AreRefusedByAllThatLoadThem(
        string right, string wrong, string file, int line, string field, string message)
    {
        await _shop.RunAsync("import", _shop.Write("orders.csv", Header + "a,2024-01-01,1\n"));
        _shop.Write("campaigns/journeys/wake.yaml", ShopFolder.Journey.Replace(right, wrong, StringComparison.Ordinal));

        await AssertRefusedAsync(file, line, field, message);
    }

    [Fact]
    public async Task Campaigns_WithACycleWithoutAWait_AreRefusedByAllThatLoadThem()
    {
        await _shop.RunAsync("import", _shop.Write("orders.csv", Header + "a,2024-01-01,1\n"));
        _shop.Write(
            "campaigns/journeys/wake.yaml",
            ShopFolder.Journey.Replace("- send:", "- id: first\n    send:", StringComparison.Ordinal) + "\n  - link: { to: first, maxVisits: 3 }\n");

        await AssertRefusedAsync("journeys/wake.yaml", 9, "steps[1].link.to", "without a wait");
    }

    [Theory]
    [InlineData("import")]
    [InlineData("import a.csv --kind sounds")]
    [InlineData("serve --urls")]
    [InlineData("simulate --from soon --until later")]
    [InlineData("validate a b")]
    public async Task WrongUsage_IsExitCode2AndTouchesNothing(string words)
    {
        Assert.Equal(2, await _shop.RunAsync(words.Split(' ')));
        Assert.NotEmpty(_shop.Error);
        Assert.False(Directory.Exists(_shop.Data));
    }

    private async Task AssertRefusedAsync(string file, int line, string field, string message)
    {
        Assert.Equal(1, await _shop.RunAsync("validate", _shop.Campaigns, "--format", "json"));
        var error = Assert.Single(JsonDocument.Parse(_shop.Output).RootElement.GetProperty("errors").EnumerateArray());
        Assert.Equal((file, line, field), (error.GetProperty("file").GetString(), error.GetProperty("line").GetInt32(), error.GetProperty("field").GetString()));
        Assert.Contains(message, error.GetProperty("message").GetString(), StringComparison.Ordinal);

        foreach (var words in new[] { "simulate --from 2024-01-01 --until 2024-02-01", "serve --urls http://127.0.0.1:0", "segments" })
        {
            Assert.Equal(1, await _shop.RunAsync(words.Split(' ')));
            Assert.Contains($"{file}:{line}: {field}: ", _shop.Error, StringComparison.Ordinal);
            Assert.Contains(message, _shop.Error, StringComparison.Ordinal);
            Assert.Empty(_shop.Output);
        }
    }
}
