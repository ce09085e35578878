using System.Text.Json;
using System.Text.Json.Nodes;
using Segue.Orders;

namespace Segue.Http.Webhooks.Shops;

/// <summary>Opens CloudEvents 1.0 envelopes: structured, batched, or binary (the envelope in headers).</summary>
/// <remarks>Source: CloudEvents 1.0.2, "JSON Event Format" and "HTTP Protocol Binding".</remarks>
internal static class CloudEvents
{
    /// <summary>An order as POST /api/orders takes it.</summary>
    public const string Order = "segue.order";

    /// <summary>An event as POST /api/events takes it.</summary>
    public const string Event = "segue.event";

    /// <summary>The orders and the events in a body; each fault names the envelope's place.</summary>
    /// <param name="body">The body.</param>
    /// <param name="header">A header of the request, or null.</param>
    public static (JsonArray Orders, JsonArray Events, IReadOnlyList<RequestFault> Faults) Open(ReadOnlyMemory<byte> body, Func<string, string?> header)
    {
        JsonNode? parsed;
        try
        {
            parsed = JsonText.Node(body.Span);
        }
        catch (JsonException e)
        {
            return ([], [], [new(0, "", $"this is no valid JSON, at line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1} of it")]);
        }

        var (orders, events, faults) = (new JsonArray(), new JsonArray(), new List<RequestFault>());
        var envelopes = header("ce-type") is not null ? [Binary(parsed, header)] : parsed is JsonArray batch ? [.. batch] : new[] { parsed };
        for (var i = 0; i < envelopes.Length; i++)
        {
            if (Fault(envelopes[i]) is { } fault)
            {
                faults.Add(new(i, fault.Field, fault.Message));
                continue;
            }

            var envelope = envelopes[i]!.AsObject();
            var data = Data(envelope)!;
            if (Text(envelope, "type") == Order)
            {
                Complete(data, "updatedAt", Text(envelope, "time"));
                orders.Add((JsonNode)data);
            }
            else
            {
                Complete(data, "eventId", $"{Text(envelope, "source")}#{Text(envelope, "id")}");
                Complete(data, "at", Text(envelope, "time"));
                Complete(data, "customerId", data.ContainsKey("email") || data.ContainsKey("anonymousId") ? null : Text(envelope, "subject"));
                events.Add((JsonNode)data);
            }
        }

        return (orders, events, faults);
    }

    /// <summary>Characters of an id or a source: both together name an event.</summary>
    private const int LongestName = 90;

    private static JsonObject Binary(JsonNode? data, Func<string, string?> header)
    {
        var envelope = new JsonObject { ["data"] = data };
        foreach (var name in new[] { "specversion", "id", "source", "type", "subject", "time" })
        {
            envelope.With(name, header($"ce-{name}") is { } text ? Uri.UnescapeDataString(text) : null);
        }

        return envelope;
    }

    private static (string Field, string Message)? Fault(JsonNode? node) =>
        node is not JsonObject envelope ? ("", "an envelope is an object")
            : Text(envelope, "specversion") != "1.0" ? ("specversion", "must be 1.0")
            : Text(envelope, "id") is null or "" ? ("id", "missing; every envelope has it")
            : !IsName(envelope, "id", LongestName) ? ("id", $"has 1 to {LongestName} printable characters")
            : Text(envelope, "source") is null or "" ? ("source", "missing; every envelope has it")
            : !IsName(envelope, "source", LongestName) ? ("source", $"has 1 to {LongestName} printable characters")
            : envelope["subject"] is not null && !IsName(envelope, "subject", FieldChecks.MaxId) ? ("subject", $"a text of at most {FieldChecks.MaxId} printable characters is wanted")
            : envelope["time"] is not null && Text(envelope, "time") is null ? ("time", "a moment is wanted, such as 2024-01-31T18:05:00Z")
            : Text(envelope, "type") is not (Order or Event) ? ("type", $"must be {Order} or {Event}")
            : Data(envelope) is null ? ("data", "must be a JSON object")
            : null;

    private static bool IsName(JsonObject envelope, string name, int most) =>
        Text(envelope, name) is { } text && text.Length <= most && !text.Any(char.IsControl);

    private static JsonObject? Data(JsonObject envelope)
    {
        if (envelope["data"] is JsonObject data)
        {
            return data.DeepClone().AsObject();
        }

        try
        {
            return Text(envelope, "data_base64") is { } base64 ? JsonText.Node(Convert.FromBase64String(base64)) as JsonObject : null;
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            return null;
        }
    }

    private static void Complete(JsonObject data, string name, string? value)
    {
        if (value is not null && data[name] is null)
        {
            data[name] = value;
        }
    }

    private static string? Text(JsonObject json, string name) =>
        json[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
