using System.Runtime.CompilerServices;
using Segue.Customers;
using Segue.Orders;

namespace Segue.Local.Import;

/// <summary>Reads the rows of a CSV file of orders.</summary>
internal static class OrderRows
{
    private static readonly string[] Fields =
    [
        "orderId", "customerId", "orderedAt", "amount", "currency", "email", "name", "phone", "emailConsent", "consentAt",
        "consentSource", "locale", "timeZone", "channel", "status", "updatedAt", "refundOf", "items", "discount", "tax", "shipping",
    ];

    private static readonly string[][] Required = [["customerId", "email"], ["orderedAt"], ["amount"]];

    /// <summary>Every row as an order or with its faults.</summary>
    public static async IAsyncEnumerable<RowResult> ReadAsync(RecordScanner scanner, ImportOptions options, IBadRows remarks,
        Action<BadRow> bad, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var dates = new RowDates(options);
        var context = options.Context with { DeriveOrderIds = true };
        void Check(CsvColumns columns) => WarnNear(columns, remarks);
        await foreach (var row in CsvRows.ReadAsync(scanner, options, Fields, Required, bad, Check, cancellation))
        {
            var checks = new FieldChecks();
            var draft = Draft(row, dates, checks);
            if (draft.Finish(context, checks) is { } order)
            {
                yield return new(new(order.Order, order.Customer, row.Line), draft.ItemsText?.Length ?? 0);
            }
            else
            {
                bad(new(row.Line, row.Raw, [.. checks.Errors.Select(e => Reason(e, row.Columns))]));
            }
        }
    }

    /// <summary>A column that nearly has a known name is probably meant to hold that field.</summary>
    private static void WarnNear(CsvColumns columns, IBadRows remarks)
    {
        foreach (var (_, name) in columns.Others.Where(c => c.Name.Length is > 3 and < 40))
        {
            var near = Files.Suggestion.For(name, Fields.Where((_, i) => columns.Of(i) < 0));
            if (near.StartsWith(" Did", StringComparison.Ordinal))
            {
                remarks.Warn($"The column '{name}' is ignored.{near}");
            }
        }
    }

    private static string Reason(FieldError error, CsvColumns columns)
    {
        var at = Array.IndexOf(Fields, error.Path);
        return at < 0 ? error.ToString() : $"{columns.Name(error.Path, at)}: {error.Message}";
    }

    private static OrderDraft Draft(CsvRow row, RowDates dates, FieldChecks checks)
    {
        var items = row[17];
        return new()
        {
            OrderId = checks.Id("orderId", row[0]),
            CustomerId = checks.Id("customerId", row[1]),
            OrderedAt = dates.Read("orderedAt", row[2], checks),
            Amount = checks.Amount("amount", row[3]),
            Currency = row[4]?.ToUpperInvariant(),
            Channel = checks.Text("channel", row[13], 100),
            Status = checks.Status("status", row[14]),
            UpdatedAt = dates.Read("updatedAt", row[15], checks),
            RefundOf = checks.Id("refundOf", row[16]),
            Items = items is null ? [] : OrderReader.ReadItems(items, checks),
            ItemsText = items,
            Discount = checks.Amount("discount", row[18]),
            Tax = checks.Amount("tax", row[19]),
            Shipping = checks.Amount("shipping", row[20]),
            Customer = Facts(row, dates, checks),
        };
    }

    private static CustomerFacts Facts(CsvRow row, RowDates dates, FieldChecks checks)
    {
        var facts = new CustomerFacts
        {
            Email = checks.Email("email", row[5]),
            Name = checks.Text("name", row[6]),
            Phone = checks.Text("phone", row[7], 50),
            EmailConsent = checks.Consent("emailConsent", row[8]) ?? Consent.Unknown,
            ConsentAt = dates.Read("consentAt", row[9], checks),
            ConsentSource = checks.Text("consentSource", row[10]),
            Locale = checks.Locale("locale", row[11]),
            TimeZone = checks.TimeZone("timeZone", row[12]),
        };
        return facts.IsEmpty ? CustomerFacts.None : facts;
    }
}
