using System.Text;
using Segue.Local.Import;
using Segue.Orders;

namespace Segue.Tests.Import;

/// <summary>A folder of its own and short ways to import text.</summary>
public abstract class ImportFixture : IDisposable
{
    protected static readonly DateTimeOffset Now = new(2024, 6, 1, 12, 0, 0, TimeSpan.Zero);

    protected string Folder { get; } = Directory.CreateTempSubdirectory("segue-import-test").FullName;

    protected Collected Bad { get; } = new();

    protected ImportOptions Options(string file = "orders.csv") => new(file, new("EUR", Now), Path.Combine(Folder, "sort"));

    protected Task<List<CustomerOrders>> ImportAsync(string text, ImportOptions? options = null) =>
        ImportAsync(Encoding.UTF8.GetBytes(text), options);

    protected async Task<List<CustomerOrders>> ImportAsync(byte[] bytes, ImportOptions? options = null)
    {
        var groups = new List<CustomerOrders>();
        await foreach (var group in OrderImport.ReadAsync(new MemoryStream(bytes), options ?? Options(), Bad))
        {
            groups.Add(group);
        }

        return groups;
    }

    /// <summary>Reads one data row under a header and answers why it was refused.</summary>
    protected async Task<string> ReasonAsync(string header, string row, ImportOptions? options = null)
    {
        Assert.Equal("good", Assert.Single(await ImportAsync($"{header}\n{row}\ngood,2024-01-01,1", options)).CustomerId);
        return string.Join("; ", Assert.Single(Bad.Rows).Reasons);
    }

    protected async Task<string> RefusalAsync(string text, ImportOptions? options = null) =>
        (await Assert.ThrowsAsync<ImportRefusedException>(() => ImportAsync(text, options))).Message;

    protected static List<Order> Orders(IEnumerable<CustomerOrders> groups) => [.. groups.SelectMany(g => g.Orders)];

    public void Dispose()
    {
        Directory.Delete(Folder, true);
        GC.SuppressFinalize(this);
    }

    protected sealed class Collected : IBadRows
    {
        public List<BadRow> Rows { get; } = [];

        public List<string> Warnings { get; } = [];

        public void Add(BadRow row) => Rows.Add(row);

        public void Warn(string message) => Warnings.Add(message);
    }
}
