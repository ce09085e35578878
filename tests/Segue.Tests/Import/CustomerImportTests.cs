using System.Text;
using Segue.Customers;
using Segue.Local.Import;

namespace Segue.Tests.Import;

public sealed class CustomerImportTests : ImportFixture
{
    [Fact]
    public async Task ReadAsync_Rows_BecomeFactsAndOtherColumnsAttributes()
    {
        var rows = await ReadAsync("""
            customerId;email;name;phone;emailConsent;consentAt;consentSource;timeZone;locale;balance;City;age
            c1;Ann@Example.com;Ann;+49;granted;2024-01-31;form;Europe/Berlin;de_DE;-12.50;Bern;42
            ;bob@example.com;;;;;;;;;;
            """);
        Assert.Equal(new CustomerFacts
        {
            Email = "ann@example.com", Name = "Ann", Phone = "+49", EmailConsent = Consent.Granted, ConsentSource = "form",
            ConsentAt = new(2024, 1, 31, 0, 0, 0, TimeSpan.Zero), TimeZone = "Europe/Berlin", Locale = "de-DE", Balance = -12.5m,
        }, rows[0].Facts with { Attributes = null });
        Assert.Equal(new Dictionary<string, string> { ["City"] = "Bern", ["age"] = "42" }, rows[0].Facts.Attributes);
        Assert.Equal((EmailAddress.CustomerIdOf("bob@example.com"), 3), (rows[1].CustomerId, rows[1].Line));
        Assert.Null(rows[1].Facts.Attributes);
    }

    [Theory]
    [InlineData("c,x,,", "email: found 'x'; an e-mail address is written like name@example.com")]
    [InlineData("c,,1.2.3,", "balance: found '1.2.3'; an amount is digits with a decimal point, such as 1234.50")]
    [InlineData("c,,,tomorrow", "consentAt: found 'tomorrow'; dates are ISO 8601, such as 2024-01-31 or 2024-01-31T18:05:00Z (another format is given by --date-format)")]
    [InlineData("c,,,2025-01-01", "consentAt: found 2025-01-01T00:00:00+00:00, more than 24 hours ahead of now (2024-06-01T12:00:00+00:00)")]
    [InlineData(",,5,", "customerId: missing; every customer has a customerId or an email to derive one from")]
    [InlineData("c", "found 1 fields where the header has 4")]
    public async Task ReadAsync_BadRow_IsToldAndTheOthersKept(string row, string reason)
    {
        Assert.Equal("d", Assert.Single(await ReadAsync($"customerId,email,balance,consentAt\n{row}\nd,,,")).CustomerId);
        Assert.Equal(reason, Assert.Single(Assert.Single(Bad.Rows).Reasons));
    }

    [Fact]
    public async Task ReadAsync_NeitherIdNorEmailColumn_RefusesTheFile() =>
        Assert.StartsWith("customers.csv:1: customerId: The column 'customerId' is missing; found 'name'.",
            (await Assert.ThrowsAsync<ImportRefusedException>(() => ReadAsync("name\nAnn"))).Message, StringComparison.Ordinal);

    private async Task<List<CustomerRow>> ReadAsync(string text)
    {
        var rows = new List<CustomerRow>();
        await foreach (var row in CustomerImport.ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(text)), Options("customers.csv"), Bad))
        {
            rows.Add(row);
        }

        return rows;
    }
}
