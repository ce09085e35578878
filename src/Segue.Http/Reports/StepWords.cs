using System.Globalization;
using Segue.Journeys;
using Segue.Offers;
using Segue.Webhooks;

namespace Segue.Http.Reports;

/// <summary>Says a journey's steps in words.</summary>
internal static class StepWords
{
    /// <summary>The step with where it leads; no figures.</summary>
    public static StepPicture Of(JourneyStep step)
    {
        ArgumentNullException.ThrowIfNull(step);
        var (kind, title, detail) = Words(step);
        return new(step.Id, kind, title, detail, Links(step), 0, 0, 0, (step as SendStep)?.Email);
    }

    /// <summary>3 days, 36 hours, 2 days and 4 hours.</summary>
    public static string Of(Duration duration)
    {
        var parts = new List<string>();
        Add(parts, duration.Days, "day");
        Add(parts, (int)duration.Time.TotalHours, "hour");
        Add(parts, duration.Time.Minutes, "minute");
        Add(parts, duration.Time.Seconds, "second");
        return parts.Count == 0 ? "no time" : string.Join(" and ", parts);
    }

    private static (string Kind, string Title, string? Detail) Words(JourneyStep step) => step switch
    {
        SendStep send => ("send", $"Send {send.Email}", Detail(send)),
        WaitStep wait => ("wait", $"Wait {Of(wait.For)}", null),
        SplitStep split => ("split", split.Branches.Count == 1 ? $"If {split.Branches[0].If.Words}" : $"Split {split.Branches.Count + 1} ways", null),
        WaitUntilStep until => ("wait", $"Wait until {Words(until.Until)}", until.Past == WhenPast.Exit ? "ends where that is past" : null),
        WaitWindowStep window => ("wait", $"Wait for {Words(window.Window)}", null),
        ConditionStep condition => ("wait", "Wait until it happens", $"{Of(condition.Timeout)} at most"),
        TestStep test => ("test", $"Test {test.Name}", $"compared by {test.Metric.ToString().ToLowerInvariant()}{(test.Winner is null ? "" : ", which decides")}"),
        CallStep call => ("call", $"Call by {call.Queue}", $"{call.Reason}, within {Of(call.Due)}"),
        UpdateStep update => ("update", "Set attributes", string.Join(", ", update.Attributes.Select(a => $"{a.Key}: {a.Value}"))),
        EmitStep emit => ("emit", $"Event {emit.Event}", null),
        WebhookStep hook => ("webhook", $"Call {hook.Terms.Url.Host}", hook.Terms.Consent == WebhookConsent.None ? null : $"by consent to {hook.Terms.Consent.ToString().ToLowerInvariant()}"),
        LimitStep limit => ("limit", $"At most {limit.Count} each {Of(limit.Per)}", null),
        LinkStep link => ("link", $"Back to {link.To}", link.MaxVisits == 1 ? "once at most" : $"{link.MaxVisits} times at most"),
        EndStep end => ("end", $"End: {end.Reason}", null),
        _ => (Kind(step), Kind(step), null),
    };

    private static string Kind(JourneyStep step) => step.GetType().Name.Replace("Step", "", StringComparison.Ordinal).ToLowerInvariant();

    private static string? Detail(SendStep send)
    {
        var about = send.Transactional ? "transactional" : send.Topic is { } topic ? $"topic {topic}" : null;
        return send.Offer is { } offer ? Words(offer) : about;
    }

    private static string Words(Offer offer)
    {
        var what = offer.Percent is { } percent ? string.Create(CultureInfo.InvariantCulture, $"{percent:0.##} % off")
            : offer.Amount is { } amount ? string.Create(CultureInfo.InvariantCulture, $"{amount:0.##} off") : "an offer";
        return $"{what}, valid {Of(offer.ValidFor)}";
    }

    private static List<StepLink> Links(JourneyStep step) => step switch
    {
        SplitStep split => [.. split.Branches.Select(b => new StepLink(b.First, b.If.Words)), new(split.Else, "else")],
        TestStep test => [.. test.Variants.Select(v => new StepLink(v.First, Words(v, test.Variants.Sum(w => w.Weight))))],
        ConditionStep condition => [.. condition.Branches.Select(b => new StepLink(b.First, b.If?.Words ?? b.Event?.Name)), new(condition.Else, "not in time")],
        CallStep call => [.. call.Outcomes.Select(o => new StepLink(o.Value, o.Key)), new(call.Expired, "expired")],
        LinkStep link => [new(link.Next, "after that"), new(link.To, "again")],
        EndStep => [],
        _ => [new(step.Next, null)],
    };

    private static string Words(TestVariant variant, decimal all) =>
        string.Create(CultureInfo.InvariantCulture, $"{variant.Name}, {100 * variant.Weight / all:0.#} %");

    private static string Words(CalendarMoment until)
    {
        var culture = CultureInfo.InvariantCulture;
        var day = until.Date?.ToString("d MMM yyyy", culture)
            ?? (until.Yearly is { } yearly ? yearly.InYear(2000).ToString("d MMM", culture) : null)
            ?? until.Weekday?.ToString()
            ?? (until.DayOfMonth is { } number ? number == CalendarMoment.LastDay ? "the last of the month" : string.Create(culture, $"day {number} of the month") : null)
            ?? (until.Attribute is { } attribute ? until.FromEvent ? $"its {attribute}" : $"their {attribute}" : null);
        var offset = until.OffsetDays == 0 ? null : string.Create(culture, $"{Math.Abs(until.OffsetDays)} days {(until.OffsetDays < 0 ? "before" : "after")}");
        var time = until.AtUsualHour ? "their usual hour" : until.Time?.ToString("HH:mm", culture);
        return string.Join(" ", new[] { offset, day, time }.OfType<string>());
    }

    private static string Words(DayWindow window)
    {
        var days = window.Days is { Count: > 0 } some ? " on " + string.Join(", ", some.Select(d => d.ToString()[..3])) : "";
        return window.From.ToString("HH:mm", CultureInfo.InvariantCulture) + "–" + window.To.ToString("HH:mm", CultureInfo.InvariantCulture) + days;
    }

    private static void Add(List<string> parts, int number, string unit)
    {
        if (number > 0)
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{number} {unit}{(number == 1 ? "" : "s")}"));
        }
    }
}
