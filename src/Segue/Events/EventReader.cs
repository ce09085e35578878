using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Segue.Customers;
using Segue.Orders;

namespace Segue.Events;

/// <summary>An event that arrived and was found good.</summary>
/// <param name="Event">The event; of a visitor whom nobody knows, its customer is <see cref="Visitors.IdOf"/>.</param>
/// <param name="Facts">What it says about the customer; nothing where it says nothing.</param>
/// <param name="Visitor">The visitor's own id, where one was given; with a customer beside it the two are one from now on.</param>
public sealed record IncomingEvent(CustomerEvent Event, CustomerFacts Facts, string? Visitor)
{
    /// <summary>Whether nobody knows whose it is.</summary>
    public bool IsAnonymous => Visitor is not null && Event.CustomerId == Visitors.IdOf(Visitor);
}

/// <summary>What became of one event that was read.</summary>
/// <param name="Event">The event; null where anything is wrong.</param>
/// <param name="Errors">Every fault, in the order of the fields.</param>
/// <param name="Warnings">What was ignored, such as unknown fields.</param>
public sealed record EventReadResult(IncomingEvent? Event, IReadOnlyList<FieldError> Errors, IReadOnlyList<FieldError> Warnings);

/// <summary>Reads one event of the API, or one line of a JSON lines file, and tells every fault in it.</summary>
public static class EventReader
{
    /// <summary>Reads an event from a JSON object.</summary>
    /// <param name="json">The object; its text is known to be valid UTF-8.</param>
    /// <param name="context">What it is read against.</param>
    /// <param name="index">0-based place in the body, for ids derived from an idempotency key.</param>
    /// <param name="fromBrowser">A web page sent it: it can name no customer, and say nothing that only the shop knows.</param>
    public static EventReadResult Read(JsonElement json, OrderContext context, int index = 0, bool fromBrowser = false)
    {
        ArgumentNullException.ThrowIfNull(context);
        var checks = new FieldChecks();
        var fields = new JsonFields(json, "", checks);
        if (json.ValueKind != JsonValueKind.Object)
        {
            return new(null, checks.Errors, checks.Warnings);
        }

        var draft = new EventDraft
        {
            EventId = checks.Id("eventId", fields.Id("eventId")),
            Name = EventNames.Check("name", fields.String("name"), checks),
            At = checks.Moment("at", fields.String("at")),
            CustomerId = checks.Id("customerId", fields.Id("customerId")),
            Email = checks.Email("email", fields.String("email")),
            Visitor = checks.Id("anonymousId", fields.Id("anonymousId")),
            ProductId = checks.Id("productId", fields.Id("productId")),
            Category = checks.Text("category", fields.String("category"), 200),
            Amount = fields.SignedAmount("amount"),
            Currency = checks.Text("currency", fields.String("currency"))?.ToUpperInvariant(),
            Attributes = Attributes(fields, checks),
        };
        if (fromBrowser)
        {
            draft.RefuseWhatOnlyServersSay(checks);
        }

        var read = draft.Finish(context, checks, index);
        fields.WarnUnknown();
        return new(read, checks.Errors, checks.Warnings);
    }

    /// <summary>The id of an event without one: a hash of what it says, so that the same row is the same event.</summary>
    internal static string DerivedId(params ReadOnlySpan<string?> parts) =>
        "evt-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts.ToArray()))), 0, 16);

    private static Dictionary<string, string>? Attributes(JsonFields fields, FieldChecks checks)
    {
        if (fields.Get("attributes") is not { } value)
        {
            return null;
        }

        var map = new JsonFields(value, "attributes", checks);
        Dictionary<string, string>? attributes = null;
        if (map.All.Count() > OrderReader.MaxAttributes)
        {
            checks.Fail("attributes", $"found {map.All.Count()}; at most {OrderReader.MaxAttributes} are kept");
            return null;
        }

        foreach (var (name, element) in map.All.Where(a => a.Value.ValueKind != JsonValueKind.Null))
        {
            var path = map.PathOf(name.Length > 60 ? name[..60] : name);
            if (checks.Text(path, name, 100) is not null
                && checks.Text(path, map.Scalar(path, element), OrderReader.MaxAttributeText) is { } text)
            {
                (attributes ??= new(StringComparer.Ordinal))[name] = text;
            }
        }

        return attributes;
    }
}
