using Segue.Ports;

namespace Segue.Tests.Ports;

public abstract partial class TableStoreContract
{
    public static TheoryData<object> Values { get; } = [
        "", " ", "text", "größe 中文 😀 \uE000\uFFFD", "tab\tline\r\nend", "\"quoted\" \\ <b>&amp;</b> ' + `", "  spaces kept  ",
        "\0\u0001\u001F\u007F\u0085\u2028\uFEFF\uFFFE", "--batch_1\r\n\r\nHTTP/1.1 404 Not Found\r\n\r\n--changeset_1--",
        "2026-01-01T00:00:00Z", "123", "true",
        true, false,
        0, 1, -1, int.MinValue, int.MaxValue,
        0L, 1L, long.MinValue, long.MaxValue, (long)int.MaxValue + 1, 9007199254740993L,
        0.0, -0.0, 1.0, 1e15, -1.5, 0.1, double.MaxValue, double.MinValue, double.Epsilon, 1e300, Math.PI,
        DateTimeOffset.UnixEpoch, new DateTimeOffset(1601, 1, 1, 0, 0, 0, TimeSpan.Zero),
        DateTimeOffset.MaxValue, new DateTimeOffset(2026, 2, 28, 23, 59, 59, TimeSpan.Zero).AddTicks(1),
        Array.Empty<byte>(), new byte[] { 0 }, new byte[] { 0, 1, 127, 128, 255 },
    ];

    [Theory]
    [MemberData(nameof(Values), DisableDiscoveryEnumeration = true)]
    public async Task Commit_Value_ComesBackWithItsType(object value)
    {
        await InsertAsync("k", value);

        var found = await ValueAsync("k");
        Assert.IsType(value.GetType(), found);
        Assert.Equal(value, found);
        Assert.Equal(value, (await ReadAllAsync(KeyRange.All)).Single().Properties["value"]);
    }

    [Fact]
    public async Task Commit_MomentWithAnOffset_ComesBackInUtcToTheTick()
    {
        var moment = new DateTimeOffset(2026, 3, 29, 2, 30, 0, TimeSpan.FromHours(5.5)).AddTicks(1234567);
        await InsertAsync("k", moment);

        var found = Assert.IsType<DateTimeOffset>(await ValueAsync("k"));
        Assert.Equal(moment.UtcTicks, found.UtcTicks);
        Assert.Equal(TimeSpan.Zero, found.Offset);
    }

    [Fact]
    public async Task Commit_NullValue_IsNotKept()
    {
        await CommitOneAsync(RowChange.Insert("k", new Dictionary<string, object> { ["a"] = null!, ["b"] = 1 }));
        Assert.Equal(new Dictionary<string, object> { ["b"] = 1 }, (await GetAsync("k"))!.Properties);
    }

    [Fact]
    public async Task Commit_NoProperties_KeepsTheRow()
    {
        await CommitOneAsync(RowChange.Insert("k", new Dictionary<string, object>()));
        Assert.Empty((await GetAsync("k"))!.Properties);
    }

    [Fact]
    public async Task Commit_NamesBeyondAscii_AreTaken()
    {
        var properties = new Dictionary<string, object> { ["größe"] = 1, ["名前"] = "text", ["_ñ2"] = 2L };
        await CommitOneAsync(RowChange.Insert("k", properties));
        Assert.Equal(properties, (await GetAsync("k"))!.Properties);
    }

    [Fact]
    public async Task Commit_NamesThatDifferInCase_AreDifferentProperties()
    {
        var properties = new Dictionary<string, object> { ["name"] = 1, ["Name"] = 2, ["_name"] = 3, ["name2"] = 4 };
        await CommitOneAsync(RowChange.Insert("k", properties));
        Assert.Equal(properties, (await GetAsync("k"))!.Properties);
    }
}
