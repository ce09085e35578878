using Segue.Customers;
using Segue.Local.Import;
using Segue.Orders;

namespace Segue.Tests.Import;

public sealed class OrderImportCsvTests : ImportFixture
{
    private const string Least = "customerId,orderedAt,amount";

    [Fact]
    public async Task ReadAsync_EveryColumn_IsKept()
    {
        var group = Assert.Single(await ImportAsync(""""
            OrderID,customerid,orderedAt,amount,currency,email,name,phone,emailConsent,consentAt,consentSource,locale,timeZone,channel,status,updatedAt,refundOf,items,discount,tax,shipping
            o1,c1,2024-05-02T10:00:00+02:00,19.90,EUR,Ann@Example.com,"Lee, ""Ann""",+49,Granted,2024-05-01,form,de,Europe/Berlin,web,paid,2024-05-03,,"[{""productId"":""p"",""price"":19.90,""category"":""a,b""}]",1,2,3
            """"));

        var order = Assert.Single(group.Orders);
        Assert.Equal(("o1", "c1", 19.90m, "web", false, 1m, 2m, 3m),
            (order.OrderId, order.CustomerId, order.Amount, order.Channel, order.DerivedId, order.Discount, order.Tax, order.Shipping));
        Assert.Equal(new DateTimeOffset(2024, 5, 2, 8, 0, 0, TimeSpan.Zero), order.OrderedAt);
        Assert.Equal("a,b", Assert.Single(order.Items).Category);
        Assert.Equal(new CustomerFacts
        {
            Email = "ann@example.com", Name = "Lee, \"Ann\"", Phone = "+49", EmailConsent = Consent.Granted,
            ConsentAt = new(2024, 5, 1, 0, 0, 0, TimeSpan.Zero), ConsentSource = "form", Locale = "de", TimeZone = "Europe/Berlin",
        }, group.Facts);
        Assert.Equal([2], group.Lines);
        Assert.Empty(Bad.Rows);
    }

    [Theory]
    [InlineData(",", "\n", "")]
    [InlineData(";", "\r\n", "\uFEFF")]
    [InlineData("\t", "\r", "\n\n")]
    public async Task ReadAsync_SeparatorsLineEndsAndMark_AreFound(string separator, string end, string before)
    {
        var text = before + string.Join(end, new[] { "customerId|orderedAt|amount|note", "a|2024-01-01|1|\"x|y\"", "", " b |2024-01-02| 2 |" }).Replace("|", separator, StringComparison.Ordinal);
        var orders = Orders(await ImportAsync(text));
        Assert.Equal([("a", 1m), ("b", 2m)], orders.Select(o => (o.CustomerId, o.Amount)));
        Assert.Empty(Bad.Rows);
    }

    [Fact]
    public async Task ReadAsync_LineBreakInQuotes_IsTextAndLinesAreCountedOn()
    {
        var groups = await ImportAsync($"{Least},name\nb,2024-01-01,1,\"two\nlines\nof\"\na,2024-01-01,x,\nc,2024-01-01,1,");
        Assert.Equal(6, Assert.Single(Assert.Single(groups).Lines));
        Assert.Equal("name: found the control character U+000A; text is printable", Bad.Rows[0].Reasons[0]);
        Assert.Equal([2L, 5L], Bad.Rows.Select(r => r.Line));
    }

    [Theory]
    [InlineData("c,2024-01-01", "found 2 fields where the header has 3")]
    [InlineData("c,2024-01-01,12,50", "found 4 fields where the header has 3")]
    [InlineData("c,01/02/2024,1", "orderedAt: found '01/02/2024'; dates are ISO 8601, such as 2024-01-31 or 2024-01-31T18:05:00Z (another format is given by --date-format)")]
    [InlineData("c,2024-02-30,1", "orderedAt: found '2024-02-30'; dates are ISO 8601, such as 2024-01-31 or 2024-01-31T18:05:00Z (another format is given by --date-format)")]
    [InlineData("c,1900-01-01,1", "orderedAt: found '1900-01-01'; years from 1970 on are kept")]
    [InlineData("c,2024-07-01,1", "orderedAt: found 2024-07-01T00:00:00+00:00, more than 24 hours ahead of now (2024-06-01T12:00:00+00:00)")]
    [InlineData("c,,1", "orderedAt: missing; every order has it")]
    [InlineData("c,2024-01-01,ten", "amount: found 'ten'; an amount is digits with a decimal point, such as 1234.50")]
    [InlineData("c,2024-01-01,\"12,50\"", "amount: found '12,50'; a comma is no decimal sign here: an amount is digits with a decimal point, such as 1234.50")]
    [InlineData("c,2024-01-01,\"1,234.50\"", "amount: found '1,234.50'; write it without thousands separators: an amount is digits with a decimal point, such as 1234.50")]
    [InlineData("c,2024-01-01,-3", "amount: found '-3'; an amount is zero or more: write a return as a row of its own with refundOf and a positive amount, or give the order the status refunded")]
    [InlineData("c,2024-01-01,", "amount: missing; every order has it")]
    [InlineData(",2024-01-01,1", "customerId: missing; an order has a customerId or an email to derive one from")]
    [InlineData(",,", "orderedAt: missing; every order has it; amount: missing; every order has it; customerId: missing; an order has a customerId or an email to derive one from")]
    public async Task ReadAsync_BadRow_IsToldWithAllItsReasonsAndReadingGoesOn(string row, string reasons)
    {
        Assert.Equal(reasons, await ReasonAsync(Least, row));
        Assert.Equal(2, Bad.Rows[0].Line);
        Assert.Equal(row, Bad.Rows[0].Raw);
    }

    [Theory]
    [InlineData("currency", "XXQ", "currency: found 'XXQ'; the shop's currency is EUR and there are no exchange rates, so XXQ can't be converted")]
    [InlineData("status", "done", "status: found 'done'; a status is one of pending, paid, cancelled, refunded.")]
    [InlineData("email", "nobody", "email: found 'nobody'; an e-mail address is written like name@example.com")]
    [InlineData("emailConsent", "y", "emailConsent: found 'y'; consent is one of granted, refused, unknown.")]
    [InlineData("updatedAt", "soon", "updatedAt: found 'soon'; dates are ISO 8601, such as 2024-01-31 or 2024-01-31T18:05:00Z (another format is given by --date-format)")]
    [InlineData("items", "shoes", "items: found 'shoes'; items are a JSON array such as [{\"productId\":\"a\",\"quantity\":1,\"price\":9.90}]")]
    [InlineData("items", "{}", "items: found an object; it is an array")]
    [InlineData("items", "\"[{\"\"price\"\":-1}]\"", "items[0].productId: missing; every item has it; items[0].price: found '-1'; an amount is zero or more: write a return as a row of its own with refundOf and a positive amount, or give the order the status refunded")]
    public async Task ReadAsync_BadOptionalField_IsToldToo(string column, string value, string reason)
    {
        await ImportAsync($"{Least},{column}\nc,2024-01-01,1,{value}\nd,2024-01-01,1,");
        Assert.Equal(reason, string.Join("; ", Assert.Single(Bad.Rows).Reasons));
    }

    [Fact]
    public async Task ReadAsync_MappedColumn_IsNamedInTheReason()
    {
        var options = Options() with { Map = ImportOptions.ParseMap(["amount=dollar_value"]) };
        await ImportAsync("customerId,orderedAt,Dollar_Value,extra\nc,2024-01-01,x,\n", options);
        Assert.Equal("amount (column 'Dollar_Value'): found 'x'; an amount is digits with a decimal point, such as 1234.50",
            Assert.Single(Assert.Single(Bad.Rows).Reasons));
    }

    [Theory]
    [InlineData("customer,orderedAt,amount\n", "orders.csv:1: customerId: The column 'customerId' is missing; found 'customer', 'orderedAt', 'amount'. Did you mean 'customer'? A column of another name is given by --map customerId=NAME.")]
    [InlineData("customerId,orderdAt,amount\n", "orders.csv:1: orderedAt: The column 'orderedAt' is missing; found 'customerId', 'orderdAt', 'amount'. Did you mean 'orderdAt'? A column of another name is given by --map orderedAt=NAME.")]
    [InlineData("\n\ncustomerId,orderedAt\n", "orders.csv:3: amount: The column 'amount' is missing; found 'customerId', 'orderedAt'. A column of another name is given by --map amount=NAME.")]
    [InlineData("customerId,orderedAt,amount,AMOUNT\n", "orders.csv:1: amount: There are 2 columns 'amount'; rename one or map amount to another.")]
    [InlineData("", "orders.csv:1: customerId: The column 'customerId' is missing; found nothing. A column of another name is given by --map customerId=NAME.")]
    [InlineData("\"customerId,orderedAt,amount\nc,2024-01-01,1\n", "orders.csv:1: The header can't be read: a quote that opens a field in this line is not closed before a separator or a line end.")]
    [InlineData("[{\"orderId\":1}]", "orders.csv:1: Found a JSON array; a file holds one JSON object a line, or CSV.")]
    [InlineData("c,2024-01-01,1\n", "orders.csv:1: customerId: The column 'customerId' is missing; found 'c', '2024-01-01', '1'. A column of another name is given by --map customerId=NAME.")]
    public async Task ReadAsync_WrongHeader_RefusesTheFile(string text, string message) => Assert.Equal(message, await RefusalAsync(text));

    [Theory]
    [InlineData("orderedAt", "day", "orders.csv:1: orderedAt: There is no column 'day'; found 'customerId', 'date', 'amount'.")]
    [InlineData("orderedAt", "dat", "orders.csv:1: orderedAt: There is no column 'dat'; found 'customerId', 'date', 'amount'. Did you mean 'date'?")]
    [InlineData("orderdAt", "date", "orders.csv:1: orderdAt: There is no field 'orderdAt' to map a column to. Did you mean 'orderedAt'?")]
    public async Task ReadAsync_WrongMapping_RefusesTheFile(string field, string column, string message) =>
        Assert.Equal(message, await RefusalAsync("customerId,date,amount\n", Options() with { Map = new Dictionary<string, string> { [field] = column } }));

    [Fact]
    public async Task ReadAsync_Utf16_IsRefused() =>
        Assert.Equal("orders.csv:1: Found UTF-16 text; save the file as UTF-8.",
            (await Assert.ThrowsAsync<ImportRefusedException>(() => ImportAsync([0xFF, 0xFE, (byte)'a', 0]))).Message);

    [Fact]
    public async Task ReadAsync_NearlyAKnownColumn_IsWarnedOf()
    {
        await ImportAsync($"{Least},currancy,number_of_cds\nc,2024-01-01,1,USD,3\n");
        Assert.Equal("The column 'currancy' is ignored. Did you mean 'currency'?", Assert.Single(Bad.Warnings));
    }

    [Fact]
    public async Task ReadAsync_NoCustomerColumn_DerivesTheCustomerFromTheEmail() =>
        Assert.Equal(EmailAddress.CustomerIdOf("ann@example.com"),
            Assert.Single(await ImportAsync("email,orderedAt,amount\nANN@example.com,2024-01-01,1\n")).CustomerId);

    [Theory]
    [InlineData("=date")]
    [InlineData("orderedAt")]
    [InlineData("orderedAt=")]
    public void ParseMap_NoPair_SaysWhatItIs(string pair) =>
        Assert.Contains("a mapping is name=column", Assert.Throws<FormatException>(() => ImportOptions.ParseMap([pair])).Message, StringComparison.Ordinal);

    [Fact]
    public void ParseMap_NameTwice_SaysSo() =>
        Assert.Equal("'A' is mapped twice.", Assert.Throws<FormatException>(() => ImportOptions.ParseMap(["a=b", "A=c"])).Message);
}
