using System.Security.Cryptography;
using System.Text;
using NodaTime;
using Segue.Campaigns;
using Segue.Events;
using Segue.Files;
using Segue.Journeys.Definitions;

namespace Segue.Segmentation;

/// <summary>How often something happened: <c>events: { name: viewed, on: saturday, from: "18:00", within: 90d, count: ">= 3" }</c>.</summary>
internal sealed class EventsField() : Field("events")
{
    public static IReadOnlyList<string> Keys { get; } = ["name", "on", "from", "to", "product", "category", "where", "within", "count"];

    /// <summary>The most moments that one rule may have a customer keep.</summary>
    public const int MostKept = 200;

    private static readonly Dictionary<string, IsoDayOfWeek[]> Days = new()
    {
        ["monday"] = [IsoDayOfWeek.Monday],
        ["tuesday"] = [IsoDayOfWeek.Tuesday],
        ["wednesday"] = [IsoDayOfWeek.Wednesday],
        ["thursday"] = [IsoDayOfWeek.Thursday],
        ["friday"] = [IsoDayOfWeek.Friday],
        ["saturday"] = [IsoDayOfWeek.Saturday],
        ["sunday"] = [IsoDayOfWeek.Sunday],
        ["weekday"] = [IsoDayOfWeek.Monday, IsoDayOfWeek.Tuesday, IsoDayOfWeek.Wednesday, IsoDayOfWeek.Thursday, IsoDayOfWeek.Friday],
        ["weekend"] = [IsoDayOfWeek.Saturday, IsoDayOfWeek.Sunday],
    };

    public static IReadOnlyList<string> DayNames { get; } = [.. Days.Keys];

    public override Rule? Compile(RuleValue value, YamlValue node, RuleScope scope) => Compile(node, scope.Errors);

    /// <summary>Compiles the mapping; null after an error.</summary>
    public static Rule? Compile(YamlValue node, FileErrors errors)
    {
        var before = errors.Errors.Count;
        if (!node.IsMapOf(errors, Keys) || node.Required("name", "the event, such as viewed, or a list of them", errors) is not { } name)
        {
            return null;
        }

        var match = new EventMatch
        {
            Names = [.. Texts(name, errors).Select(t => ReadName(t, errors)).OfType<string>().Order(StringComparer.Ordinal)],
            Days = node["on"] is { } on ? [.. Texts(on, errors).SelectMany(t => Day(t, errors)).Distinct().Order()] : null,
            From = node["from"] is { } from ? Time(from, errors) : null,
            To = node["to"] is { } to ? Time(to, errors) : null,
            Products = node["product"] is { } product ? [.. Texts(product, errors).Select(t => t.Text!)] : null,
            Categories = node["category"] is { } category ? [.. Texts(category, errors).Select(t => t.Text!)] : null,
            Where = node["where"] is { } where ? Where(where, errors) : [],
        };
        var within = node["within"]?.ReadDuration(errors)?.Elapsed();
        var count = node["count"] is { } times ? Count(times, errors) : new NumberCondition(1, true, null, false);
        if (count is null || errors.Errors.Count > before)
        {
            return null;
        }

        var bounds = new SortedSet<decimal>();
        count.AddBounds(bounds);
        if (bounds.Count > 0 && bounds.Max > MostKept)
        {
            errors.Add(node["count"]!, $"Found '{node["count"]!.Text}'; a rule counts up to {MostKept} events.");
            return null;
        }

        return new EventsRule(new(match.Key, bounds.Count == 0 ? 1 : Math.Max(1, (int)bounds.Max), match.Matches), within, count);
    }

    private static Condition<decimal?>? Count(YamlValue node, FileErrors errors) => RuleValue.Parse(node, errors) is { } value
        ? Condition<decimal?>.Compile(value, v => Numbers.Count.Compile(v, "events.count", node, errors)) : null;

    private static YamlValue[] Texts(YamlValue node, FileErrors errors)
    {
        YamlValue[] items = node.IsList ? [.. node.Items] : [node];
        if (items.Length == 0 || items.Any(i => string.IsNullOrWhiteSpace(i.Text)))
        {
            errors.Unexpected(node, "a text or a list of texts");
            return [];
        }

        return items;
    }

    private static string? ReadName(YamlValue node, FileErrors errors)
    {
        if (EventNames.Normalise(node.Text) is not { } name)
        {
            errors.Unexpected(node, "the name of an event, such as viewed or added-to-cart");
            return null;
        }

        if (EventNames.Reserved.Contains(name))
        {
            errors.Add(node, $"Found '{name}'; orders are no events: use fields such as 'orders' and 'daysSinceLastOrder'.");
        }

        return name;
    }

    private static IsoDayOfWeek[] Day(YamlValue node, FileErrors errors)
    {
        if (Days.TryGetValue(node.Text!, out var days))
        {
            return days;
        }

        errors.Add(node, $"Found '{node.Text}'; that is no day.{Suggestion.For(node.Text!, Days.Keys)}");
        return [];
    }

    private static LocalTime? Time(YamlValue node, FileErrors errors)
    {
        var parsed = NodaTime.Text.LocalTimePattern.CreateWithInvariantCulture("H:mm").Parse(node.Text ?? "");
        if (parsed.Success)
        {
            return parsed.Value;
        }

        errors.Unexpected(node, "a time of day in quotes, such as \"18:00\"");
        return null;
    }

    private static List<(string Name, string Source, Condition<string?> Condition)> Where(YamlValue node, FileErrors errors)
    {
        var where = new List<(string, string, Condition<string?>)>();
        if (!node.IsMap || !node.Entries.Any())
        {
            errors.Unexpected(node, "a mapping of the event's attributes, such as { rating: \">= 4\" }");
            return where;
        }

        foreach (var (name, value) in node.Entries.OrderBy(e => e.Key, StringComparer.Ordinal))
        {
            if (RuleValue.Parse(value, errors) is { } parsed
                && Condition<string?>.Compile(parsed, v => AttributeField.Leaf(v, $"where.{name}", value, errors)) is { } condition)
            {
                where.Add((name, $"{parsed}", condition));
            }
        }

        return where;
    }
}

/// <summary>Which events a rule counts.</summary>
internal sealed record EventMatch
{
    public required IReadOnlyList<string> Names { get; init; }

    public required IReadOnlyList<IsoDayOfWeek>? Days { get; init; }

    public required LocalTime? From { get; init; }

    public required LocalTime? To { get; init; }

    public required IReadOnlyList<string>? Products { get; init; }

    public required IReadOnlyList<string>? Categories { get; init; }

    public required IReadOnlyList<(string Name, string Source, Condition<string?> Condition)> Where { get; init; }

    /// <summary>A hash of what is looked for: rules that look for the same share what is kept.</summary>
    public string Key
    {
        get
        {
            static string Joined<T>(IEnumerable<T>? parts) => parts is null ? "*" : string.Join(',', parts);
            var text = string.Join('\n', Joined(Names), Joined(Days), $"{From}", $"{To}", Joined(Products), Joined(Categories), Joined(Where.Select(w => $"{w.Name}={w.Source}")));
            return $"{Names[0]}~{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)), 0, 6)}";
        }
    }

    public bool Matches(CustomerEvent fact, DateTimeZone zone) =>
        Names.Contains(fact.Name)
        && (Products is null || (fact.ProductId is { } product && Products.Contains(product)))
        && (Categories is null || (fact.Category is { } category && Categories.Contains(category, StringComparer.OrdinalIgnoreCase)))
        && Where.All(w => w.Condition.Holds(fact.Value(w.Name), null))
        && IsTime(Instant.FromDateTimeOffset(fact.At).InZone(zone).LocalDateTime);

    /// <summary>A span over midnight belongs to the day on which it begins: Saturday from 22:00 to 02:00 ends on Sunday.</summary>
    private bool IsTime(LocalDateTime local)
    {
        var (from, to) = (From ?? LocalTime.Midnight, To);
        var past = to <= from && local.TimeOfDay < to;
        return (to is not { } end ? local.TimeOfDay >= from
                : end > from ? local.TimeOfDay >= from && local.TimeOfDay < end
                : local.TimeOfDay >= from || past)
            && (Days is null || Days.Contains((past ? local.PlusDays(-1) : local).DayOfWeek));
    }
}

/// <summary>Counts the moments kept; each leaves the window when it is older than the window is long.</summary>
internal sealed class EventsRule(EventTracker tracker, TimeSpan? within, Condition<decimal?> count) : Rule
{
    public override RuleAnswer Evaluate(RuleContext context)
    {
        if (context.Customer.Events?.Tracks.GetValueOrDefault(tracker.Key)?.Newest is not { Count: > 0 } newest)
        {
            return new(count.Holds(0, context.Calibration), null);
        }

        if (within is not { } window)
        {
            return new(count.Holds(newest.Count, context.Calibration), null);
        }

        var counted = newest.Count;
        while (counted > 0 && Leaves(newest[counted - 1], window) is { } left && left <= context.Now)
        {
            counted--;
        }

        var holds = count.Holds(counted, context.Calibration);
        for (var fewer = counted - 1; fewer >= 0; fewer--)
        {
            if (count.Holds(fewer, context.Calibration) != holds)
            {
                return new(holds, Leaves(newest[fewer], window));
            }
        }

        return new(holds, null);
    }

    public override void Ask(CalibrationNeeds needs) => needs.Add(tracker);

    private static DateTimeOffset? Leaves(long ticks, TimeSpan window) => Moments.After(new(ticks, TimeSpan.Zero), window);
}
