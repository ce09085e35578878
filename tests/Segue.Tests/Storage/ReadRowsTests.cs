using Segue.Ports;
using Segue.Storage;

namespace Segue.Tests.Storage;

public sealed class ReadRowsTests
{
    [Fact]
    public void Of_TheSameRowAgain_IsTheSameValue()
    {
        var rows = new ReadRows<Dictionary<string, string>>(SegueJson.Default.DictionaryStringString);
        Assert.Same(rows.Of(RowOf("a", "1", "x"), "a"), rows.Of(RowOf("a", "1", "x"), "a"));
    }

    [Fact]
    public void Of_ARowThatChanged_IsReadAnew()
    {
        var rows = new ReadRows<Dictionary<string, string>>(SegueJson.Default.DictionaryStringString);
        rows.Of(RowOf("a", "1", "x"), "current");
        Assert.Equal("y", rows.Of(RowOf("a", "2", "y"), "current")["v"]);

        // Another row in the same place may have the ETag that the one before had.
        Assert.Equal("z", rows.Of(RowOf("b", "2", "z"), "current")["v"]);
    }

    private static Row RowOf(string key, string etag, string value) =>
        new("p", key, etag, RowJson.Pack(new Dictionary<string, string> { ["v"] = value }, SegueJson.Default.DictionaryStringString));
}
