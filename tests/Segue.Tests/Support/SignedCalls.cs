using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace Segue.Tests.Support;

/// <summary>Signs webhook calls as the services do, each with the settings under which Segue knows it.</summary>
internal sealed class SignedCalls : IDisposable
{
    private const string Secret = "whsec_0123456789abcdef0123456789abcdef";
    private readonly ECDsa _sendGrid = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    /// <summary>The services, by the routes that they call.</summary>
    public static IReadOnlyList<string> Routes { get; } = ["/api/sendgrid/events", "/api/shopify/orders", "/api/stripe/events", "/api/woocommerce/orders"];

    /// <summary>The settings that hold the secrets.</summary>
    public (string Name, string Value)[] Settings =>
    [
        ("SendGrid:WebhookPublicKey", Convert.ToBase64String(_sendGrid.ExportSubjectPublicKeyInfo())),
        ("Webhooks:ShopifySecret", Secret), ("Webhooks:WooCommerceSecret", Secret), ("Webhooks:StripeSecret", Secret),
    ];

    /// <summary>The headers that sign a body.</summary>
    public Dictionary<string, string> Sign(string route, byte[] body, DateTimeOffset at, string? secret = null)
    {
        var (time, key) = (at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), Encoding.UTF8.GetBytes(secret ?? Secret));
        byte[] Timed(string separator) => [.. Encoding.UTF8.GetBytes(time + separator), .. body];
        return route switch
        {
            "/api/shopify/orders" => new() { ["X-Shopify-Hmac-Sha256"] = Convert.ToBase64String(HMACSHA256.HashData(key, body)), ["X-Shopify-Topic"] = "orders/paid" },
            "/api/woocommerce/orders" => new() { ["X-WC-Webhook-Signature"] = Convert.ToBase64String(HMACSHA256.HashData(key, body)), ["X-WC-Webhook-Topic"] = "order.updated" },
            "/api/stripe/events" => new() { ["Stripe-Signature"] = $"t={time},v1={Convert.ToHexStringLower(HMACSHA256.HashData(key, Timed(".")))}" },
            "/api/sendgrid/events" => new()
            {
                ["X-Twilio-Email-Event-Webhook-Signature"] = Convert.ToBase64String((secret is null ? _sendGrid : ECDsa.Create(ECCurve.NamedCurves.nistP256))
                    .SignData(Timed(""), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)),
                ["X-Twilio-Email-Event-Webhook-Timestamp"] = time,
            },
            _ => throw new ArgumentException($"{route} is no route of a webhook.", nameof(route)),
        };
    }

    /// <summary>A call.</summary>
    public static HttpRequestMessage Request(string route, byte[] body, IReadOnlyDictionary<string, string> headers, string? type = "application/json")
    {
        var request = new HttpRequestMessage(HttpMethod.Post, route) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = type is null ? null : MediaTypeHeaderValue.Parse(type);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return request;
    }

    public void Dispose() => _sendGrid.Dispose();
}
