using System.Globalization;
using System.Text.Json;
using Segue.Files;

namespace Segue.Orders;

/// <summary>The fields of one JSON object, read strictly: wrong types, names given twice and names nobody asked for are told.</summary>
internal sealed class JsonFields
{
    private readonly Dictionary<string, JsonElement> _fields = new(StringComparer.Ordinal);
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);
    private readonly string _path;
    private readonly FieldChecks _checks;

    /// <summary>Takes an object's fields; anything else becomes an error.</summary>
    public JsonFields(JsonElement element, string path, FieldChecks checks)
    {
        _path = path;
        _checks = checks;
        if (element.ValueKind != JsonValueKind.Object)
        {
            checks.Fail(path, $"found {Kind(element)}; it is a JSON object");
            return;
        }

        try
        {
            foreach (var field in element.EnumerateObject())
            {
                if (!_fields.TryAdd(field.Name, field.Value))
                {
                    checks.Fail(PathOf(field.Name), "found twice; a field is given once");
                }
            }
        }
        catch (InvalidOperationException)
        {
            checks.Fail(path, "found a field name that is no valid Unicode");
        }
    }

    public string PathOf(string name) => _path.Length == 0 ? name : $"{_path}.{name}";

    /// <summary>The field, or null where it is absent or null.</summary>
    public JsonElement? Get(string name)
    {
        _asked.Add(name);
        return _fields.TryGetValue(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
    }

    /// <summary>A string.</summary>
    public string? String(string name) => Get(name) is { } value ? String(PathOf(name), value, "a string") : null;

    /// <summary>A string or a whole number, as many shops write ids.</summary>
    public string? Id(string name)
    {
        if (Get(name) is not { } value)
        {
            return null;
        }

        var text = value.ValueKind == JsonValueKind.Number ? value.GetRawText() : null;
        return text is not null && !text.AsSpan().ContainsAnyExceptInRange('0', '9') ? text
            : String(PathOf(name), value, "a string or a whole number");
    }

    /// <summary>An amount, from the text of a number or a string: never through floating point.</summary>
    public decimal? Amount(string name) => Amount(name, allowNegative: false);

    /// <summary>An amount that may be below zero.</summary>
    public decimal? SignedAmount(string name) => Amount(name, allowNegative: true);

    private decimal? Amount(string name, bool allowNegative)
    {
        if (Get(name) is not { } value)
        {
            return null;
        }

        return _checks.Amount(PathOf(name), value.ValueKind == JsonValueKind.Number ? value.GetRawText()
            : String(PathOf(name), value, "a number or a string with a number"), allowNegative);
    }

    /// <summary>A whole number in a range.</summary>
    public int? Whole(string name, int min, int max)
    {
        if (Get(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var whole) && whole >= min && whole <= max)
        {
            return whole;
        }

        _checks.Fail(PathOf(name), $"found {Kind(value)}; it is a whole number from {min} to {max}");
        return null;
    }

    /// <summary>True or false; false where absent.</summary>
    public bool Flag(string name)
    {
        if (Get(name) is { ValueKind: not (JsonValueKind.True or JsonValueKind.False) } wrong)
        {
            _checks.Fail(PathOf(name), $"found {Kind(wrong)}; it is true or false");
            return false;
        }

        return Get(name) is { ValueKind: JsonValueKind.True };
    }

    /// <summary>An array's elements with their paths; none where it is absent or wrong.</summary>
    public IReadOnlyList<(string Path, JsonElement Element)> List(string name, int max) =>
        Get(name) is { } value ? Elements(PathOf(name), value, max, _checks) : [];

    /// <summary>An array's elements with their paths; none where it is wrong.</summary>
    public static IReadOnlyList<(string Path, JsonElement Element)> Elements(
        string path, JsonElement value, int max, FieldChecks checks)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            checks.Fail(path, $"found {Kind(value)}; it is an array");
            return [];
        }

        if (value.GetArrayLength() > max)
        {
            checks.Fail(path, $"found {value.GetArrayLength()} elements; at most {max} are kept");
            return [];
        }

        return [.. value.EnumerateArray().Select((e, i) => ($"{path}[{i}]", e))];
    }

    /// <summary>All fields, for maps whose names are the shop's own.</summary>
    public IEnumerable<KeyValuePair<string, JsonElement>> All => _fields;

    /// <summary>Warns of every field that nobody asked for, with the nearest that is known.</summary>
    public void WarnUnknown()
    {
        foreach (var name in _fields.Keys.Where(n => !_asked.Contains(n)))
        {
            var hint = name.Length > 40 ? "" : Suggestion.For(name, _asked);
            _checks.Warn(PathOf(name.Length > 60 ? name[..60] : name),
                "unknown field, ignored." + (hint.StartsWith(" Did", StringComparison.Ordinal) ? hint : ""));
        }
    }

    /// <summary>A string element.</summary>
    public string? String(string path, JsonElement value, string right)
    {
        if (value.ValueKind == JsonValueKind.String)
        {
            try
            {
                return value.GetString();
            }
            catch (InvalidOperationException)
            {
                _checks.Fail(path, "found text that is no valid Unicode");
                return null;
            }
        }

        _checks.Fail(path, $"found {Kind(value)}; it is {right}");
        return null;
    }

    /// <summary>A scalar as invariant text: numbers without needless zeros, booleans as true and false.</summary>
    public string? Scalar(string path, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        JsonValueKind.Number => decimal.TryParse(value.GetRawText(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number.ToString("0.############################", CultureInfo.InvariantCulture) : value.GetRawText(),
        _ => String(path, value, "a string, a number or a boolean"),
    };

    /// <summary>How messages name what was found.</summary>
    public static string Kind(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => $"the number {FieldError.Quote(value.GetRawText())}",
        JsonValueKind.Null => "null",
        _ => value.GetRawText(),
    };
}
