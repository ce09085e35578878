using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Segue.Customers;
using Segue.Http.Webhooks.Shops;
using Segue.Orders;

namespace Segue.Tests.Http.Webhooks.Shops;

/// <summary>Orders shaped as Shopify, WooCommerce and Stripe document them, through the mapping and the reader of every order.</summary>
public sealed class ShopMappingTests
{
    private static readonly OrderContext Context = new("EUR", new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero));

    private const string Shopify = """
        { "id": 820982911946154508, "admin_graphql_api_id": "gid://shopify/Order/820982911946154508", "email": "Jon@Example.com", "created_at": "2026-11-19T10:00:00-05:00",
          "processed_at": "2026-11-19T10:00:05-05:00", "updated_at": "2026-11-19T10:01:00-05:00", "cancelled_at": null, "currency": "EUR", "financial_status": "paid",
          "subtotal_price": "90.00", "total_discounts": "10.00", "total_tax": "9.00", "total_price": "104.00", "taxes_included": false, "source_name": "web", "customer_locale": "de-AT",
          "total_shipping_price_set": { "shop_money": { "amount": "5.00", "currency_code": "EUR" } }, "discount_codes": [ { "code": "TAKE10", "amount": "10.00", "type": "fixed_amount" } ],
          "customer": { "id": 115310627314723954, "admin_graphql_api_id": "gid://shopify/Customer/115310627314723954", "first_name": "John", "last_name": "Smith", "phone": null,
            "email_marketing_consent": { "state": "subscribed", "opt_in_level": "single_opt_in", "consent_updated_at": "2026-11-19T09:59:00-05:00" } },
          "line_items": [ { "id": 1, "product_id": 788032119674292922, "title": "IPod Nano", "quantity": 2, "price": "40.00", "tax_lines": [ { "price": "7.00" } ], "gift_card": false },
            { "id": 2, "product_id": null, "title": "Tip", "quantity": 1, "price": "20.00", "tax_lines": [ { "price": "2.00" } ] } ], "refunds": [] }
        """;

    private const string Woo = """
        { "id": 727, "status": "processing", "currency": "EUR", "date_created_gmt": "2026-11-19T15:00:00", "date_modified_gmt": "2026-11-19T15:02:00", "discount_total": "5.00",
          "shipping_total": "10.00", "total_tax": "3.00", "total": "43.00", "prices_include_tax": false, "customer_id": 0, "created_via": "checkout",
          "billing": { "first_name": "John", "last_name": "Doe", "email": "john.doe@example.com", "phone": "(555) 555-5555" },
          "line_items": [ { "id": 315, "name": "Woo Single #1", "product_id": 93, "quantity": 2, "subtotal": "35.00", "total": "30.00", "price": 15 } ],
          "coupon_lines": [ { "code": "five-off" } ], "refunds": [] }
        """;

    private const string Stripe = """
        { "id": "evt_1", "object": "event", "type": "checkout.session.completed", "created": 1795000100, "data": { "object": {
          "id": "cs_test_a1", "object": "checkout.session", "created": 1795000000, "currency": "eur", "amount_subtotal": 5000, "amount_total": 5200, "payment_status": "paid",
          "total_details": { "amount_discount": 500, "amount_shipping": 300, "amount_tax": 400 }, "customer": "cus_9", "client_reference_id": null, "locale": "auto",
          "customer_details": { "email": "jenny@example.com", "name": "Jenny Rosen", "phone": null }, "consent": { "promotions": "opt_in" } } } }
        """;

    [Fact]
    public void Shopify_APaidOrder_IsReadWhole()
    {
        var (order, customer) = Assert.Single(Read(ShopifyOrders.Map, Shopify));
        Assert.Equal(("gid://shopify/Order/820982911946154508", "gid://shopify/Customer/115310627314723954"), (order.OrderId, order.CustomerId));
        Assert.Equal((90m, 9m, 5m, 10m, OrderStatus.Paid, "web"), (order.Amount, order.Tax, order.Shipping, order.Discount, order.Status, order.Channel));
        Assert.Equal((new DateTimeOffset(2026, 11, 19, 15, 0, 5, TimeSpan.Zero), new DateTimeOffset(2026, 11, 19, 15, 1, 0, TimeSpan.Zero)), (order.OrderedAt.ToUniversalTime(), order.UpdatedAt!.Value.ToUniversalTime()));
        Assert.Equal(("jon@example.com", "John Smith", Consent.Granted, "shopify", "de-AT"), (customer.Email, customer.Name, customer.EmailConsent, customer.ConsentSource, customer.Locale));
        Assert.Equal(["788032119674292922"], order.Items.Select(i => i.ProductId));
        Assert.Equal(["TAKE10"], order.DiscountCodes);
    }

    [Fact]
    public void Shopify_TaxesIncluded_AreTakenOffTheGoods()
    {
        Assert.Equal(81m, Read(ShopifyOrders.Map, Shopify.Replace("\"taxes_included\": false", "\"taxes_included\": true", StringComparison.Ordinal))[0].Order.Amount);
    }

    [Theory]
    [InlineData("pending", "null", OrderStatus.Pending)]
    [InlineData("authorized", "null", OrderStatus.Pending)]
    [InlineData("partially_paid", "null", OrderStatus.Pending)]
    [InlineData("partially_refunded", "null", OrderStatus.Paid)]
    [InlineData("refunded", "null", OrderStatus.Refunded)]
    [InlineData("voided", "null", OrderStatus.Cancelled)]
    [InlineData("paid", "\"2026-11-19T11:00:00-05:00\"", OrderStatus.Cancelled)]
    public void Shopify_Status(string financial, string cancelledAt, OrderStatus status)
    {
        var body = Shopify.Replace("\"financial_status\": \"paid\"", $"\"financial_status\": \"{financial}\"", StringComparison.Ordinal)
            .Replace("\"cancelled_at\": null", $"\"cancelled_at\": {cancelledAt}", StringComparison.Ordinal);
        Assert.Equal(status, Read(ShopifyOrders.Map, body)[0].Order.Status);
    }

    [Fact]
    public void Shopify_ARefund_IsAReturnOfItsGoods()
    {
        var body = Shopify.Replace("\"refunds\": []", """
            "refunds": [ { "id": 509562969, "created_at": "2026-11-20T05:00:00-05:00", "refund_line_items": [ { "quantity": 1, "subtotal": 40.0, "total_tax": 3.5 } ] }, { "id": 5, "created_at": "2026-11-20T05:00:00-05:00", "refund_line_items": [] } ]
            """, StringComparison.Ordinal);
        var orders = Read(ShopifyOrders.Map, body);
        Assert.Equal(2, orders.Count);
        var back = orders[1].Order;
        Assert.Equal(("gid://shopify/Refund/509562969", orders[0].Order.OrderId, orders[0].Order.CustomerId, 40m), (back.OrderId, back.RefundOf, back.CustomerId, back.Amount));
    }

    [Fact]
    public void WooCommerce_AGuestsOrder_IsReadWhole()
    {
        var (order, customer) = Assert.Single(Read(WooCommerceOrders.Map, Woo));
        Assert.Equal(("woocommerce:order:727", 30m, 3m, 10m, 5m, OrderStatus.Paid), (order.OrderId, order.Amount, order.Tax, order.Shipping, order.Discount, order.Status));
        Assert.Equal(EmailAddress.CustomerIdOf("john.doe@example.com"), order.CustomerId);
        Assert.Equal((new DateTimeOffset(2026, 11, 19, 15, 0, 0, TimeSpan.Zero), "John Doe", Consent.Unknown), (order.OrderedAt.ToUniversalTime(), customer.Name, customer.EmailConsent));
        Assert.Equal(("93", 2), (order.Items[0].ProductId, order.Items[0].Quantity));
    }

    [Theory]
    [InlineData("pending", OrderStatus.Pending)]
    [InlineData("on-hold", OrderStatus.Pending)]
    [InlineData("completed", OrderStatus.Paid)]
    [InlineData("cancelled", OrderStatus.Cancelled)]
    [InlineData("failed", OrderStatus.Cancelled)]
    [InlineData("refunded", OrderStatus.Refunded)]
    [InlineData("made-up-by-a-plugin", OrderStatus.Pending)]
    public void WooCommerce_Status(string status, OrderStatus expected)
    {
        Assert.Equal(expected, Read(WooCommerceOrders.Map, Woo.Replace("processing", status, StringComparison.Ordinal))[0].Order.Status);
    }

    [Fact]
    public void WooCommerce_ARefund_IsNeverMoreThanTheGoods()
    {
        var orders = Read(WooCommerceOrders.Map, Woo.Replace("\"refunds\": []", """ "refunds": [ { "id": 726, "reason": "", "total": "-10.00" }, { "id": 725, "total": "-43.00" } ] """, StringComparison.Ordinal));
        Assert.Equal([10m, 30m], orders.Skip(1).Select(o => o.Order.Amount));
        Assert.All(orders.Skip(1), o => Assert.Equal("woocommerce:order:727", o.Order.RefundOf));
    }

    [Fact]
    public void Stripe_ACompletedSession_IsReadWhole()
    {
        var (order, customer) = Assert.Single(Read(StripeSessions.Map, Stripe));
        Assert.Equal(("cs_test_a1", "cus_9", 45m, 4m, 3m, 5m, OrderStatus.Paid), (order.OrderId, order.CustomerId, order.Amount, order.Tax, order.Shipping, order.Discount, order.Status));
        Assert.Equal((DateTimeOffset.FromUnixTimeSeconds(1795000000), DateTimeOffset.FromUnixTimeSeconds(1795000100)), (order.OrderedAt, order.UpdatedAt));
        Assert.Equal(("jenny@example.com", Consent.Granted), (customer.Email, customer.EmailConsent));
    }

    [Theory]
    [InlineData("unpaid", "checkout.session.completed", OrderStatus.Pending)]
    [InlineData("no_payment_required", "checkout.session.completed", OrderStatus.Paid)]
    [InlineData("paid", "checkout.session.async_payment_succeeded", OrderStatus.Paid)]
    [InlineData("unpaid", "checkout.session.async_payment_failed", OrderStatus.Cancelled)]
    public void Stripe_Status(string payment, string type, OrderStatus status)
    {
        var body = Stripe.Replace("\"payment_status\": \"paid\"", $"\"payment_status\": \"{payment}\"", StringComparison.Ordinal).Replace("checkout.session.completed", type, StringComparison.Ordinal);
        Assert.Equal(status, Read(StripeSessions.Map, body)[0].Order.Status);
    }

    [Theory]
    [InlineData("jpy", 4500)]
    [InlineData("kwd", 4.5)]
    [InlineData("eur", 45)]
    public void Stripe_MinorUnits_AreTheCurrencysOwn(string currency, double amount)
    {
        var body = Stripe.Replace("\"eur\"", $"\"{currency}\"", StringComparison.Ordinal);
        using var document = JsonDocument.Parse(body);
        Assert.Equal((decimal)amount, StripeSessions.Map(document.RootElement)[0]!["amount"]!.GetValue<decimal>());
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("null")]
    [InlineData("""{ "line_items": 7, "refunds": [ 1, null, {} ], "customer": [], "discount_codes": [ {} ], "subtotal_price": "a" }""")]
    [InlineData("""{ "type": "checkout.session.completed", "created": "x", "data": { "object": { "created": 1e99, "currency": 5 } } }""")]
    public void Map_WhateverComes_NeverThrows(string body)
    {
        foreach (var map in new Func<JsonElement, JsonArray>[] { ShopifyOrders.Map, WooCommerceOrders.Map, StripeSessions.Map })
        {
            using var document = JsonDocument.Parse(body);
            Assert.All(map(document.RootElement), order => Assert.Null(OrderReader.Read(Encoding.UTF8.GetBytes(order!.ToJsonString()), Context).Order));
        }
    }

    private static IReadOnlyList<(Order Order, CustomerFacts Customer)> Read(Func<JsonElement, JsonArray> map, string body)
    {
        using var document = JsonDocument.Parse(body);
        return
        [
            .. map(document.RootElement).Select(order =>
            {
                var read = OrderReader.Read(Encoding.UTF8.GetBytes(order!.ToJsonString()), Context);
                Assert.Empty(read.Errors);
                return (read.Order!.Order, read.Order.Customer);
            }),
        ];
    }
}
