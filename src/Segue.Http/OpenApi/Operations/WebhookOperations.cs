using Segue.Email.Reports;
using Segue.Http.Webhooks.Shops;

namespace Segue.Http.OpenApi.Operations;

internal static class WebhookOperations
{
    public static IReadOnlyDictionary<string, ApiOperation> All { get; } = new Dictionary<string, ApiOperation>
    {
        ["POST /api/shopify/orders"] = Shop("postShopifyOrders", "Shopify's webhooks orders/create, orders/paid, orders/updated and orders/cancelled.", "ShopifyOrder", SecuritySchemes.ShopifySignature)
            with { Parameters = [new("X-Shopify-Topic", "header", "What happened.", """{ "type": "string", "examples": ["orders/paid", "orders/updated"] }""")] },
        ["POST /api/stripe/events"] = Shop("postStripeEvents", "Stripe's events of checkout sessions.", "StripeEvent", SecuritySchemes.StripeSignature),
        ["POST /api/woocommerce/orders"] = Shop("postWooCommerceOrders", "WooCommerce's webhooks of orders; the form that a new webhook sends is answered too.", "WooCommerceOrder", SecuritySchemes.WooCommerceSignature)
            with { Parameters = [new("X-WC-Webhook-Topic", "header", "What happened.", """{ "type": "string", "examples": ["order.created", "order.updated"] }""")] },
        ["POST /api/sendgrid/events"] = new("postSendGridEvents", ApiOperations.Webhooks, "SendGrid's event webhook: what became of mails.")
        {
            Body = ApiOperation.Json("SendGridEvents"),
            Answers = [ApiAnswer.Json(new MailReportReceipt(12, 0, false), "Taken; a call that was taken before is not taken again.")],
            Problems = [401],
            Signed = [SecuritySchemes.SendGridSignature, SecuritySchemes.SendGridTimestamp],
        },
    };

    private static ApiOperation Shop(string id, string summary, string schema, string signed) => new(id, ApiOperations.Webhooks, summary)
    {
        Body = ApiOperation.Json(schema),
        Answers =
        [
            ApiAnswer.Json(
                new ShopCallTaken(1, Results: [new(0, "gid://shopify/Order/1001", "gid://shopify/Customer/17")], Errors: []),
                "Taken, or ignored; 200 also where an order can't be taken, since the same call again would not mend it: errors say why."),
        ],
        Problems = [401],
        Signed = [signed],
    };
}
