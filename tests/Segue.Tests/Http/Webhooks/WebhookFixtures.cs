namespace Segue.Tests.Http.Webhooks;

/// <summary>Bodies of webhooks in the shape that each service documents.</summary>
internal static class WebhookFixtures
{
    /// <summary>The body that a route is called with.</summary>
    public static string Read(string route)
    {
        var name = route switch
        {
            "/api/cloudevents" => "cloudevents-batch.json",
            "/api/sendgrid/events" => "sendgrid-events.json",
            "/api/shopify/orders" => "shopify-order.json",
            "/api/stripe/events" => "stripe-checkout-session-completed.json",
            "/api/woocommerce/orders" => "woocommerce-order.json",
            _ => throw new ArgumentException($"{route} has no fixture.", nameof(route)),
        };
        using var stream = typeof(WebhookFixtures).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"{name} is not embedded.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
