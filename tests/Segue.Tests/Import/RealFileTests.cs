using System.Globalization;
using System.Text;
using Segue.Local.Import;

namespace Segue.Tests.Import;

public sealed class RealFileTests : ImportFixture
{
    private static readonly Dictionary<string, string> Map = new()
    {
        ["customerId"] = "customer_id", ["orderedAt"] = "date", ["amount"] = "dollar_value",
    };

    [Theory]
    [InlineData(ImportOptions.DefaultRowsInMemory)]
    [InlineData(5_000)]
    public async Task ReadAsync_Cdnow_GivesItsPublishedCounts(int rowsInMemory)
    {
        var options = Options("cdnow.csv") with { Map = Map, DateFormat = "yyyyMMdd", RowsInMemory = rowsInMemory };
        await using var file = File.OpenRead(Find("cdnow.csv"));
        var (customers, ids, revenue) = await CountAsync(file, options);

        Assert.Equal(69_659, ids.Count);
        Assert.Equal(69_659, ids.Distinct().Count());
        Assert.Equal(23_570, customers);
        Assert.Equal(2_500_315.63m, revenue);
        Assert.Empty(Bad.Rows);
    }

    [Theory]
    [InlineData(ImportOptions.DefaultRowsInMemory)]
    [InlineData(700)]
    public async Task ReadAsync_GeneratedFileTwice_GivesTheSameDistinctIdsAndEveryCent(int rowsInMemory)
    {
        var (bytes, rows, customers, revenue) = Generate(20_000);
        var options = Options("made.csv") with { Map = Map, DateFormat = "yyyyMMdd", RowsInMemory = rowsInMemory };
        var first = await CountAsync(new MemoryStream(bytes), options);
        var second = await CountAsync(new MemoryStream(bytes), options);

        Assert.Equal(rows, first.Ids.Distinct().Count());
        Assert.Equal(customers, first.Customers);
        Assert.Equal(revenue, first.Revenue);
        Assert.Equal(first.Ids, second.Ids);
        Assert.Empty(Bad.Rows);
        Assert.Empty(Directory.EnumerateFiles(Folder, "*.sort", SearchOption.AllDirectories));
    }

    /// <summary>Few customers, days and prices, so that equal rows are frequent.</summary>
    private static (byte[] Bytes, int Rows, int Customers, decimal Revenue) Generate(int rows)
    {
        var random = new Random(11);
        var csv = new StringBuilder("customer_id,date,number_of_cds,dollar_value\n");
        var customers = new HashSet<int>();
        decimal revenue = 0;
        for (var i = 0; i < rows; i++)
        {
            var customer = random.Next(300);
            var amount = random.Next(5) * 7.49m;
            customers.Add(customer);
            revenue += amount;
            csv.Append(CultureInfo.InvariantCulture, $"{customer:00000},{new DateTime(1997, 1, 1).AddDays(random.Next(30)):yyyyMMdd},1,{amount}\n");
        }

        return (Encoding.UTF8.GetBytes(csv.ToString()), rows, customers.Count, revenue);
    }

    private async Task<(int Customers, List<string> Ids, decimal Revenue)> CountAsync(Stream file, ImportOptions options)
    {
        var (customers, ids, revenue) = (new HashSet<string>(), new List<string>(), 0m);
        await foreach (var group in OrderImport.ReadAsync(file, options, Bad))
        {
            customers.Add(group.CustomerId);
            ids.AddRange(group.Orders.Select(o => o.OrderId));
            revenue += group.Orders.Sum(o => o.Amount);
        }

        return (customers.Count, ids, revenue);
    }

    private static string Find(string name)
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "Functions.sln")))
        {
            root = root.Parent;
        }

        string[] places = root is null ? [] : ["../shared/data", "../../shared/data"];
        var found = places.Select(p => Path.GetFullPath(Path.Combine(root!.FullName, p, name))).FirstOrDefault(File.Exists);
        Assert.SkipWhen(found is null, $"{name} is not beside the checkout.");
        return found!;
    }
}
