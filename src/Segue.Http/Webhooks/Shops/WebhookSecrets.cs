using Microsoft.Extensions.Configuration;

namespace Segue.Http.Webhooks.Shops;

/// <summary>The secrets that shops and payment services sign their calls with: settings <c>Webhooks:ShopifySecret</c> and so on.</summary>
internal static class WebhookSecrets
{
    /// <summary>The client secret of the shop's app, or what the notification settings show.</summary>
    public const string Shopify = "Webhooks:ShopifySecret";

    /// <summary>The webhook's secret.</summary>
    public const string WooCommerce = "Webhooks:WooCommerceSecret";

    /// <summary>The endpoint's signing secret, <c>whsec_…</c>.</summary>
    public const string Stripe = "Webhooks:StripeSecret";

    /// <summary>What Segue signs its own calls with, <c>whsec_…</c>.</summary>
    public const string Signing = "Webhooks:SigningSecret";

    /// <summary>
    /// A secret, or null where there is none. A reference to a vault that was not resolved stands in the setting as it was
    /// written: everybody may know that text, so it is no secret.
    /// </summary>
    public static string? Of(IConfiguration configuration, string name)
    {
        var secret = configuration[name];
        return string.IsNullOrWhiteSpace(secret) || secret.StartsWith("@Microsoft.KeyVault(", StringComparison.OrdinalIgnoreCase) ? null : secret;
    }
}
