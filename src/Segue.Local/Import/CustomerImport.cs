using System.Runtime.CompilerServices;
using Segue.Customers;
using Segue.Orders;

namespace Segue.Local.Import;

/// <summary>One row of a customers file.</summary>
/// <param name="CustomerId">The customer, derived from the e-mail where the row has no id.</param>
/// <param name="Facts">What the row says.</param>
/// <param name="Line">1-based line.</param>
public sealed record CustomerRow(string CustomerId, CustomerFacts Facts, long Line);

/// <summary>Reads a CSV file of customers: known columns as facts, every other column as an attribute of its name.</summary>
public static class CustomerImport
{
    private static readonly string[] Fields =
    [
        "customerId", "email", "name", "phone", "emailConsent", "consentAt", "consentSource", "timeZone", "locale", "balance", "phoneConsent",
    ];

    private static readonly string[][] Required = [["customerId", "email"]];

    /// <summary>The file's rows in their order.</summary>
    /// <param name="input">Read once; not closed.</param>
    /// <param name="options">How it is written.</param>
    /// <param name="badRows">Gets every row that is refused; reading goes on.</param>
    /// <param name="cancellation">Stops reading.</param>
    /// <exception cref="ImportRefusedException">The file as a whole is refused.</exception>
    public static async IAsyncEnumerable<CustomerRow> ReadAsync(Stream input, ImportOptions options, IBadRows badRows,
        [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(badRows);
        var dates = new RowDates(options);
        var attributes = Array.Empty<(int Column, string Name)>();
        void Header(CsvColumns columns) => attributes = [.. columns.Others.Where(c => c.Name.Length > 0).Take(OrderReader.MaxAttributes)];
        var scanner = new RecordScanner(input, options.File);
        await foreach (var row in CsvRows.ReadAsync(scanner, options, Fields, Required, badRows.Add, Header, cancellation))
        {
            var checks = new FieldChecks();
            var id = checks.Id(Fields[0], row[0]);
            var facts = Facts(row, dates, checks, attributes, options);
            if (id is null && facts.Email is null && checks.Errors.Count == 0)
            {
                checks.Fail(Fields[0], "missing; every customer has a customerId or an email to derive one from");
            }

            if (checks.Errors.Count == 0)
            {
                yield return new(id ?? EmailAddress.CustomerIdOf(facts.Email!), facts, row.Line);
            }
            else
            {
                badRows.Add(new(row.Line, row.Raw, [.. checks.Errors.Select(e => e.ToString())]));
            }
        }
    }

    private static CustomerFacts Facts(CsvRow row, RowDates dates, FieldChecks checks,
        (int Column, string Name)[] attributes, ImportOptions options)
    {
        var consentAt = dates.Read(Fields[5], row[5], checks);
        checks.NotFuture(Fields[5], consentAt, options.Context.Now);
        var consent = checks.Consent(Fields[4], row[4]) ?? Consent.Unknown;
        return new()
        {
            Email = checks.Email(Fields[1], row[1]),
            Name = checks.Text(Fields[2], row[2]),
            Phone = checks.Text(Fields[3], row[3], 50),
            EmailConsent = consent,
            PhoneConsent = checks.Consent(Fields[10], row[10]) ?? Consent.Unknown,
            ConsentAt = consentAt,
            ConsentSource = checks.Text(Fields[6], row[6]),
            TimeZone = checks.TimeZone(Fields[7], row[7]),
            Locale = checks.Locale(Fields[8], row[8]),
            Balance = checks.Amount(Fields[9], row[9], allowNegative: true),
            Attributes = Attributes(row, checks, attributes),
        };
    }

    private static Dictionary<string, string>? Attributes(CsvRow row, FieldChecks checks, (int Column, string Name)[] columns)
    {
        Dictionary<string, string>? attributes = null;
        foreach (var (column, name) in columns)
        {
            if (checks.Text(name, row.Column(column), OrderReader.MaxAttributeText) is { } text)
            {
                (attributes ??= new(StringComparer.Ordinal))[name] = text;
            }
        }

        return attributes;
    }
}
