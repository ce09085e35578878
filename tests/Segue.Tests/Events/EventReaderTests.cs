using System.Text.Json;
using Segue.Customers;
using Segue.Events;
using Segue.Orders;

namespace Segue.Tests.Events;

public sealed class EventReaderTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Read_WholeEvent_IsTakenAsItStands()
    {
        var read = Read("""
            {"eventId":"e1","name":"Added to cart","at":"2026-03-01T10:00:00+01:00","customerId":7,"email":"Ann@Example.com","anonymousId":"v1",
             "productId":"p1","category":"Tea","amount":12.5,"currency":"EUR","attributes":{"quantity":2,"gift":true,"note":null}}
            """);
        var fact = read.Event!.Event;
        Assert.Equal(("e1", "added-to-cart", "7", "p1", "Tea", 12.5m), (fact.EventId, fact.Name, fact.CustomerId, fact.ProductId, fact.Category, fact.Amount));
        Assert.Equal((new DateTimeOffset(2026, 3, 1, 9, 0, 0, TimeSpan.Zero), false), (fact.At.ToUniversalTime(), fact.AtArrival));
        Assert.Equal(new Dictionary<string, string> { ["quantity"] = "2", ["gift"] = "true" }, fact.Attributes);
        Assert.Equal(("ann@example.com", "v1", false), (read.Event.Facts.Email, read.Event.Visitor, read.Event.IsAnonymous));
        Assert.Empty(read.Warnings);
    }

    [Fact]
    public void Read_WithoutAMoment_HappenedOnArrival()
    {
        var fact = Read("""{"eventId":"e","name":"viewed","email":"a@example.com"}""").Event!.Event;
        Assert.Equal((Now, true, EmailAddress.CustomerIdOf("a@example.com")), (fact.At, fact.AtArrival, fact.CustomerId));
    }

    [Fact]
    public void Read_OfAVisitor_IsAnonymous()
    {
        var read = Read("""{"eventId":"e","name":"viewed","anonymousId":"v1"}""").Event!;
        Assert.Equal((true, "visitor:v1"), (read.IsAnonymous, read.Event.CustomerId));
    }

    [Theory]
    [InlineData("""{"eventId":"e","customerId":"c"}""", "name: missing; every event has it")]
    [InlineData("""{"name":"viewed","customerId":"c"}""", "eventId: missing; every event has it, or the request an Idempotency-Key")]
    [InlineData("""{"eventId":"e","name":"viewed"}""", "customerId: missing; an event has a customerId, an email to derive one from, or an anonymousId")]
    [InlineData("""{"eventId":"e","name":"viewed","customerId":"c","at":"yesterday"}""", "at: found 'yesterday'; a moment is ISO 8601 with its offset, such as 2024-01-31T18:05:00Z")]
    [InlineData("""{"eventId":"e","name":"viewed","customerId":"c","at":"2026-03-03T12:00:00Z"}""", "at: found 2026-03-03T12:00:00+00:00, more than 24 hours ahead of now (2026-03-01T12:00:00+00:00)")]
    [InlineData("""{"eventId":"e","name":"viewed","customerId":"c","amount":"x"}""", "amount: found 'x'; an amount is digits with a decimal point, such as 1234.50")]
    [InlineData("""{"eventId":"e","name":"viewed","customerId":"c","amount":1,"currency":"USD"}""", "currency: found 'USD'; the shop's currency is EUR and there are no exchange rates, so USD can't be converted")]
    [InlineData("""{"eventId":"e","name":"viewed","customerId":"c","attributes":{"a":[1]}}""", "attributes.a: found an array; it is a string, a number or a boolean")]
    [InlineData("""{"eventId":"e","name":"order","customerId":"c"}""", "name: found 'order'; orders are sent to /api/orders, not as events")]
    [InlineData("[]", "found an array; it is a JSON object")]
    public void Read_WrongField_IsTold(string json, string error) =>
        Assert.StartsWith(error, Assert.Single(Read(json).Errors).ToString(), StringComparison.Ordinal);

    [Fact]
    public void Read_UnknownField_IsWarnedOf() => Assert.Equal(
        "custmerId: unknown field, ignored. Did you mean 'customerId'?",
        Assert.Single(Read("""{"eventId":"e","name":"viewed","email":"a@example.com","custmerId":"c"}""").Warnings).ToString());

    [Theory]
    [InlineData("""{"eventId":"e","name":"viewed","anonymousId":"v","customerId":"c"}""", "customerId: found one; a browser sends anonymousId only*")]
    [InlineData("""{"eventId":"e","name":"viewed","anonymousId":"v","email":"a@example.com"}""", "email: found one; a browser sends anonymousId only*")]
    [InlineData("""{"eventId":"e","name":"balance-changed","anonymousId":"v","amount":5}""", "name: found 'balance-changed'; that is for the shop's server to say")]
    public void Read_FromABrowser_RefusesWhatOnlyTheShopCanSay(string json, string error) =>
        Assert.StartsWith(error.TrimEnd('*'), Assert.Single(Read(json, fromBrowser: true).Errors).ToString(), StringComparison.Ordinal);

    [Fact]
    public void Read_NegativeAmount_IsABalanceBelowZero() =>
        Assert.Equal(-5, Read("""{"eventId":"e","name":"balance-changed","customerId":"c","amount":-5}""").Event!.Event.Amount);

    [Fact]
    public void Read_WithIdempotencyKey_DerivesIdsByPlace()
    {
        var context = new OrderContext("EUR", Now) { IdempotencyKey = "k" };
        string IdAt(int index) => EventReader.Read(Parse("""{"name":"viewed","customerId":"c"}"""), context, index).Event!.Event.EventId;
        Assert.Equal(IdAt(0), IdAt(0));
        Assert.NotEqual(IdAt(0), IdAt(1));
    }

    private static EventReadResult Read(string json, bool fromBrowser = false) => EventReader.Read(Parse(json), new("EUR", Now), 0, fromBrowser);

    private static JsonElement Parse(string json) => JsonDocument.Parse(json).RootElement;
}
