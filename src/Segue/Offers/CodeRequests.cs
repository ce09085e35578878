using System.Buffers;
using System.Text;
using System.Text.Json;
using Segue.Campaigns;
using Segue.Customers;
using Segue.Email;
using Segue.Ports;
using Segue.Storage;
using Segue.Webhooks;

namespace Segue.Offers;

/// <summary>What came of asking the shop for a code: one of the three is set.</summary>
internal readonly record struct CodeAnswer(string? Code, string? Refusal = null, string? Hold = null, TimeSpan? After = null);

/// <summary>
/// Asks the shop to make a code when a mail is about to go: a signed call, under the mail's own name at each try, so that a shop
/// that is asked again answers the same code.
/// </summary>
internal sealed class CodeRequests(ITableStore store, CodeIndex index, IWebhookCaller caller)
{
    /// <summary>The <c>type</c> of every request.</summary>
    public const string Type = "segue.code";

    private const int LongestCode = 64;
    private static readonly TimeSpan _timeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan _again = TimeSpan.FromMinutes(10);

    /// <summary>A code that is this customer's alone, or why there is none.</summary>
    public async Task<CodeAnswer> AskAsync(CustomerWork work, Send send, IssuedOffer offer, CancellationToken cancellation)
    {
        var settings = work.Campaigns.Set.Settings;
        var url = offer.Request!;
        if (WebhookPolicy.FaultOf(url, WebhookPolicy.MayBePrivate(settings, url)) is { } fault)
        {
            return new(null, Refusal: $"codes are asked for at {fault}");
        }

        var request = new WebhookRequest($"code-{send.Id}", url, Body(work, send, offer, settings), _timeout, WebhookPolicy.MayBePrivate(settings, url));
        var (answer, text) = await caller.AskAsync(request, cancellation);
        switch (answer)
        {
            case WebhookAnswer.Refused refused:
                return new(null, Refusal: $"the shop makes no code: {refused.Reason}");
            case WebhookAnswer.TryAgain later:
                return new(null, Hold: $"the shop makes no code now: {later.Reason}", After: later.After > _again ? later.After : _again);
            default:
                break;
        }

        if (Read(text) is not { } code)
        {
            return new(null, Hold: $"the shop's answer names no code of 1 to {LongestCode} characters", After: _again);
        }

        // One that another has, or that this customer had for another mail, would be worth less than the mail says.
        return await index.ClaimAsync(work.CustomerId, code, cancellation)
            && await store.GetAsync(Tables.Customers, CustomerRows.Partition(work.CustomerId), CustomerRows.Code(code), cancellation) is null
                ? new(code) : new(null, Refusal: "the shop gave a code that it had given before");
    }

    private static string? Read(string? text)
    {
        try
        {
            using var json = JsonDocument.Parse(text ?? "");
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("code", out var code)
                && code.ValueKind == JsonValueKind.String && code.GetString()!.Trim() is { Length: > 0 and <= LongestCode } found
                && !found.Any(c => char.IsControl(c) || char.IsWhiteSpace(c)) ? found : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string Body(CustomerWork work, Send send, IssuedOffer offer, CampaignSettings settings)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("type", Type);
            json.WriteString("timestamp", send.DueAt);
            json.WriteStartObject("data");
            json.WriteString("journey", send.Journey);
            json.WriteString("step", send.Step);
            json.WriteStartObject("customer");
            json.WriteString("id", work.CustomerId);
            json.WriteEndObject();
            Write(json, "percent", offer.Percent);
            Write(json, "amount", offer.Amount);
            Write(json, "maxDiscount", offer.MaxDiscount);
            if (offer.Products is { } products)
            {
                json.WriteStartArray("products");
                foreach (var id in products)
                {
                    json.WriteStringValue(id);
                }

                json.WriteEndArray();
                json.WriteBoolean("bundle", offer.IsBundle);
            }

            json.WriteString("currency", settings.Currency);
            json.WriteBoolean("stackable", offer.Stack);
            json.WriteString("expiresAt", offer.ExpiresAt);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter json, string name, decimal? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
    }
}
