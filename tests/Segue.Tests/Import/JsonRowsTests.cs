using Segue.Local.Import;

namespace Segue.Tests.Import;

public sealed class JsonRowsTests : ImportFixture
{
    private const string Good = """{"orderId":"o","customerId":"c","orderedAt":"2024-05-02T10:00:00Z","amount":5,"email":"c@example.com"}""";

    [Theory]
    [InlineData("orders.jsonl")]
    [InlineData("orders.ndjson")]
    [InlineData("orders")]
    public async Task ReadAsync_JsonLines_AreToldByExtensionOrFirstByte(string file)
    {
        var group = Assert.Single(await ImportAsync($"\uFEFF{Good}\r\n\r\n", Options(file)));
        Assert.Equal(("c", "c@example.com", 1L), (group.CustomerId, group.Facts!.Email, Assert.Single(group.Lines)));
    }

    [Fact]
    public async Task ReadAsync_BadLines_AreToldAndTheOthersKept()
    {
        byte[] text = [.. System.Text.Encoding.UTF8.GetBytes($"{Good}\n{{\n\n{{\"amount\":\"x\"}}\n5\n"), (byte)'"', 0xFF, (byte)'"', (byte)'\n', .. "{}"u8];
        Assert.Single(await ImportAsync(text, Options("orders.jsonl")));
        Assert.Equal([2L, 4L, 5L, 6L, 7L], Bad.Rows.Select(r => r.Line));
        Assert.StartsWith("this is no valid JSON", Bad.Rows[0].Reasons[0], StringComparison.Ordinal);
        Assert.Equal("amount: found 'x'; an amount is digits with a decimal point, such as 1234.50", Bad.Rows[1].Reasons[0]);
        Assert.Equal("found the number '5'; it is a JSON object", Assert.Single(Bad.Rows[2].Reasons));
        Assert.Equal("byte 0xFF at position 2 is no valid UTF-8; save the file as UTF-8", Assert.Single(Bad.Rows[3].Reasons));
    }

    [Fact]
    public async Task ReadAsync_LinesWithoutIds_GetDerivedOnes()
    {
        const string Line = """{"customerId":"c","orderedAt":"2024-05-02T10:00:00Z","amount":5}""";
        var orders = Orders(await ImportAsync($"{Line}\n{Line}", Options("orders.jsonl")));
        Assert.Equal(2, orders.Select(o => o.OrderId).Distinct().Count());
        Assert.Equal(orders.Select(o => o.OrderId), Orders(await ImportAsync($"{Line}\n{Line}", Options("orders.jsonl"))).Select(o => o.OrderId));
        Assert.Equal(orders.Select(o => o.OrderId),
            Orders(await ImportAsync("customerId,orderedAt,amount\nc,2024-05-02T12:00:00+02:00,5.0\nc,2024-05-02T10:00:00Z,5")).Select(o => o.OrderId));
    }

    [Fact]
    public async Task ReadAsync_UnknownField_IsWarnedOfOnce()
    {
        var line = Good.Replace("\"amount\"", "\"chanel\":1,\"amount\"", StringComparison.Ordinal);
        await ImportAsync($"{line}\n{line}", Options("orders.jsonl"));
        Assert.Equal("Line 1: chanel: unknown field, ignored. Did you mean 'channel'?", Assert.Single(Bad.Warnings));
    }

    [Fact]
    public async Task ReadAsync_FormatGiven_IsNotGuessed() =>
        Assert.Single(await ImportAsync(Good, Options("orders.csv") with { Format = ImportFormat.JsonLines }));
}
