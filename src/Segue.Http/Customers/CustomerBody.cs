using System.Text.Json;
using Segue.Customers;
using Segue.Files;
using Segue.Orders;

namespace Segue.Http.Customers;

/// <summary>Reads the body of <c>PUT /api/customers/{id}</c>.</summary>
internal static class CustomerBody
{
    private static readonly string[] Known =
    [
        "email", "phone", "name", "emailConsent", "phoneConsent", "consentAt", "consentSource", "consentText", "objectsToProfiling", "locale", "timeZone", "balance", "attributes",
    ];

    /// <summary>What it says, or what is wrong with it.</summary>
    public static (CustomerFacts? Facts, IReadOnlyList<RequestFault> Faults) Read(ReadOnlyMemory<byte> body, DateTimeOffset now)
    {
        try
        {
            using var document = JsonText.Parse(body);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? Read(document.RootElement, now)
                : (null, [new(0, "", "The body is one object with what the shop says about the customer.")]);
        }
        catch (JsonException e)
        {
            return (null, [new(0, "", $"This is no valid JSON, at line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1} of it.")]);
        }
    }

    private static (CustomerFacts? Facts, IReadOnlyList<RequestFault> Faults) Read(JsonElement json, DateTimeOffset now)
    {
        var checks = new FieldChecks();
        foreach (var unknown in json.EnumerateObject().Where(p => !Known.Contains(p.Name)))
        {
            checks.Fail(unknown.Name, $"unknown field.{Suggestion.For(unknown.Name, Known)}");
        }

        string? Text(string name) => Words(json, name, checks);
        var consentAt = checks.Moment("consentAt", Text("consentAt"));
        checks.NotFuture("consentAt", consentAt, now);
        var consent = checks.Consent("emailConsent", Text("emailConsent")) ?? Consent.Unknown;
        var facts = new CustomerFacts
        {
            Email = checks.Email("email", Text("email")),
            Phone = checks.Text("phone", Text("phone"), 50),
            Name = checks.Text("name", Text("name")),
            EmailConsent = consent,
            PhoneConsent = checks.Consent("phoneConsent", Text("phoneConsent")) ?? Consent.Unknown,
            ConsentAt = consentAt ?? (consent == Consent.Unknown ? null : now),
            ConsentSource = checks.Text("consentSource", Text("consentSource")),
            ConsentText = checks.Text("consentText", Text("consentText"), CustomerFacts.MaxConsentText),
            Profiling = Flag(json, "objectsToProfiling", checks) is { } objects ? new(objects, now, "shop") : null,
            Locale = checks.Locale("locale", Text("locale")),
            TimeZone = checks.TimeZone("timeZone", Text("timeZone")),
            Balance = checks.Amount("balance", Scalar(json, "balance", checks), allowNegative: true),
            Attributes = Attributes(json, checks),
        };
        return checks.Errors.Count == 0 ? (facts, []) : (null, [.. checks.Errors.Select(e => new RequestFault(0, e.Path, e.Message))]);
    }

    private static Dictionary<string, string>? Attributes(JsonElement json, FieldChecks checks)
    {
        if (!json.TryGetProperty("attributes", out var map) || map.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        if (map.ValueKind != JsonValueKind.Object || map.EnumerateObject().Count() > OrderReader.MaxAttributes)
        {
            checks.Fail("attributes", $"an object with at most {OrderReader.MaxAttributes} names and values is wanted");
            return null;
        }

        var attributes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, _) in map.EnumerateObject().Select(p => (p.Name, p.Value)))
        {
            var path = $"attributes.{(name.Length > 60 ? name[..60] : name)}";
            if (checks.Text(path, name, 100) is not null
                && checks.Text(path, Scalar(map, name, checks, path), OrderReader.MaxAttributeText) is { } text)
            {
                attributes[name] = text;
            }
        }

        return attributes;
    }

    private static bool? Flag(JsonElement json, string name, FieldChecks checks)
    {
        switch (json.TryGetProperty(name, out var value) ? value.ValueKind : JsonValueKind.Null)
        {
            case JsonValueKind.Null:
                return null;
            case JsonValueKind.True or JsonValueKind.False:
                return value.GetBoolean();
            default:
                checks.Fail(name, "found something else than true or false; one of these is wanted");
                return null;
        }
    }

    private static string? Words(JsonElement json, string name, FieldChecks checks)
    {
        if (json.TryGetProperty(name, out var value) && value.ValueKind is not (JsonValueKind.String or JsonValueKind.Null))
        {
            checks.Fail(name, "found something else than a text; a text is wanted");
            return null;
        }

        return Scalar(json, name, checks);
    }

    private static string? Scalar(JsonElement json, string name, FieldChecks checks, string? path = null)
    {
        if (!json.TryGetProperty(name, out var value))
        {
            return null;
        }

        switch (value.ValueKind)
        {
            case JsonValueKind.Null:
                return null;
            case JsonValueKind.String:
                return value.GetString();
            case JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False:
                return value.GetRawText();
            default:
                checks.Fail(path ?? name, "found a list or an object; a single value is wanted");
                return null;
        }
    }
}
