using Segue.Ports;

namespace Segue.Tests.Ports;

public abstract partial class TableStoreContract
{
    [Fact]
    public async Task Commit_HundredChanges_AreTakenAndOneMoreIsNot()
    {
        RowChange[] changes = [.. Enumerable.Range(0, 101).Select(i => RowChange.Insert($"{i}", Props(i)))];

        await AssertLimitAsync(changes);
        Assert.Empty(await KeysAsync(KeyRange.All));
        await Store.CommitAsync(Table, "p", changes[..100], Cancellation);
        Assert.Equal(100, (await KeysAsync(KeyRange.All)).Length);
    }

    [Fact]
    public async Task Commit_NoChanges_IsRefused() => await AssertLimitAsync();

    [Fact]
    public async Task Commit_SameRowTwice_IsRefused()
    {
        await AssertLimitAsync(RowChange.Insert("k", Props(1)), RowChange.Upsert("k", Props(2)));
        await AssertLimitAsync(
            [.. Enumerable.Range(0, 50).Select(i => RowChange.Upsert($"{i}", Props(i))), RowChange.Delete("7")]);
        Assert.Empty(await KeysAsync(KeyRange.All));
    }

    [Fact]
    public async Task Commit_LongestKeys_AreTakenAndOneMoreCharacterIsNot()
    {
        var (row, partition) = (new string('r', 512), new string('p', 512));
        await InsertAsync(row, 1, partition);
        Assert.Equal(1, await ValueAsync(row, partition));

        await Assert.ThrowsAsync<TableLimitException>(() => InsertAsync(row + "r", 1, "p"));
        await Assert.ThrowsAsync<TableLimitException>(() => InsertAsync("k", 1, partition + "p"));
    }

    [Theory]
    [InlineData('/')]
    [InlineData('\\')]
    [InlineData('#')]
    [InlineData('?')]
    [InlineData('\0')]
    [InlineData('\t')]
    [InlineData('\u001F')]
    [InlineData('\u007F')]
    [InlineData('\u0080')]
    [InlineData('\u009F')]
    [InlineData('\uD800')]
    [InlineData('\uDC00')]
    public async Task Commit_CharacterThatNoKeyMayHold_IsRefused(char c)
    {
        await Assert.ThrowsAsync<TableLimitException>(() => InsertAsync($"a{c}b", 1));
        await Assert.ThrowsAsync<TableLimitException>(() => InsertAsync("k", 1, $"a{c}"));
        await Assert.ThrowsAsync<TableLimitException>(() => GetAsync($"a{c}b"));
        Assert.Empty(await KeysAsync(KeyRange.All));
    }

    [Fact]
    public async Task Commit_CharactersThatKeysMayHold_AreTaken()
    {
        const string key = " !\"$&'()*+,-.:;<=>@[]^_`{|}~\u00A0é";
        await InsertAsync(key, 1, key);
        Assert.Equal(1, await ValueAsync(key, key));
        Assert.Equal([key], await KeysAsync(KeyRange.Prefix(" !"), partition: key));
    }

    [Fact]
    public async Task Commit_LargestText_IsTakenAndOneMoreCharacterIsNot()
    {
        var text = new string('ü', 32 * 1024);
        await InsertAsync("k", text);
        Assert.Equal(text, await ValueAsync("k"));
        await AssertLimitAsync(RowChange.Insert("k2", Props(text + "ü")));
    }

    [Fact]
    public async Task Commit_LargestBinary_IsTakenAndOneMoreByteIsNot()
    {
        var binary = new byte[64 * 1024];
        new Random(1).NextBytes(binary);
        await InsertAsync("k", binary);
        Assert.Equal(binary, await ValueAsync("k"));
        await AssertLimitAsync(RowChange.Insert("k2", Props(new byte[(64 * 1024) + 1])));
    }

    [Fact]
    public async Task Commit_MostProperties_AreTakenAndOneMoreIsNot()
    {
        var properties = Enumerable.Range(0, 252).ToDictionary(i => $"p{i}", i => (object)i);
        await CommitOneAsync(RowChange.Insert("k", properties));
        Assert.Equal(properties, (await GetAsync("k"))!.Properties);

        properties["p252"] = 252;
        await AssertLimitAsync(RowChange.Insert("k2", properties));
    }

    [Fact]
    public async Task Commit_LargestRow_IsTakenAndOneMoreCharacterIsNot()
    {
        // 4 for the row, 34 for its timestamp, two a character of its keys; 8 + 2 a character of its name + 4 + 2 a
        // character for each text.
        const int overhead = 4 + 34 + (2 * 2);
        const int text = 8 + (2 * 2) + 4;
        var properties = Enumerable.Range(0, 15).ToDictionary(i => $"{(char)('a' + i)}_", _ => (object)new string('x', 32 * 1024));
        var rest = TableLimits.RowBytes - overhead - (16 * text) - (15 * 64 * 1024);
        properties["z_"] = new string('x', rest / 2);
        await CommitOneAsync(RowChange.Insert("k", properties));
        Assert.Equal(properties, (await GetAsync("k"))!.Properties);

        properties = new(properties) { ["z_"] = new string('x', (rest / 2) + 1) };
        await AssertLimitAsync(RowChange.Insert("l", properties));
    }

    [Fact]
    public async Task Commit_BatchUnderFourMebibytes_IsTakenAndOneOverIsNot()
    {
        var large = Enumerable.Range(0, 15).ToDictionary(i => $"p{i}", _ => (object)new string('x', 32 * 1024));
        var rest = Enumerable.Range(0, 8).ToDictionary(i => $"p{i}", _ => (object)new string('x', 32 * 1024));
        RowChange[] under = [.. Enumerable.Range(0, 8).Select(i => RowChange.Insert($"{i}", large)), RowChange.Insert("8", Props(0))];
        RowChange[] over = [.. under[..8], RowChange.Insert("8", rest)];

        await AssertLimitAsync(over);
        Assert.Empty(await KeysAsync(KeyRange.All));
        await Store.CommitAsync(Table, "p", under, Cancellation);
        Assert.Equal(9, (await KeysAsync(KeyRange.All)).Length);
    }

    [Fact]
    public async Task Commit_BatchWhoseTextGrowsOnTheWire_IsMeasuredThere()
    {
        var quotes = Enumerable.Range(0, 12).ToDictionary(i => $"p{i}", _ => (object)new string('"', 32 * 1024));
        await CommitOneAsync(RowChange.Insert("0", quotes));
        await AssertLimitAsync(RowChange.Insert("1", quotes), RowChange.Insert("2", quotes));
    }

    [Theory]
    [InlineData("")]
    [InlineData("1a")]
    [InlineData("a-b")]
    [InlineData("a.b")]
    [InlineData("a b")]
    [InlineData("PartitionKey")]
    [InlineData("RowKey")]
    [InlineData("Timestamp")]
    public async Task Commit_NameThatNoPropertyCanHave_IsRefused(string name) =>
        await AssertLimitAsync(RowChange.Insert("k", new Dictionary<string, object> { [name] = 1 }));

    [Fact]
    public async Task Commit_LongestPropertyName_IsTakenAndOneMoreCharacterIsNot()
    {
        var name = new string('n', 255);
        await CommitOneAsync(RowChange.Insert("k", new Dictionary<string, object> { [name] = 1 }));
        Assert.Equal(1, (await GetAsync("k"))!.Properties[name]);
        await AssertLimitAsync(RowChange.Insert("l", new Dictionary<string, object> { [name + "n"] = 1 }));
    }

    public static TheoryData<object> Unsupported { get; } = [
        1m, 1f, (short)1, (byte)1, 1u, 'c', TimeSpan.Zero, new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc), new DateOnly(2026, 1, 1), DayOfWeek.Monday, new object(),
        new DateTimeOffset(1601, 1, 1, 0, 0, 0, TimeSpan.Zero).AddTicks(-1), DateTimeOffset.MinValue, double.NaN, double.PositiveInfinity, double.NegativeInfinity, "half \uD83D", "\uDE00 half",
    ];

    [Theory]
    [MemberData(nameof(Unsupported), DisableDiscoveryEnumeration = true)]
    public async Task Commit_ValueThatCantBeKept_IsRefused(object value)
    {
        await AssertLimitAsync(RowChange.Insert("a", Props(1)), RowChange.Insert("k", Props(value)));
        Assert.Empty(await KeysAsync(KeyRange.All));
    }

    [Theory]
    [InlineData("")]
    [InlineData("ab")]
    [InlineData("1abc")]
    [InlineData("with-dash")]
    [InlineData("with space")]
    [InlineData("x234567890123456789012345678901234567890123456789012345678901234")]
    public async Task Call_NameThatNoTableCanHave_IsRefused(string table)
    {
        await Assert.ThrowsAsync<TableLimitException>(
            () => Store.CommitAsync(table, "p", [RowChange.Insert("k", Props(1))], Cancellation));
        await Assert.ThrowsAsync<TableLimitException>(() => Store.GetAsync(table, "p", "k", Cancellation));
        await Assert.ThrowsAsync<TableLimitException>(
            () => Store.ReadAsync(table, "p", KeyRange.All, cancellation: Cancellation));
    }
}
