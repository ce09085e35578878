using Segue.Local.Import;

namespace Segue.Tests.Import;

public sealed class BadRowsFileTests : ImportFixture
{
    [Fact]
    public void Add_Rows_AreWrittenBesideTheInput()
    {
        var input = Path.Combine(Folder, "orders.csv");
        using (var file = new BadRowsFile(input))
        {
            file.Add(new(3, "a,\"b\"\nc", ["amount: found 'x'", "orderedAt: missing"]));
            file.Add(new(7, "=cmd()", ["found 1 fields"]));
            file.Warn("remark");
            Assert.Equal(2, file.Count);
            Assert.Equal(["remark"], file.Warnings);
        }

        Assert.Equal("line,reasons,raw\n3,amount: found 'x'; orderedAt: missing,\"a,\"\"b\"\"\nc\"\n7,found 1 fields,'=cmd()\n",
            File.ReadAllText(Path.Combine(Folder, "orders.csv.bad.csv")));
    }

    [Fact]
    public void Dispose_NoRows_LeavesNoFileNotEvenAnOldOne()
    {
        var other = Path.Combine(Folder, "elsewhere");
        Directory.CreateDirectory(other);
        File.WriteAllText(Path.Combine(other, "orders.csv.bad.csv"), "old");
        new BadRowsFile(Path.Combine(Folder, "orders.csv"), other).Dispose();
        Assert.Empty(Directory.EnumerateFiles(other));
    }

    [Fact]
    public void Add_FolderGiven_WritesThere()
    {
        var other = Path.Combine(Folder, "new");
        using (var file = new BadRowsFile(Path.Combine(Folder, "orders.csv"), other))
        {
            file.Add(new(1, "x", ["y"]));
        }

        Assert.Single(Directory.EnumerateFiles(other, "orders.csv.bad.csv"));
    }
}
