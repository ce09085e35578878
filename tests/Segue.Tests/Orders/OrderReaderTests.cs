using System.Text;
using Segue.Customers;
using Segue.Files;
using Segue.Orders;

namespace Segue.Tests.Orders;

public sealed class OrderReaderTests
{
    private static readonly DateTimeOffset Now = new(2024, 6, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly OrderContext Shop = new("EUR", Now)
    {
        Rates = RateTable.Parse("rates.csv", new StringReader("day,currency,rate\n2024-05-01,USD,0.9\n2024-05-03,USD,0.5"), new FileErrors())!,
    };

    private const string Full = """
        {"orderId": 1001, "customerId": "c1", "email": " Ann@Bücher.Example ", "phone": "+49 30 1", "name": "Ann",
         "orderedAt": "2024-05-02T10:00:00+02:00", "updatedAt": "2024-05-02T11:00:00Z", "status": "paid", "currency": "eur",
         "amount": "19.90", "discount": 1, "tax": 3.7810, "shipping": 4.9, "discountCodes": ["MAY"], "channel": "web",
         "items": [{"productId": "p", "name": "Shoe", "category": "shoes", "quantity": 2, "price": 9.95, "cost": 4}],
         "emailConsent": "granted", "consentSource": "checkout", "consentText": "Yes, mail me.", "locale": "de_DE", "timeZone": "Europe/Berlin",
         "attributes": {"age": 42.50, "vip": true, "city": "Bern", "none": null, "balance": "-3.20"}}
        """;

    [Fact]
    public void Read_FullOrder_KeepsEveryField()
    {
        var result = Read(Full);

        Assert.Empty(result.Errors);
        Assert.Empty(result.Warnings);
        var (order, customer) = result.Order!;
        Assert.Equal(("1001", "c1", 19.90m, 1m, 3.781m, 4.9m), (order.OrderId, order.CustomerId, order.Amount, order.Discount, order.Tax, order.Shipping));
        Assert.Equal(new DateTimeOffset(2024, 5, 2, 8, 0, 0, TimeSpan.Zero), order.OrderedAt);
        Assert.Equal(OrderStatus.Paid, order.Status);
        Assert.Equal(["MAY"], order.DiscountCodes);
        Assert.Equal(new OrderItem { ProductId = "p", Name = "Shoe", Category = "shoes", Quantity = 2, Price = 9.95m, Cost = 4 }, Assert.Single(order.Items));
        Assert.Equal(("ann@xn--bcher-kva.example", "+49 30 1", "Ann", "de-DE", "Europe/Berlin"),
            (customer.Email, customer.Phone, customer.Name, customer.Locale, customer.TimeZone));
        Assert.Equal((Consent.Granted, "checkout", order.UpdatedAt), (customer.EmailConsent, customer.ConsentSource, customer.ConsentAt));
        Assert.Equal("Yes, mail me.", customer.ConsentText);
        Assert.Equal(-3.20m, customer.Balance);
        Assert.Equal(new Dictionary<string, string> { ["age"] = "42.5", ["vip"] = "true", ["city"] = "Bern" }, customer.Attributes);
    }

    [Fact]
    public void Read_LeastOrder_IsPaidInTheShopsCurrency()
    {
        var order = Read(Minimal("")).Order!.Order;
        Assert.Equal((OrderStatus.Paid, 5m, false), (order.Status, order.Amount, order.DerivedId));
    }

    [Fact]
    public void Read_NoCustomerId_DerivesOneFromTheNormalisedEmail()
    {
        string Id(string email) => Read($$"""{"orderId":"o","email":"{{email}}","orderedAt":"2024-05-02T10:00:00Z","amount":1}""").Order!.Order.CustomerId;
        Assert.Equal(Id("ann@example.com"), Id("  ANN@Example.COM"));
        Assert.NotEqual(Id("ann@example.com"), Id("anna@example.com"));
        Assert.StartsWith("email:", Id("ann@example.com"), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_ManyFaults_TellsAllOfThem()
    {
        var result = Read("""{"orderedAt":"yesterday","amount":"ten","status":"payd","items":[{"quantity":0,"price":-1}]}""");
        Assert.Null(result.Order);
        Assert.Equal(["orderedAt", "status", "amount", "items[0].productId", "items[0].quantity", "items[0].price", "orderId", "customerId"],
            result.Errors.Select(e => e.Path));
    }

    [Theory]
    [InlineData("\"orderId\":\"\"", "orderId: found nothing; an id has 1 to 200 characters")]
    [InlineData("\"orderId\":\"a\\u0007b\"", "orderId: found the control character U+0007; text is printable")]
    [InlineData("\"orderId\":1.5", "orderId: found the number '1.5'; it is a string or a whole number")]
    [InlineData("\"orderId\":true", "orderId: found true; it is a string or a whole number")]
    [InlineData("\"orderId\":\"\\ud800\"", "orderId: found text that is no valid Unicode")]
    [InlineData("\"orderedAt\":\"2024-05-02T10:00:00\"", "orderedAt: found '2024-05-02T10:00:00' without an offset; write Z for UTC or an offset such as +01:00 at its end")]
    [InlineData("\"orderedAt\":\"02.05.2024\"", "orderedAt: found '02.05.2024'; a moment is ISO 8601 with its offset, such as 2024-01-31T18:05:00Z")]
    [InlineData("\"orderedAt\":\"0001-01-01T00:00:00Z\"", "orderedAt: found '0001-01-01T00:00:00Z'; years from 1970 on are kept")]
    [InlineData("\"orderedAt\":\"2024-06-02T12:00:01Z\"", "orderedAt: found 2024-06-02T12:00:01+00:00, more than 24 hours ahead of now (2024-06-01T12:00:00+00:00)")]
    [InlineData("\"orderedAt\":20240502", "orderedAt: found the number '20240502'; it is a string")]
    [InlineData("\"amount\":-5", "amount: found '-5'; an amount is zero or more: write a return as a row of its own with refundOf and a positive amount, or give the order the status refunded")]
    [InlineData("\"amount\":1e3", "amount: found '1e3'; an amount is digits with a decimal point, such as 1234.50")]
    [InlineData("\"amount\":1.23456", "amount: found '1.23456'; an amount has at most 4 decimals")]
    [InlineData("\"amount\":1000000000001", "amount: found '1000000000001'; an amount is at most 1000000000000")]
    [InlineData("\"amount\":[1]", "amount: found an array; it is a number or a string with a number")]
    [InlineData("\"amount\":null", "amount: missing; every order has it")]
    [InlineData("\"currency\":\"euro\"", "currency: found 'EURO'; a currency is an ISO 4217 code such as EUR")]
    [InlineData("\"currency\":\"GBP\"", "currency: found 'GBP'; the shop's currency is EUR and there is no exchange rate for GBP; there are rates for USD")]
    [InlineData("\"status\":\"canceled\"", "status: found 'canceled'; a status is one of pending, paid, cancelled, refunded. Did you mean 'cancelled'?")]
    [InlineData("\"email\":\"ann at example\"", "email: found 'ann at example'; an e-mail address is written like name@example.com")]
    [InlineData("\"emailConsent\":\"yes\"", "emailConsent: found 'yes'; consent is one of granted, refused, unknown.")]
    [InlineData("\"timeZone\":\"Europe/Berlyn\"", "timeZone: found 'Europe/Berlyn'; a time zone is an IANA id such as Europe/Berlin. Did you mean 'Europe/Berlin'?")]
    [InlineData("\"locale\":\"German (Germany)\"", "locale: found 'German (Germany)'; a locale is a language tag such as de-CH")]
    [InlineData("\"refundOf\":\"o\"", "refundOf: found 'o', the order's own id; a return names the order that came back")]
    [InlineData("\"discountCodes\":[1]", "discountCodes[0]: found the number '1'; it is a string")]
    [InlineData("\"items\":{}", "items: found an object; it is an array")]
    [InlineData("\"items\":[1]", "items[0]: found the number '1'; it is a JSON object")]
    [InlineData("\"items\":[{\"productId\":\"p\",\"quantity\":1.5}]", "items[0].quantity: found the number '1.5'; it is a whole number from 1 to 1000000")]
    [InlineData("\"items\":[{\"productId\":\"p\",\"giftCard\":1}]", "items[0].giftCard: found the number '1'; it is true or false")]
    [InlineData("\"attributes\":{\"a\":{}}", "attributes.a: found an object; it is a string, a number or a boolean")]
    [InlineData("\"attributes\":{\"balance\":\"much\"}", "attributes.balance: found 'much'; an amount is digits with a decimal point, such as 1234.50")]
    [InlineData("\"name\":\"a\",\"name\":\"b\"", "name: found twice; a field is given once")]
    public void Read_WrongField_SaysWhatAndWhatIsRight(string field, string error) =>
        Assert.Equal(error, Assert.Single(Read(Minimal(field)).Errors).ToString());

    [Fact]
    public void Read_TooMuch_IsRefused()
    {
        var items = string.Join(',', Enumerable.Repeat("""{"productId":"p"}""", 501));
        Assert.Equal("items: found 501 elements; at most 500 are kept", Error($"\"items\":[{items}]"));
        var attributes = string.Join(',', Enumerable.Range(0, 101).Select(i => $"\"a{i}\":1"));
        Assert.Equal("attributes: found 101; at most 100 are kept", Error($"\"attributes\":{{{attributes}}}"));
        Assert.Equal("attributes.a: found 1001 characters; at most 1000 are kept", Error($$"""
            "attributes":{"a":"{{new string('x', 1001)}}"}
            """));
        Assert.Equal("orderId: found 201 characters; an id has 1 to 200", Error($"\"orderId\":\"{new string('x', 201)}\""));
        Assert.StartsWith("orderId: found too many characters that are not letters", Error($"\"orderId\":\"{new string('é', 200)}\""), StringComparison.Ordinal);
        Assert.Equal("name: found 501 characters; at most 500 are kept", Error($"\"name\":\"{new string('x', 501)}\""));
    }

    [Fact]
    public void Read_UnknownField_IsIgnoredWithAWarningThatNamesTheNearest()
    {
        var result = Read(Minimal("\"chanel\":\"web\",\"items\":[{\"productId\":\"p\",\"colour\":\"red\"}]"));
        Assert.NotNull(result.Order);
        Assert.Equal(["items[0].colour: unknown field, ignored.", "chanel: unknown field, ignored. Did you mean 'channel'?"],
            result.Warnings.Select(w => w.ToString()));
    }

    [Fact]
    public void Read_UpToADayAhead_IsKeptAsItIs() =>
        Assert.Equal(Now.AddHours(24), Read(Minimal("\"orderedAt\":\"2024-06-02T12:00:00Z\"")).Order!.Order.OrderedAt);

    [Fact]
    public void Read_OtherCurrency_IsConvertedAtTheDaysRate()
    {
        var order = Read(Minimal("\"currency\":\"USD\",\"tax\":2,\"items\":[{\"productId\":\"p\",\"price\":1.111,\"cost\":1}]")).Order!.Order;
        Assert.Equal((4.5m, 1.8m, 0.9999m, 0.9m), (order.Amount, order.Tax, order.Items[0].Price, order.Items[0].Cost));
    }

    [Theory]
    [InlineData("30", "10", 20)]
    [InlineData("10", "10", 0)]
    [InlineData("8", "10", 0)]
    public void Read_GiftCardSold_IsNoRevenue(string amount, string card, int revenue)
    {
        var order = Read(Minimal($$"""
            "amount":{{amount}},"items":[{"productId":"g","price":{{card}},"giftCard":true},{"productId":"p","price":20}]
            """)).Order!.Order;
        Assert.Equal(revenue, order.Amount);
    }

    [Fact]
    public void Read_NoOrderId_IsDerivedFromTheRequestsKeyAndPlace()
    {
        const string Body = """[{"customerId":"c","orderedAt":"2024-05-02T10:00:00Z","amount":1},{"customerId":"c","orderedAt":"2024-05-02T10:00:00Z","amount":1}]""";
        List<string> Ids(string key) => [.. OrderBatch.Read(Encoding.UTF8.GetBytes(Body), Shop with { IdempotencyKey = key })
            .Elements.Select(e => e.Order!.Order.OrderId)];
        Assert.Equal(Ids("k1"), Ids("k1"));
        Assert.Equal(4, Ids("k1").Concat(Ids("k2")).Distinct().Count());
        Assert.All(OrderBatch.Read(Encoding.UTF8.GetBytes(Body), Shop).Elements,
            e => Assert.Equal("orderId: missing; every order has it", Assert.Single(e.Errors).ToString()));
    }

    [Theory]
    [InlineData("{", "this is no valid JSON, at line 1, byte 2 of it")]
    [InlineData("{\n\"a\" 1}", "this is no valid JSON, at line 2, byte 5 of it")]
    [InlineData("[]", "found an array; it is a JSON object")]
    [InlineData("", "this is no valid JSON, at line 1, byte 1 of it")]
    public void Read_NoJsonObject_SaysWhere(string text, string error) =>
        Assert.Equal(error, Assert.Single(Read(text).Errors).ToString());

    [Fact]
    public void Read_InvalidUtf8_IsRefused() =>
        Assert.Equal("found bytes that are no valid UTF-8; JSON is UTF-8 text",
            Assert.Single(OrderReader.Read(new byte[] { (byte)'"', 0xE9, (byte)'"' }, Shop).Errors).ToString());

    private static string Error(string field) => Assert.Single(Read(Minimal(field)).Errors).ToString();

    /// <summary>A least order in which a field of the same name is replaced by the given ones.</summary>
    private static string Minimal(string fields)
    {
        string[] least = ["\"orderId\":\"o\"", "\"customerId\":\"c\"", "\"orderedAt\":\"2024-05-02T10:00:00Z\"", "\"amount\":5"];
        return $"{{{string.Join(',', least.Where(l => !fields.Contains(l.Split(':')[0] + ":", StringComparison.Ordinal)).Append(fields).Where(f => f.Length > 0))}}}";
    }

    private static OrderReadResult Read(string json) => OrderReader.Read(Encoding.UTF8.GetBytes(json), Shop);
}
