using System.Text.Json;
using Segue.Orders;

namespace Segue.Products;

/// <summary>What became of one product that was read.</summary>
/// <param name="Product">The product; null where anything is wrong.</param>
/// <param name="Errors">Every fault, in the order of the fields.</param>
/// <param name="Warnings">What was ignored, such as unknown fields.</param>
public sealed record ProductReadResult(Product? Product, IReadOnlyList<FieldError> Errors, IReadOnlyList<FieldError> Warnings);

/// <summary>Reads one product of the API, or one line of a JSON lines file, and tells every fault in it.</summary>
public static class ProductReader
{
    /// <summary>The most pieces in stock.</summary>
    public const int MaxStock = 1_000_000_000;

    /// <summary>Reads a product from a JSON object.</summary>
    /// <param name="json">The object; its text is known to be valid UTF-8.</param>
    /// <param name="now">The moment of arrival.</param>
    public static ProductReadResult Read(JsonElement json, DateTimeOffset now)
    {
        var checks = new FieldChecks();
        var fields = new JsonFields(json, "", checks);
        if (json.ValueKind != JsonValueKind.Object)
        {
            return new(null, checks.Errors, checks.Warnings);
        }

        var product = Finish(
            checks.Id("productId", fields.Id("productId")),
            checks.Text("name", fields.String("name")),
            fields.Amount("price"),
            new Product
            {
                ProductId = "",
                Name = "",
                Price = 0,
                Url = Url("url", fields.String("url"), checks),
                Image = Url("image", fields.String("image"), checks),
                Category = checks.Text("category", fields.String("category"), 200),
                Cost = fields.Amount("cost"),
                Stock = fields.Whole("stock", 0, MaxStock),
                ReleasedAt = checks.Moment("releasedAt", fields.String("releasedAt")),
                UpdatedAt = checks.Moment("updatedAt", fields.String("updatedAt")),
            },
            checks,
            now);
        fields.WarnUnknown();
        return new(product, checks.Errors, checks.Warnings);
    }

    /// <summary>The product of fields that are checked each by itself; null where anything is wrong or missing.</summary>
    public static Product? Finish(string? id, string? name, decimal? price, Product rest, FieldChecks checks, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(rest);
        ArgumentNullException.ThrowIfNull(checks);
        Require("productId", id is not null);
        Require("name", name is not null);
        Require("price", price is not null);
        checks.NotFuture("updatedAt", rest.UpdatedAt, now);
        return checks.Errors.Count > 0 ? null : rest with { ProductId = id!, Name = name!, Price = price!.Value };

        void Require(string field, bool there)
        {
            if (!there && !checks.Failed(field))
            {
                checks.Fail(field, "missing; every product has it");
            }
        }
    }

    /// <summary>An address of the web; empty is null.</summary>
    public static Uri? Url(string path, string? text, FieldChecks checks)
    {
        ArgumentNullException.ThrowIfNull(checks);
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        if (Uri.TryCreate(text.Trim(), UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.UserInfo.Length == 0 && text.Length <= 2000)
        {
            return url;
        }

        checks.Fail(path, $"found {FieldError.Quote(text)}; an address is written like https://shop.example.com/tea");
        return null;
    }
}
