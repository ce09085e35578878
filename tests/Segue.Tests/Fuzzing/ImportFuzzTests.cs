using System.Text;
using Segue.Local.Import;

namespace Segue.Tests.Fuzzing;

/// <summary>Files to import, spoilt: a row is taken or put aside with its reason, a file refused with one sentence; nothing else happens.</summary>
public sealed class ImportFuzzTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2024, 6, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly (string File, string Text)[] Files =
    [
        ("orders.csv", "customerId,orderedAt,amount,orderId,currency,email,items\nc1,2024-01-02,9.90,o1,EUR,a@example.com,\"[{\"\"productId\"\":\"\"a\"\",\"\"quantity\"\":1,\"\"price\"\":9.90}]\"\nc2,2024-02-03T10:00:00Z,12,o2,EUR,,\nc1,\"2024-03-04\",0.5,,,\"b@example.com\",\n"),
        ("orders.csv", "customerId;orderedAt;amount\r\nc1;20240102;9,90\r\n\"c 2\";20240203;12\r\n"),
        ("orders.jsonl", "{\"orderId\":\"o\",\"customerId\":\"a\",\"orderedAt\":\"2024-01-01T00:00:00Z\",\"amount\":1}\n{\"orderId\":\"p\",\"customerId\":\"b\",\"orderedAt\":\"2024-01-01T00:00:00Z\",\"amount\":2,\"items\":[]}\n"),
        ("customers.csv", "customerId,email,name,emailConsent,consentAt,timeZone,balance\nc1,a@example.com,Ann,granted,2024-01-02T00:00:00Z,Europe/Zurich,5\nc2,,,,,,\n"),
        ("events.csv", "name,customerId,at,productId,amount\nviewed,c1,2024-01-02T10:00:00Z,p1,\nadded to cart,c1,2024-01-02T10:01:00Z,p1,9.90\n"),
        ("products.csv", "productId,name,price,category,stock,url\np1,Tea,9.90,Tea,5,https://shop.example.com/tea\np2,Pot,19,,,\n"),
        ("codes.csv", "code,pool\nABC123,default\nDEF456,spring\n"),
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("segue-fuzz").FullName;

    [Fact]
    public async Task Files_Spoilt_AreTakenRowByRowOrRefused()
    {
        var run = new FuzzRun("imports", 15);
        var mutator = new Mutator(run.Random);
        for (var i = 0; i < run.Cases; i++)
        {
            var (file, text) = mutator.Pick(Files);
            var bytes = run.Random.Next(3) == 0 ? mutator.Bytes(Encoding.UTF8.GetBytes(text)) : mutator.Lines(text);
            await run.CaseAsync(i, [.. Encoding.UTF8.GetBytes(file + "\n"), .. bytes], () => ReadAsync(file, bytes));
        }

        run.Tell();
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task<string> ReadAsync(string file, byte[] bytes)
    {
        var options = new ImportOptions(file, new("EUR", Now), Path.Combine(_folder, "sort"));
        var bad = new BadRows();
        try
        {
            using var input = new MemoryStream(bytes);
            var good = file switch
            {
                "customers.csv" => await CustomerImport.ReadAsync(input, options, bad).CountAsync(),
                "events.csv" => await EventRows.ReadAsync(input, options, bad).CountAsync(),
                "products.csv" => await ProductRows.ReadAsync(input, options, bad).CountAsync(),
                "codes.csv" => await CodeRows.ReadAsync(input, options, bad).CountAsync(),
                _ => await OrderImport.ReadAsync(input, options, bad).CountAsync(),
            };
            return bad.Unexplained ? "!a row was put aside without a reason" : good > 0 ? bad.Any ? "taken in part" : "taken" : "nothing in it";
        }
        catch (ImportRefusedException e)
        {
            return e.Message.Length > 0 ? "refused" : "!refused without a reason";
        }
    }

    private sealed class BadRows : IBadRows
    {
        public bool Any { get; private set; }

        public bool Unexplained { get; private set; }

        public void Add(BadRow row)
        {
            Any = true;
            Unexplained |= row.Reasons.Count == 0 || row.Reasons.Any(string.IsNullOrEmpty);
        }

        public void Warn(string message)
        {
        }
    }
}
