using System.Text.Json;
using System.Text.Json.Nodes;

namespace Segue.Http.Webhooks.Shops;

/// <summary>WooCommerce's orders as Segue's.</summary>
/// <remarks>Source: WooCommerce REST API v3, "Order properties" and "Webhooks". Refunds come without goods and taxes apart.</remarks>
internal static class WooCommerceOrders
{
    /// <summary>The order, and a return for each of its refunds.</summary>
    public static JsonArray Map(JsonElement order)
    {
        var id = Name("order", order.Text("id"));
        var (customer, email) = (Customer(order), order.Text("billing", "email"));
        var lines = order.Each("line_items").ToList();
        var goods = lines.Sum(line => line.Amount("total") ?? 0);
        var orders = new JsonArray
        {
            new JsonObject()
                .With("orderId", id).With("customerId", customer).With("email", email).With("phone", order.Text("billing", "phone"))
                .With("name", $"{order.Text("billing", "first_name")} {order.Text("billing", "last_name")}".Trim() is { Length: > 0 } name ? name : null)
                .With("orderedAt", Moment(order, "date_created_gmt")).With("updatedAt", Moment(order, "date_modified_gmt")).With("status", Status(order.Text("status")))
                .With("currency", order.Text("currency")).With("amount", goods).With("discount", order.Amount("discount_total"))
                .With("tax", order.Amount("total_tax")).With("shipping", order.Amount("shipping_total"))
                .With("discountCodes", new JsonArray([.. order.Each("coupon_lines").Select(coupon => (JsonNode?)coupon.Text("code"))]))
                .With("channel", order.Text("created_via") ?? "woocommerce")
                .With("items", new JsonArray([.. lines.Where(line => line.Text("product_id") is not null).Select(Item)])),
        };
        foreach (var refund in order.Each("refunds"))
        {
            // What goes back may hold taxes and shipping: never more than the goods were.
            if (Math.Min(Math.Abs(refund.Amount("total") ?? 0), goods) is > 0 and var returned)
            {
                orders.Add((JsonNode)new JsonObject()
                    .With("orderId", Name("refund", refund.Text("id"))).With("refundOf", id).With("customerId", customer).With("email", email)
                    .With("orderedAt", Moment(order, "date_created_gmt")).With("status", "refunded").With("currency", order.Text("currency")).With("amount", returned));
            }
        }

        return orders;
    }

    private static JsonObject Item(JsonElement line) => new JsonObject()
        .With("productId", line.Text("product_id")).With("name", line.Text("name")).With("quantity", line.Whole("quantity")).With("price", line.Amount("price"));

    private static string? Customer(JsonElement order) => order.Text("customer_id") is { } id and not "0" ? Name("customer", id) : null;

    private static string? Name(string kind, string? id) => id is null ? null : $"woocommerce:{kind}:{id}";

    // Moments come without an offset and are in UTC.
    private static string? Moment(JsonElement order, string name) => order.Text(name) is { } text ? text + "Z" : null;

    private static string Status(string? status) => status switch
    {
        "processing" or "completed" => "paid",
        "refunded" => "refunded",
        "cancelled" or "failed" or "trash" => "cancelled",
        _ => "pending",
    };
}
