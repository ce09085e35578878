using System.Runtime.CompilerServices;
using Segue.Orders;
using Segue.Products;

namespace Segue.Local.Import;

/// <summary>Reads a file of products: JSON lines as the API takes them, or CSV.</summary>
public static class ProductRows
{
    private static readonly string[] Fields = ["productId", "name", "price", "url", "image", "category", "cost", "stock", "releasedAt", "updatedAt"];

    private static readonly string[][] Required = [["productId"], ["name"], ["price"]];

    /// <summary>The file's products in their order.</summary>
    /// <param name="input">Read once; not closed.</param>
    /// <param name="options">How it is written.</param>
    /// <param name="badRows">Gets every row that is refused; reading goes on.</param>
    /// <param name="cancellation">Stops reading.</param>
    /// <exception cref="ImportRefusedException">The file as a whole is refused.</exception>
    public static async IAsyncEnumerable<Product> ReadAsync(Stream input, ImportOptions options, IBadRows badRows,
        [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(badRows);
        var scanner = new RecordScanner(input, options.File);
        if (await ImportFormats.OfAsync(scanner, options, cancellation) == ImportFormat.JsonLines)
        {
            await foreach (var (line, text) in JsonLines.ReadAsync(scanner, badRows, cancellation))
            {
                var result = Read(text, options.Context.Now);
                if (result.Product is { } product)
                {
                    yield return product;
                }
                else
                {
                    badRows.Add(new(line, BadRow.Text(text.Span), [.. result.Errors.Select(e => e.ToString())]));
                }
            }

            yield break;
        }

        var dates = new RowDates(options);
        await foreach (var row in CsvRows.ReadAsync(scanner, options, Fields, Required, badRows.Add, _ => { }, cancellation))
        {
            var checks = new FieldChecks();
            if (Read(row, dates, checks, options.Context.Now) is { } product)
            {
                yield return product;
            }
            else
            {
                badRows.Add(new(row.Line, row.Raw, [.. checks.Errors.Select(e => e.ToString())]));
            }
        }
    }

    private static ProductReadResult Read(ReadOnlyMemory<byte> text, DateTimeOffset now)
    {
        if (!OrderReader.TryParseJson(text, out var document, out var fault))
        {
            return new(null, [fault!], []);
        }

        using (document)
        {
            return ProductReader.Read(document!.RootElement, now);
        }
    }

    private static Product? Read(CsvRow row, RowDates dates, FieldChecks checks, DateTimeOffset now) => ProductReader.Finish(
        checks.Id("productId", row[0]),
        checks.Text("name", row[1]),
        checks.Amount("price", row[2]),
        new()
        {
            ProductId = "",
            Name = "",
            Price = 0,
            Url = ProductReader.Url("url", row[3], checks),
            Image = ProductReader.Url("image", row[4], checks),
            Category = checks.Text("category", row[5], 200),
            Cost = checks.Amount("cost", row[6]),
            Stock = Stock(row[7], checks),
            ReleasedAt = dates.Read("releasedAt", row[8], checks),
            UpdatedAt = dates.Read("updatedAt", row[9], checks),
        },
        checks,
        now);

    private static int? Stock(string? text, FieldChecks checks)
    {
        if (text is null)
        {
            return null;
        }

        if (int.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var stock) && stock <= ProductReader.MaxStock)
        {
            return stock;
        }

        checks.Fail("stock", $"found {FieldError.Quote(text)}; it is a whole number from 0 to {ProductReader.MaxStock}");
        return null;
    }
}
