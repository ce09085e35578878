using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Segue.Customers;
using Segue.Email;
using Segue.Email.Reports;

namespace Segue.Http.Webhooks.SendGrid;

/// <summary>Reads the events that SendGrid posts: a JSON array, our reference among the fields of each.</summary>
/// <remarks>Source: Twilio SendGrid, "Event Webhook Reference".</remarks>
internal static class SendGridEvents
{
    /// <summary>Events of one call: SendGrid posts what it has every few seconds, up to 768 KB.</summary>
    public const int Limit = 10_000;

    // Mail gateways that open every link to look behind it. They say who they are; what does not is taken for a person.
    private static readonly string[] _scanners =
        ["bot", "crawl", "spider", "scan", "barracuda", "mimecast", "proofpoint", "python", "curl", "wget", "headless", "okhttp", "go-http", "java/"];

    /// <summary>The events, or what is wrong. Those of mails that are not ours, and of kinds that say nothing, are left out.</summary>
    public static (IReadOnlyList<MailEvent> Events, string? Fault) Read(ReadOnlyMemory<byte> body)
    {
        JsonDocument document;
        try
        {
            document = JsonText.Parse(body);
        }
        catch (JsonException e)
        {
            return ([], $"The body is no JSON: {e.Message}");
        }

        using (document)
        {
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Array || root.GetArrayLength() > Limit)
            {
                return ([], $"The body is an array of at most {Limit} events.");
            }

            return ([.. root.EnumerateArray().Select(Read).OfType<MailEvent>()], null);
        }
    }

    private static MailEvent? Read(JsonElement e)
    {
        if (e.ValueKind != JsonValueKind.Object
            || Text(e, MailReferences.Argument) is not { } reference
            || KindOf(e) is not { } what
            || !e.TryGetProperty("timestamp", out var time)
            || !time.TryGetSeconds(out var at))
        {
            return null;
        }

        return new(reference, what, at, IdOf(e))
        {
            Email = Text(e, "email") is { } email && EmailAddress.TryNormalise(email, out var kept) ? kept : null,
            Reason = Text(e, "reason") ?? Text(e, "response"),
        };
    }

    private static MailReport? KindOf(JsonElement e) => Text(e, "event") switch
    {
        "processed" or "deferred" => MailReport.Processed,
        "delivered" => MailReport.Delivered,
        "dropped" => MailReport.Dropped,
        "bounce" => Text(e, "type") == "blocked" ? MailReport.Blocked : MailReport.Bounced,
        "open" => IsMachine(e) ? MailReport.Scanned : MailReport.Opened,
        "click" => IsMachine(e) ? MailReport.Scanned : MailReport.Clicked,
        "spamreport" => MailReport.Complained,
        "unsubscribe" => MailReport.Unsubscribed,
        "group_unsubscribe" => MailReport.TopicUnsubscribed,
        _ => null,
    };

    private static bool IsMachine(JsonElement e) =>
        (e.TryGetProperty("sg_machine_open", out var flag) && flag.ValueKind == JsonValueKind.True)
        || (Text(e, "useragent") is { } agent && _scanners.Any(s => agent.Contains(s, StringComparison.OrdinalIgnoreCase)));

    // An event without an id is named by all that it says.
    private static string IdOf(JsonElement e) =>
        Text(e, "sg_event_id") is { Length: > 0 and <= 100 } id ? id
            : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(e.GetRawText())).AsSpan(0, 16));

    private static string? Text(JsonElement e, string name) =>
        e.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static bool TryGetSeconds(this JsonElement value, out DateTimeOffset moment)
    {
        moment = default;
        var found = value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var seconds)
            ? seconds : value.ValueKind == JsonValueKind.String && long.TryParse(value.GetString(), out seconds) ? seconds : -1;
        if (found is < 0 or > 32_503_680_000)
        {
            return false;
        }

        moment = DateTimeOffset.FromUnixTimeSeconds(found);
        return true;
    }
}
