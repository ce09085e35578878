using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Segue.Http.Webhooks.Shops;

/// <summary>Stripe's checkout sessions as orders.</summary>
/// <remarks>Source: Stripe API reference, "The Session object", "The Event object" and "Zero-decimal currencies".</remarks>
internal static class StripeSessions
{
    private static readonly string[] _whole =
        ["BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA", "PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF", "XPF"];

    private static readonly string[] _thousandths = ["BHD", "JOD", "KWD", "OMR", "TND"];

    /// <summary>The order, or none for an event that says nothing of one.</summary>
    public static JsonArray Map(JsonElement e)
    {
        var session = e.At("data", "object");
        if (e.Text("type") is not ("checkout.session.completed" or "checkout.session.async_payment_succeeded" or "checkout.session.async_payment_failed"))
        {
            return [];
        }

        var currency = session.Text("currency")?.ToUpperInvariant();
        decimal? Money(params ReadOnlySpan<string> path) => session.Amount(path) is not { } minor ? null
            : _whole.Contains(currency) ? minor : _thousandths.Contains(currency) ? minor / 1000 : minor / 100;
        var (goods, discount) = (Money("amount_subtotal"), Money("total_details", "amount_discount"));
        return
        [
            new JsonObject()
                .With("orderId", session.Text("id")).With("customerId", session.Text("client_reference_id") ?? session.Text("customer"))
                .With("email", session.Text("customer_details", "email") ?? session.Text("customer_email"))
                .With("phone", session.Text("customer_details", "phone")).With("name", session.Text("customer_details", "name"))
                .With("orderedAt", Moment(session.Text("created"))).With("updatedAt", Moment(e.Text("created")))
                .With("status", e.Text("type") is "checkout.session.async_payment_failed" ? "cancelled" : session.Text("payment_status") is "paid" or "no_payment_required" ? "paid" : "pending")
                .With("currency", currency).With("amount", goods is { } g ? Math.Max(0, g - (discount ?? 0)) : null).With("discount", discount)
                .With("tax", Money("total_details", "amount_tax")).With("shipping", Money("total_details", "amount_shipping"))
                .With("channel", "stripe").With("locale", session.Text("locale") is { } locale and not "auto" ? locale : null)
                .With("emailConsent", session.Text("consent", "promotions") switch { "opt_in" => "granted", "opt_out" => "refused", _ => null })
                .With("consentSource", "stripe"),
        ];
    }

    private static string? Moment(string? seconds) =>
        long.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out var found) && found < 253_402_300_800
            ? DateTimeOffset.FromUnixTimeSeconds(found).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) : seconds;
}
