using System.Text.Json.Nodes;

namespace Segue.Http.OpenApi;

/// <summary>How callers prove who they are.</summary>
internal static class SecuritySchemes
{
    public const string BrowserKey = "browserKey";
    public const string SendGridSignature = "sendGridSignature";
    public const string SendGridTimestamp = "sendGridTimestamp";
    public const string ShopifySignature = "shopifySignature";
    public const string StripeSignature = "stripeSignature";
    public const string WooCommerceSignature = "wooCommerceSignature";
    private const string FunctionCode = "functionCode";
    private const string FunctionKey = "functionKey";

    private static readonly (string Name, string In, string Key, string Says)[] _known =
    [
        (FunctionKey, "header", "x-functions-key", "In Azure, the app's function key. On one machine none is asked for: only that machine is answered."),
        (FunctionCode, "query", "code", "The function key in the address, for links that people open."),
        (BrowserKey, "query", "key", "A write-only key of settings.yaml's browserKeys, which holds for the one origin that the browser names."),
        (SendGridSignature, "header", "X-Twilio-Email-Event-Webhook-Signature", "ECDSA (P-256, SHA-256, DER, Base64) over the timestamp and the raw body, by SendGrid's key."),
        (SendGridTimestamp, "header", "X-Twilio-Email-Event-Webhook-Timestamp", "When it was signed: seconds since 1970, part of what is signed."),
        (ShopifySignature, "header", "X-Shopify-Hmac-Sha256", "HMAC-SHA256 over the raw body, Base64, by the app's client secret."),
        (StripeSignature, "header", "Stripe-Signature", "t=SECONDS,v1=HEX: HMAC-SHA256 over the time, a point and the raw body, by the endpoint's secret."),
        (WooCommerceSignature, "header", "X-WC-Webhook-Signature", "HMAC-SHA256 over the raw body, Base64, by the webhook's secret."),
    ];

    /// <summary>All schemes.</summary>
    public static JsonObject Write() => new(_known.Select(s => KeyValuePair.Create(s.Name, (JsonNode?)new JsonObject
    {
        ["type"] = "apiKey", ["in"] = s.In, ["name"] = s.Key, ["description"] = s.Says,
    })));

    /// <summary>What an operation asks for: one of the alternatives.</summary>
    public static JsonArray Of(ApiOperation about, bool isOpen) =>
        !isOpen ? [Need(FunctionKey), Need(FunctionCode)] : about.Signed.Count > 0 ? [Need([.. about.Signed])] : [];

    private static JsonObject Need(params IEnumerable<string> schemes) => new(schemes.Select(s => KeyValuePair.Create(s, (JsonNode?)new JsonArray())));
}
