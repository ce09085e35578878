using System.Text.Json;
using System.Text.Unicode;
using Segue.Customers;

namespace Segue.Orders;

/// <summary>Reads one order of the API, or one line of a JSON lines file, and tells every fault in it.</summary>
public static class OrderReader
{
    /// <summary>Items of one order.</summary>
    public const int MaxItems = 500;

    /// <summary>Attributes of one order.</summary>
    public const int MaxAttributes = 100;

    /// <summary>UTF-16 characters of an attribute's value.</summary>
    public const int MaxAttributeText = 1000;

    /// <summary>Discount codes of one order.</summary>
    public const int MaxCodes = 50;

    /// <summary>Pieces of one item.</summary>
    public const int MaxQuantity = 1_000_000;

    /// <summary>The attribute that is the customer's balance.</summary>
    public const string BalanceAttribute = "balance";

    /// <summary>Reads an order from UTF-8 JSON text.</summary>
    public static OrderReadResult Read(ReadOnlyMemory<byte> utf8, OrderContext context)
    {
        if (TryParseJson(utf8, out var document, out var fault))
        {
            using (document)
            {
                return Read(document!.RootElement, context);
            }
        }

        return new(null, [fault!], []);
    }

    /// <summary>Reads an order from a JSON object.</summary>
    /// <param name="json">The object; its text is known to be valid UTF-8.</param>
    /// <param name="context">What it is read against.</param>
    /// <param name="index">0-based place in the body, for ids derived from an idempotency key.</param>
    public static OrderReadResult Read(JsonElement json, OrderContext context, int index = 0)
    {
        var checks = new FieldChecks();
        var fields = new JsonFields(json, "", checks);
        if (json.ValueKind != JsonValueKind.Object)
        {
            return new(null, checks.Errors, checks.Warnings);
        }

        var draft = new OrderDraft
        {
            OrderId = checks.Id("orderId", fields.Id("orderId")),
            CustomerId = checks.Id("customerId", fields.Id("customerId")),
            OrderedAt = checks.Moment("orderedAt", fields.String("orderedAt")),
            UpdatedAt = checks.Moment("updatedAt", fields.String("updatedAt")),
            Status = checks.Status("status", fields.String("status")),
            Currency = checks.Text("currency", fields.String("currency"))?.ToUpperInvariant(),
            Amount = fields.Amount("amount"),
            Discount = fields.Amount("discount"),
            Tax = fields.Amount("tax"),
            Shipping = fields.Amount("shipping"),
            DiscountCodes = Codes(fields, checks),
            Channel = checks.Text("channel", fields.String("channel"), 100),
            Items = Items(fields.List("items", MaxItems), checks),
            ItemsText = fields.Get("items")?.GetRawText(),
            RefundOf = checks.Id("refundOf", fields.Id("refundOf")),
            Customer = Facts(fields, checks),
        };
        var order = draft.Finish(context, checks, index);
        fields.WarnUnknown();
        return new(order, checks.Errors, checks.Warnings);
    }

    /// <summary>Reads the items of an order from the JSON array of a CSV field.</summary>
    public static IReadOnlyList<OrderItem> ReadItems(string json, FieldChecks checks)
    {
        ArgumentNullException.ThrowIfNull(checks);
        try
        {
            using var document = JsonDocument.Parse(json);
            return Items(JsonFields.Elements("items", document.RootElement, MaxItems, checks), checks);
        }
        catch (JsonException)
        {
            checks.Fail("items", $"found {FieldError.Quote(json)}; items are a JSON array such as [{{\"productId\":\"a\",\"quantity\":1,\"price\":9.90}}]");
            return [];
        }
    }

    /// <summary>JSON from bytes; no valid UTF-8 and no valid JSON are faults of the whole that say where.</summary>
    internal static bool TryParseJson(ReadOnlyMemory<byte> utf8, out JsonDocument? document, out FieldError? fault)
    {
        document = null;
        fault = null;
        if (utf8.Span.StartsWith("\uFEFF"u8))
        {
            utf8 = utf8[3..];
        }

        if (!Utf8.IsValid(utf8.Span))
        {
            fault = new("", "found bytes that are no valid UTF-8; JSON is UTF-8 text");
            return false;
        }

        try
        {
            document = JsonDocument.Parse(utf8);
            return true;
        }
        catch (JsonException e)
        {
            fault = new("", $"this is no valid JSON, at line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1} of it");
            return false;
        }
    }

    private static List<string> Codes(JsonFields fields, FieldChecks checks)
    {
        var codes = new List<string>();
        foreach (var (path, element) in fields.List("discountCodes", MaxCodes))
        {
            if (checks.Text(path, fields.String(path, element, "a string"), 100) is { } code)
            {
                codes.Add(code);
            }
        }

        return codes;
    }

    private static List<OrderItem> Items(IReadOnlyList<(string Path, JsonElement Element)> elements, FieldChecks checks)
    {
        var items = new List<OrderItem>(elements.Count);
        foreach (var (path, element) in elements)
        {
            var item = new JsonFields(element, path, checks);
            var product = checks.Id(item.PathOf("productId"), item.Id("productId"));
            if (product is null && element.ValueKind == JsonValueKind.Object && !checks.Failed(item.PathOf("productId")))
            {
                checks.Fail(item.PathOf("productId"), "missing; every item has it");
            }

            items.Add(new()
            {
                ProductId = product ?? "",
                Name = checks.Text(item.PathOf("name"), item.String("name")),
                Category = checks.Text(item.PathOf("category"), item.String("category"), 200),
                Quantity = item.Whole("quantity", 1, MaxQuantity) ?? 1,
                Price = item.Amount("price") ?? 0,
                Cost = item.Amount("cost"),
                GiftCard = item.Flag("giftCard"),
            });
            item.WarnUnknown();
        }

        return items;
    }

    private static CustomerFacts Facts(JsonFields fields, FieldChecks checks)
    {
        var (attributes, balance) = Attributes(fields, checks);
        return new()
        {
            Email = checks.Email("email", fields.String("email")),
            Phone = checks.Text("phone", fields.String("phone"), 50),
            Name = checks.Text("name", fields.String("name")),
            EmailConsent = checks.Consent("emailConsent", fields.String("emailConsent")) ?? Consent.Unknown,
            PhoneConsent = checks.Consent("phoneConsent", fields.String("phoneConsent")) ?? Consent.Unknown,
            ConsentAt = checks.Moment("consentAt", fields.String("consentAt")),
            ConsentSource = checks.Text("consentSource", fields.String("consentSource")),
            ConsentText = checks.Text("consentText", fields.String("consentText"), CustomerFacts.MaxConsentText),
            Locale = checks.Locale("locale", fields.String("locale")),
            TimeZone = checks.TimeZone("timeZone", fields.String("timeZone")),
            Balance = balance,
            Attributes = attributes,
        };
    }

    private static (Dictionary<string, string>? Attributes, decimal? Balance) Attributes(JsonFields fields, FieldChecks checks)
    {
        if (fields.Get("attributes") is not { } value)
        {
            return (null, null);
        }

        var map = new JsonFields(value, "attributes", checks);
        Dictionary<string, string>? attributes = null;
        decimal? balance = null;
        if (map.All.Count() > MaxAttributes)
        {
            checks.Fail("attributes", $"found {map.All.Count()}; at most {MaxAttributes} are kept");
            return (null, null);
        }

        foreach (var (name, element) in map.All.Where(a => a.Value.ValueKind != JsonValueKind.Null))
        {
            var path = map.PathOf(name.Length > 60 ? name[..60] : name);
            if (checks.Text(path, name, 100) is null)
            {
                continue;
            }

            if (name == BalanceAttribute)
            {
                balance = checks.Amount(path, map.Scalar(path, element), allowNegative: true);
            }
            else if (checks.Text(path, map.Scalar(path, element), MaxAttributeText) is { } text)
            {
                (attributes ??= new(StringComparer.Ordinal))[name] = text;
            }
        }

        return (attributes, balance);
    }
}
