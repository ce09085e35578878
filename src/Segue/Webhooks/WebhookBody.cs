using System.Buffers;
using System.Text;
using System.Text.Json;
using Segue.Customers;

namespace Segue.Webhooks;

/// <summary>What a receiver is sent: JSON in the form of Standard Webhooks (https://www.standardwebhooks.com), type, timestamp and data.</summary>
internal static class WebhookBody
{
    /// <summary>The <c>type</c> of every call.</summary>
    public const string Type = "segue.step";

    private static readonly Dictionary<string, Action<Utf8JsonWriter, CustomerWork>> _fields = new()
    {
        ["email"] = (json, work) => Write(json, "email", work.Profile.Contact.Email),
        ["phone"] = (json, work) => Write(json, "phone", work.Profile.Contact.Phone),
        ["name"] = (json, work) => Write(json, "name", work.Profile.Contact.Name),
        ["locale"] = (json, work) => Write(json, "locale", work.Profile.Contact.Locale),
        ["timeZone"] = (json, work) => Write(json, "timeZone", work.Profile.Contact.TimeZone),
        ["segment"] = (json, work) => Write(json, "segment", work.Profile.Standing?.Segment),
        ["attributes"] = (json, work) => Write(json, "attributes", work.Profile.Contact.Attributes),
    };

    /// <summary>What of the customer may go along.</summary>
    public static IReadOnlyList<string> Fields { get; } = [.. _fields.Keys];

    /// <summary>The body, as the customer is now.</summary>
    public static string Of(CustomerWork work, WebhookCall call)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("type", Type);
            json.WriteString("timestamp", call.DueAt);
            json.WriteStartObject("data");
            json.WriteString("journey", call.Journey);
            json.WriteString("step", call.Step);
            json.WriteNumber("run", call.Run);
            Write(json, "key", call.Key.Length == 0 ? null : call.Key);
            Write(json, "variant", call.Variant);
            json.WriteStartObject("customer");
            json.WriteString("id", work.CustomerId);
            foreach (var field in call.Terms.Customer)
            {
                _fields[field](json, work);
            }

            json.WriteEndObject();
            WriteEvent(json, call);
            Write(json, "values", call.Terms.Data);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void WriteEvent(Utf8JsonWriter json, WebhookCall call)
    {
        if (call.Event is not { } fact)
        {
            return;
        }

        json.WriteStartObject("event");
        json.WriteString("id", fact.EventId);
        json.WriteString("name", fact.Name);
        json.WriteString("at", fact.At);
        Write(json, "attributes", fact.Attributes);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    private static void Write(Utf8JsonWriter json, string name, IReadOnlyDictionary<string, string>? values)
    {
        if (values is not { Count: > 0 })
        {
            return;
        }

        json.WriteStartObject(name);
        foreach (var (key, value) in values.OrderBy(v => v.Key, StringComparer.Ordinal))
        {
            json.WriteString(key, value);
        }

        json.WriteEndObject();
    }
}
