using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Segue.Customers;
using Segue.Local.Import;
using Segue.Tests.Orders;
using Segue.Tests.Support;

namespace Segue.Tests.Import;

public sealed class GroupingTests : ImportFixture
{
    private const string Header = "customerId,orderedAt,amount";

    [Fact]
    public async Task ReadAsync_EqualRows_StayTwoAndKeepTheirIds()
    {
        const string Rows = "\nc,2024-01-01,5\nd,2024-01-01,5\nc,2024-01-01,5.00\nc,2024-01-02,5\nc,2024-01-01,6";
        var first = Orders(await ImportAsync(Header + Rows));
        var again = Orders(await ImportAsync(Header + Rows));
        var longer = Orders(await ImportAsync(Header + Rows + "\nc,2024-02-01,5\nc,2023-01-01,5"));

        Assert.Equal(5, first.Select(o => o.OrderId).Distinct().Count());
        Assert.All(first, o => Assert.True(o.DerivedId));
        Assert.Equal(first.Select(o => o.OrderId), again.Select(o => o.OrderId));
        Assert.Subset(longer.Select(o => o.OrderId).ToHashSet(), first.Select(o => o.OrderId).ToHashSet());
    }

    [Fact]
    public async Task ReadAsync_RowsThatDifferInItemsOrCurrency_HaveOtherIds()
    {
        const string Items = "\"[{\"\"productId\"\":\"\"p\"\"}]\"";
        var orders = Orders(await ImportAsync($"{Header},items,channel\nc,2024-01-01,5,,web\nc,2024-01-01,5,{Items},web\nc,2024-01-01,5,,app"));
        var ids = orders.Select(o => o.OrderId.Length).Order();
        Assert.Equal([36, 36, 38], ids);
    }

    [Fact]
    public async Task ReadAsync_ManyOrdersOfOne_ComeNinetyAtATimeInTimeOrder()
    {
        var rows = string.Concat(Enumerable.Range(0, 200).Select(i => $"\nc,{new DateTime(2023, 1, 1).AddDays(i * 7 % 200):yyyy-MM-dd},1"));
        var groups = await ImportAsync($"{Header}{rows}\na,2024-01-01,1");
        Assert.Equal([("a", 1), ("c", 90), ("c", 90), ("c", 20)], groups.Select(g => (g.CustomerId, g.Orders.Count)));
        var times = groups.Skip(1).SelectMany(g => g.Orders).Select(o => o.OrderedAt).ToList();
        Assert.Equal(times.Order(), times);
        Assert.All(groups, g => Assert.Equal(g.Orders.Count, g.Lines.Count));
    }

    [Fact]
    public async Task ReadAsync_FactsOfACustomersRows_AreMergedByTime()
    {
        var groups = await ImportAsync($"{Header},name,email,emailConsent\nc,2024-03-01,1,New,,granted\nc,2024-01-01,1,Old,c@example.com,\nc,2024-02-01,1,,,refused\nd,2024-01-01,1,,,");
        Assert.Equal(("New", "c@example.com", Consent.Refused, new DateTimeOffset(2024, 2, 1, 0, 0, 0, TimeSpan.Zero)),
            (groups[0].Facts!.Name, groups[0].Facts!.Email, groups[0].Facts!.EmailConsent, groups[0].Facts!.ConsentAt));
        Assert.Null(groups[1].Facts);
    }

    [Fact]
    public async Task ReadAsync_AnyFile_GivesTheSameThroughFilesAsInMemory()
    {
        var random = new Random(5);
        var csv = new StringBuilder($"{Header},name,items\n");
        for (var i = 0; i < 3000; i++)
        {
            csv.Append(CultureInfo.InvariantCulture, $"c{random.Next(40)},{new DateTime(2023, 1, 1).AddDays(random.Next(20)):yyyy-MM-dd},{random.Next(4)},");
            csv.Append(random.Next(3) == 0 ? "Ann" : "").Append(random.Next(3) == 0 ? ",\"[{\"\"productId\"\":\"\"p\"\",\"\"price\"\":2}]\"\n" : ",\n");
        }

        var memory = Flat(await ImportAsync(csv.ToString()));
        var files = Flat(await ImportAsync(csv.ToString(), Options() with { RowsInMemory = 17 }));
        Assert.Equal(3000, memory.Count);
        Assert.Equal(memory, files);
        Assert.Equal(3000, memory.Select(m => m.OrderId).Distinct().Count());

        static List<(string, string OrderId, long, int, string?)> Flat(List<CustomerOrders> groups) => [.. groups.SelectMany(g =>
            g.Orders.Zip(g.Lines, (o, l) => (g.CustomerId, o.OrderId, l, o.Items.Count, g.Facts?.Name)))];
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(3)]
    public void Sorted_AnyIds_ComeInTheirOrdinalOrder(int rowsInMemory)
    {
        string[] ids = ["", "a", "aa", "ab", "abcdefgh", "abcdefghi", "abcdefgé", "abcdefg~", "é", "aé", "aéb", "ü", "~", "😀", "\uFFEF", "b"];
        var random = new Random(9);
        using var sorter = new RowSorter(Path.Combine(Folder, "sort"), rowsInMemory);
        var rows = Enumerable.Range(0, 400).Select(i => new StagedRow(
            new() { CustomerId = ids[random.Next(ids.Length)], OrderId = $"{random.Next(3)}", OrderedAt = Now.AddDays(random.Next(3)), Amount = 1 }, CustomerFacts.None, i)).ToList();
        rows.ForEach(r => sorter.Add(r, 0));
        var expected = rows.OrderBy(r => r.Order.CustomerId, StringComparer.Ordinal).ThenBy(r => r.Order.OrderedAt)
            .ThenBy(r => r.Order.OrderId, StringComparer.Ordinal).ThenBy(r => r.Line).Select(r => r.Line);
        Assert.Equal(expected, sorter.Sorted().Select(r => r.Line));
    }

    [Fact]
    public void SortFile_AnyRows_ComeBack() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            var rows = Enumerable.Range(0, random.Next(5)).Select(i => RandomOrder.Make(random))
                .Select(o => new StagedRow(o.Order, o.Customer, random.NextInt64(long.MaxValue))).ToList();
            var path = Path.Combine(Folder, "rows.sort");
            SortFile.Write(path, rows);
            var back = SortFile.Read(path).ToList();
            return rows.Count == back.Count && rows.Zip(back).All(p => p.First.Line == p.Second.Line
                && RandomOrder.Same(new(p.First.Order, p.First.Facts), new(p.Second.Order, p.Second.Facts)));
        }).Holds();

    [Fact]
    public async Task ReadAsync_FilesOfAKilledImport_AreRemoved()
    {
        var sort = Directory.CreateDirectory(Path.Combine(Folder, "sort")).FullName;
        await File.WriteAllTextAsync(Path.Combine(sort, "1.sort"), "half a ro", TestContext.Current.CancellationToken);
        Assert.Single(await ImportAsync($"{Header}\nc,2024-01-01,1"));
        Assert.Empty(Directory.EnumerateFiles(sort));
    }

    [Fact]
    public async Task ReadAsync_LeftInTheMiddle_RemovesItsFiles()
    {
        var csv = Encoding.UTF8.GetBytes(Header + string.Concat(Enumerable.Range(0, 500).Select(i => $"\nc{i},2024-01-01,1")));
        await foreach (var _ in OrderImport.ReadAsync(new MemoryStream(csv), Options() with { RowsInMemory = 20 }, Bad, cancellation: TestContext.Current.CancellationToken))
        {
            Assert.NotEmpty(Directory.EnumerateFiles(Path.Combine(Folder, "sort")));
            break;
        }

        Assert.Empty(Directory.EnumerateFiles(Path.Combine(Folder, "sort")));
    }

    [Fact]
    public async Task ReadAsync_Progress_EndsWithEverything()
    {
        var last = new Last();
        var csv = Encoding.UTF8.GetBytes(Header + "\nx" + string.Concat(Enumerable.Range(0, 20_000).Select(i => $"\nc{i % 100},2024-01-01,1")));
        await foreach (var _ in OrderImport.ReadAsync(new MemoryStream(csv), Options(), Bad, last, TestContext.Current.CancellationToken))
        {
        }

        Assert.Equal(new ImportProgress(csv.Length, csv.Length, 20_001, 1, 20_000), last.Value);
        Assert.True(last.Count >= 5);
    }

    private sealed class Last : IProgress<ImportProgress>
    {
        public ImportProgress? Value { get; private set; }

        public int Count { get; private set; }

        public void Report(ImportProgress value) => (Value, Count) = (value, Count + 1);
    }
}
