using System.Text;
using System.Text.Json.Nodes;

namespace Segue.Tests.Fuzzing;

/// <summary>Spoils documents: by their grammar, so that they stay JSON or lines and say something else, and by their bytes.</summary>
internal sealed class Mutator(Random random)
{
    private static readonly string[] Texts =
    [
        "", " ", "\0", "\u0001", "\uFEFF", "\uD800", "é猫😀", "../../etc/passwd", "%00", "%2F%2e%2e", "'; DROP TABLE x; --", "<script>alert(1)</script>", "=cmd|'/c calc'!A1",
        "${jndi:ldap://x}", "{{customer.name}}", "{{#each x}}", "null", "NaN", "-0", "1e309", "1E-400", "99999999999999999999999999999", "0x10", "9999-12-31T23:59:59.9999999+14:00",
        "0001-01-01T00:00:00Z", "1969-12-31T23:59:59Z", "2024-02-30T00:00:00Z", "2024-03-03T10:00:00+99:99", "P1D", "1d", "-5d", "99999999999d", "100%", "top 10%", ">= -1", "10..5", "true", "no",
        "a@b", "@", "a@" + "x.y", "gid://shopify/Order/1", "__proto__", "constructor", "$ref", "*a", "&a b", "!!binary x", "? :", "- - -", "|", ">", "'", "\"", "\\", "\r\n", "\u2028", "\t",
    ];

    private static readonly byte[][] Tokens =
        [.. new[] { "{", "}", "[", "]", ",", ":", "\"", "\\u", "\\uD800", "\n", "\r", "#", "- ", "&a", "*a", "null", "-", ".", "e99", "%", "0", "<<:", "!!" }.Select(Encoding.UTF8.GetBytes), [0], [0xFF], [0xC3], [0xEF, 0xBB, 0xBF], [0xED, 0xA0, 0x80]];

    /// <summary>Another text where something was said.</summary>
    public string Text() => random.Next(12) switch
    {
        0 => new('x', random.Next(1, 5000)),
        1 => new('[', random.Next(1, 300)),
        2 => string.Concat(Enumerable.Range(0, random.Next(1, 40)).Select(_ => (char)random.Next(1, 0xD7FF))),
        _ => Pick(Texts),
    };

    /// <summary>A JSON document with one to four things changed, as bytes.</summary>
    public byte[] Json(JsonNode? document)
    {
        var changed = document?.DeepClone();
        for (var times = random.Next(1, 5); times > 0; times--)
        {
            changed = Change(changed);
        }

        return Encoding.UTF8.GetBytes(changed?.ToJsonString() ?? "null");
    }

    /// <summary>Bytes with one to eight changes.</summary>
    public byte[] Bytes(byte[] document)
    {
        var bytes = document.ToList();
        for (var times = random.Next(1, 9); times > 0; times--)
        {
            var at = random.Next(bytes.Count + 1);
            switch (random.Next(6))
            {
                case 0 when at < bytes.Count:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes.InsertRange(at, Pick(Tokens));
                    break;
                case 2 when at < bytes.Count:
                    bytes.RemoveRange(at, Math.Min(random.Next(1, 30), bytes.Count - at));
                    break;
                case 3 when at < bytes.Count && bytes.Count < 100_000:
                    var copy = bytes.GetRange(at, Math.Min(random.Next(1, 400), bytes.Count - at));
                    bytes.InsertRange(random.Next(bytes.Count + 1), copy);
                    break;
                case 4 when random.Next(6) == 0:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
                default:
                    bytes.Insert(at, (byte)random.Next(256));
                    break;
            }
        }

        return [.. bytes];
    }

    /// <summary>Lines (CSV, YAML) with one to four changes: lines and words taken away, doubled, moved, indented, replaced.</summary>
    public byte[] Lines(string document)
    {
        var lines = document.Split('\n').ToList();
        for (var times = random.Next(1, 5); times > 0; times--)
        {
            var at = random.Next(lines.Count);
            switch (random.Next(8))
            {
                case 0 when lines.Count > 1:
                    lines.RemoveAt(at);
                    break;
                case 1:
                    lines.Insert(random.Next(lines.Count + 1), lines[at]);
                    break;
                case 2:
                    lines[at] = new string(' ', random.Next(1, 9)) + lines[at];
                    break;
                case 3:
                    lines[at] = lines[at].TrimStart();
                    break;
                case 4:
                    lines.Insert(at, Text());
                    break;
                case 5 when random.Next(10) == 0:
                    lines[at] = string.Concat(Enumerable.Repeat(Pick(["[", "{ a: ", "- ", "\""]), random.Next(1, 300)));
                    break;
                default:
                    lines[at] = Word(lines[at]);
                    break;
            }
        }

        return Encoding.UTF8.GetBytes(string.Join(random.Next(20) == 0 ? "\r" : "\n", lines));
    }

    public T Pick<T>(IReadOnlyList<T> from) => from[random.Next(from.Count)];

    private string Word(string line)
    {
        var (start, length) = Span(line, [' ', ',', ':', ';', '[', ']', '{', '}', '"']);
        return $"{line[..start]}{Text()}{line[(start + length)..]}";
    }

    private (int Start, int Length) Span(string line, char[] separators)
    {
        var at = random.Next(line.Length + 1);
        var start = at == 0 ? 0 : line.LastIndexOfAny(separators, Math.Min(at, line.Length) - 1) + 1;
        var end = line.IndexOfAny(separators, start);
        return (start, (end < 0 ? line.Length : end) - start);
    }

    private JsonNode? Change(JsonNode? document)
    {
        var places = Places(document).ToList();
        if (places.Count == 0)
        {
            return Other();
        }

        var place = Pick(places);
        switch (random.Next(6))
        {
            case 0 when place.Parent is JsonObject o:
                o.Remove(place.GetPropertyName());
                return document;
            case 1 when place is JsonObject inner && inner.Count < 200:
                inner[random.Next(3) == 0 ? Text() : $"x{random.Next(5)}"] = Other();
                return document;
            case 2 when place is JsonArray { Count: > 0 and < 1100 } array:
                for (var more = random.Next(12) == 0 ? 1100 : random.Next(1, 4); more > 0; more--)
                {
                    array.Add(array[random.Next(array.Count)]?.DeepClone());
                }

                return document;
            case 3 when place.Parent is JsonObject owner:
                // What one field says, another says now.
                owner[Pick(owner.Select(p => p.Key).ToList())] = place.DeepClone();
                return document;
            default:
                var other = Other();
                if (place.Parent is null)
                {
                    return other;
                }

                place.ReplaceWith(other);
                return document;
        }
    }

    private JsonNode? Other() => random.Next(10) switch
    {
        0 => null,
        1 => JsonValue.Create(random.Next(2) == 0),
        2 => JsonNode.Parse(Pick(["0", "-1", "1e308", "-0.0", "1E400", "123456789012345678901234567890", "0.00001", "1.0", "9223372036854775808", "2147483648"])),
        3 => new JsonObject(),
        4 => new JsonArray(),
        5 => Nested(random.Next(1, 80)),
        _ => JsonValue.Create(Text()),
    };

    private JsonNode Nested(int depth)
    {
        JsonNode node = new JsonArray();
        for (; depth > 0; depth--)
        {
            node = random.Next(2) == 0 ? new JsonArray(node) : new JsonObject { ["a"] = node };
        }

        return node;
    }

    private static IEnumerable<JsonNode> Places(JsonNode? value)
    {
        if (value is null)
        {
            yield break;
        }

        yield return value;
        foreach (var inner in value switch { JsonObject o => o.Select(p => p.Value), JsonArray a => a.Take(20), _ => [] })
        {
            foreach (var place in Places(inner))
            {
                yield return place;
            }
        }
    }
}
