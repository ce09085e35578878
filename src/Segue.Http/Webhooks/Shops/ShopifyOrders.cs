using System.Text.Json;
using System.Text.Json.Nodes;

namespace Segue.Http.Webhooks.Shops;

/// <summary>Shopify's orders as Segue's.</summary>
/// <remarks>
/// Source: Shopify, REST Admin API, "Order" and "Webhooks": the body of orders/create, orders/paid, orders/updated and
/// orders/cancelled is an order, with its refunds so far.
/// </remarks>
internal static class ShopifyOrders
{
    /// <summary>The order, and a return for each of its refunds.</summary>
    public static JsonArray Map(JsonElement order)
    {
        var id = IdOf(order, "Order");
        var customer = IdOf(order.At("customer"), "Customer");
        var orders = new JsonArray { Order(order, id, customer) };
        foreach (var refund in order.Each("refunds"))
        {
            var goods = refund.Each("refund_line_items").Sum(line => (line.Amount("subtotal") ?? 0) - (IsTaxed(order) ? line.Amount("total_tax") ?? 0 : 0));
            if (goods > 0)
            {
                orders.Add((JsonNode)new JsonObject()
                    .With("orderId", IdOf(refund, "Refund")).With("refundOf", id).With("customerId", customer).With("email", Email(order))
                    .With("orderedAt", refund.Text("created_at")).With("status", "refunded").With("currency", order.Text("currency")).With("amount", goods));
            }
        }

        return orders;
    }

    private static JsonObject Order(JsonElement order, string? id, string? customer)
    {
        var lines = order.Each("line_items").ToList();
        var goods = order.Amount("subtotal_price");
        var included = IsTaxed(order) ? lines.Sum(line => line.Each("tax_lines").Sum(tax => tax.Amount("price") ?? 0)) : 0;
        return new JsonObject()
            .With("orderId", id).With("customerId", customer).With("email", Email(order)).With("phone", order.Text("phone") ?? order.Text("customer", "phone"))
            .With("name", $"{order.Text("customer", "first_name")} {order.Text("customer", "last_name")}".Trim() is { Length: > 0 } name ? name : null)
            .With("orderedAt", order.Text("processed_at") ?? order.Text("created_at")).With("updatedAt", order.Text("updated_at")).With("status", Status(order))
            .With("currency", order.Text("currency")).With("amount", goods is { } g ? Math.Max(0, g - included) : null)
            .With("discount", order.Amount("total_discounts")).With("tax", order.Amount("total_tax"))
            .With("shipping", order.Amount("total_shipping_price_set", "shop_money", "amount"))
            .With("discountCodes", new JsonArray([.. order.Each("discount_codes").Select(code => (JsonNode?)code.Text("code"))]))
            .With("channel", order.Text("source_name") ?? "shopify").With("locale", order.Text("customer_locale"))
            .With("items", new JsonArray([.. lines.Where(line => line.Text("product_id") is not null).Select(Item)]))
            .With("emailConsent", Consent(order)).With("consentAt", order.Text("customer", "email_marketing_consent", "consent_updated_at"))
            .With("consentSource", "shopify");
    }

    private static JsonObject Item(JsonElement line) => new JsonObject()
        .With("productId", line.Text("product_id")).With("name", line.Text("title")).With("category", line.Text("product_type"))
        .With("quantity", line.Whole("quantity")).With("price", line.Amount("price"))
        .With("giftCard", line.At("gift_card").ValueKind == JsonValueKind.True ? true : null);

    private static string Status(JsonElement order) =>
        order.Text("cancelled_at") is not null ? "cancelled"
            : order.Text("financial_status") switch
            {
                "paid" or "partially_refunded" => "paid",
                "refunded" => "refunded",
                "voided" => "cancelled",
                _ => "pending",
            };

    private static string? Consent(JsonElement order) => order.Text("customer", "email_marketing_consent", "state") switch
    {
        "subscribed" => "granted",
        "unsubscribed" => "refused",
        _ => null,
    };

    private static string? Email(JsonElement order) => order.Text("email") ?? order.Text("contact_email") ?? order.Text("customer", "email");

    private static bool IsTaxed(JsonElement order) => order.At("taxes_included").ValueKind == JsonValueKind.True;

    private static string? IdOf(JsonElement thing, string type) =>
        thing.Text("admin_graphql_api_id") ?? (thing.Text("id") is { } id ? $"gid://shopify/{type}/{id}" : null);
}
