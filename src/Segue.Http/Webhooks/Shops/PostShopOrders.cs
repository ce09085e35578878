using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Segue.Http.Orders;

namespace Segue.Http.Webhooks.Shops;

/// <summary>
/// <c>POST /api/shopify/orders</c>, <c>/api/woocommerce/orders</c>, <c>/api/stripe/events</c>: orders from where they are made. They
/// need no key of ours: each call is signed with the secret that the setting of the same name holds, and refused without it.
/// </summary>
internal static class PostShopOrders
{
    public static async Task<IResult> ShopifyAsync(
        HttpContext context, IOrderIntake intake, IConfiguration configuration, CancellationToken cancellation)
    {
        var (body, refusal) = await SignedCall.ReadAsync(context, "shopify", cancellation);
        if (refusal is not null)
        {
            return refusal;
        }

        var secret = WebhookSecrets.Of(configuration, WebhookSecrets.Shopify);
        if (HmacSignature.Check(secret, context.Request.Headers["X-Shopify-Hmac-Sha256"], body.Span) is { } why)
        {
            return SignedCall.Refuse(context, "shopify", why);
        }

        // refunds/create names no customer; orders/updated, which comes with it, has order, customer and refunds together.
        return context.Request.Headers["X-Shopify-Topic"].ToString().StartsWith("orders/", StringComparison.Ordinal)
            ? await ShopCall.TakeAsync(context, "shopify", body, ShopifyOrders.Map, intake, cancellation)
            : await ShopCall.TakeAsync(context, "shopify", body, _ => [], intake, cancellation);
    }

    public static async Task<IResult> WooCommerceAsync(
        HttpContext context, IOrderIntake intake, IConfiguration configuration, CancellationToken cancellation)
    {
        // Saving a webhook sends a form with its id, unsigned, and wants to hear 200.
        if (context.Request.HasFormContentType && context.Request.ContentLength < 100)
        {
            return Results.Json(ShopCallTaken.Nothing);
        }

        var (body, refusal) = await SignedCall.ReadAsync(context, "woocommerce", cancellation);
        if (refusal is not null)
        {
            return refusal;
        }

        var secret = WebhookSecrets.Of(configuration, WebhookSecrets.WooCommerce);
        if (HmacSignature.Check(secret, context.Request.Headers["X-WC-Webhook-Signature"], body.Span) is { } why)
        {
            return SignedCall.Refuse(context, "woocommerce", why);
        }

        // A deleted order comes as nothing but its id: a cancellation before it says more.
        var topic = context.Request.Headers["X-WC-Webhook-Topic"].ToString();
        return await ShopCall.TakeAsync(
            context, "woocommerce", body, topic is "order.created" or "order.updated" or "order.restored" ? WooCommerceOrders.Map : _ => [], intake, cancellation);
    }

    public static async Task<IResult> StripeAsync(
        HttpContext context, IOrderIntake intake, IConfiguration configuration, TimeProvider clock, CancellationToken cancellation)
    {
        var (body, refusal) = await SignedCall.ReadAsync(context, "stripe", cancellation);
        if (refusal is not null)
        {
            return refusal;
        }

        var secret = WebhookSecrets.Of(configuration, WebhookSecrets.Stripe);
        return StripeSignature.Check(secret, context.Request.Headers[StripeSignature.Header], body.Span, clock.GetUtcNow()) is { } why
            ? SignedCall.Refuse(context, "stripe", why)
            : await ShopCall.TakeAsync(context, "stripe", body, StripeSessions.Map, intake, cancellation);
    }
}
