using System.Globalization;
using System.Text;
using System.Text.Json;
using Segue.Customers;
using Segue.Local.Commands;
using Segue.Local.Shop;
using Segue.Local.Storage;
using Segue.Ports;
using Segue.Storage;
using Segue.Tests.Local.Shop;

namespace Segue.Tests.Local.Processes;

/// <summary>A shop of a test's own, on which processes of their own work one after the other or at once.</summary>
internal sealed class ProcessShop : IDisposable
{
    private const string Segments = """
        segments:
          - { id: best, name: Best, when: { spend: "top 10%" } }
          - { id: quiet, name: Quiet, when: { daysSinceLastOrder: ">= 60" } }
          - { id: other, name: Everyone else }
        """;

    private readonly ShopFolder _folder = new();

    public ProcessShop() => _folder.Write("campaigns/segments.yaml", Segments);

    public string Data => _folder.Data;

    public string PathOf(string name) => Path.Combine(_folder.Root, name);

    public string Write(string name, string text) => _folder.Write(name, text);

    public string Campaigns => _folder.Campaigns;

    public SegueProcess Start(params string[] words) => SegueProcess.Start(WithFolders(words));

    public string[] WithFolders(params string[] words) => [.. words, "--data", Data, "--campaigns", Campaigns];

    /// <summary>Runs a process to its end: exit code, standard output and standard error.</summary>
    public async Task<(int Code, string Output, string Error)> RunAsync(params string[] words)
    {
        using var process = Start(words);
        var (code, output) = await process.EndAsync();
        return (code, output, process.Error);
    }

    /// <summary>Runs a command in this process, which is quicker; to the data folder it is another process all the same.</summary>
    public async Task<(int Code, string Output, string Error)> RunHereAsync(params string[] words)
    {
        using StringWriter output = new(), error = new();
        LocalShopOpener opener = new(TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance);
        var code = await new SegueCommandLine(opener, TimeProvider.System, new(output, error, TextReader.Null))
            .RunAsync([.. words, "--data", Data, "--campaigns", _folder.Campaigns]);
        return (code, output.ToString(), error.ToString());
    }

    /// <summary>Counts by segment as text, as of a moment long after all orders, when time changes nothing any more.</summary>
    public async Task<string> SegmentsAsync()
    {
        var (code, output, error) = await RunHereAsync("segments", "--at", "2090-01-01", "--format", "json");
        Assert.True(code == 0, error);
        return JsonDocument.Parse(output).RootElement.GetProperty("segments").GetRawText();
    }

    /// <summary>Every order that is recorded: customer, id and amount, in order.</summary>
    public IReadOnlyList<(string Customer, string Order, decimal Amount)> Orders() => [.. Rows(Tables.Customers)
        .Where(r => r.Key.StartsWith(CustomerRows.Orders, StringComparison.Ordinal))
        .Select(r => RowJson.Unpack(r, SegueJson.Default.Order))
        .Select(o => (o.CustomerId, o.OrderId, o.Amount)).Order()];

    /// <summary>What the customers' own summaries say: orders and spend by customer.</summary>
    public IReadOnlyList<(string Customer, int Orders, decimal Spend)> Profiles() => [.. Rows(Tables.Customers)
        .Where(r => r.Key == CustomerRows.Profile)
        .Select(r => RowJson.Unpack(r, SegueJson.Default.CustomerProfile))
        .Select(p => (p.CustomerId, p.Purchases.Orders, p.Purchases.TotalSpend)).Order()];

    /// <summary>All rows with their ETags, and all messages that wait: equal texts are equal databases.</summary>
    public string Dump()
    {
        using var database = SqliteDatabase.OpenReadOnly(Data);
        StringBuilder dump = new();
        foreach (var (table, row) in new SqliteTableStore(database).AllRows())
        {
            dump.Append(CultureInfo.InvariantCulture, $"{table}|{row.Partition}|{row.Key}|{row.ETag}");
            foreach (var (name, value) in row.Properties.OrderBy(p => p.Key, StringComparer.Ordinal))
            {
                dump.Append(CultureInfo.InvariantCulture, $"|{name}={value}");
            }

            dump.Append('\n');
        }

        foreach (var message in database.Stream("SELECT queue || id || visible_at FROM messages ORDER BY number", r => r.GetString(0)))
        {
            dump.Append(message).Append('\n');
        }

        return dump.ToString();
    }

    public IReadOnlyList<Row> Rows(string table)
    {
        using var database = SqliteDatabase.OpenReadOnly(Data);
        return [.. new SqliteTableStore(database).AllRows().Where(r => r.Table == table).Select(r => r.Row)];
    }

    public bool IsCalibrated() => Rows(Tables.Settings).Any(r => r is { Partition: "calibration", Key: "0-current" });

    public void Dispose() => _folder.Dispose();
}
