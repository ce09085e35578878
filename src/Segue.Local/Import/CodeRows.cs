using System.Runtime.CompilerServices;
using Segue.Campaigns;
using Segue.Orders;

namespace Segue.Local.Import;

/// <summary>Reads a CSV file of discount codes that the shop has made: <c>code</c>, and <c>pool</c> where there are several.</summary>
public static class CodeRows
{
    /// <summary>The pool of rows that name none.</summary>
    public const string DefaultPool = "default";

    private const int MaxCode = 100;

    private static readonly string[] Fields = ["code", "pool"];

    /// <summary>The file's codes in their order.</summary>
    /// <param name="input">Read once; not closed.</param>
    /// <param name="options">How it is written.</param>
    /// <param name="badRows">Gets every row that is refused; reading goes on.</param>
    /// <param name="cancellation">Stops reading.</param>
    /// <exception cref="ImportRefusedException">The file as a whole is refused.</exception>
    public static async IAsyncEnumerable<(string Code, string Pool)> ReadAsync(Stream input, ImportOptions options, IBadRows badRows,
        [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(badRows);
        var scanner = new RecordScanner(input, options.File);
        await foreach (var row in CsvRows.ReadAsync(scanner, options, Fields, [["code"]], badRows.Add, _ => { }, cancellation))
        {
            var checks = new FieldChecks();
            var code = checks.Text("code", row[0], MaxCode);
            if (code is null && !checks.Failed("code"))
            {
                checks.Fail("code", "missing; every row has one");
            }

            var pool = row[1] ?? DefaultPool;
            if (!YamlFields.IsId(pool))
            {
                checks.Fail("pool", $"found {FieldError.Quote(pool)}; a pool's name has lower-case letters, digits and hyphens, a letter first");
            }

            if (checks.Errors.Count == 0)
            {
                yield return (code!, pool);
            }
            else
            {
                badRows.Add(new(row.Line, row.Raw, [.. checks.Errors.Select(e => e.ToString())]));
            }
        }
    }
}
