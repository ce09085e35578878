using NodaTime;
using Segue.Campaigns;
using Segue.Files;

namespace Segue.Journeys.Definitions;

/// <summary>Reads <c>schedule</c>: a calendar by which a journey begins.</summary>
internal static class ScheduleReader
{
    public static IReadOnlyList<string> Keys { get; } = ["every", "on", "at", "zone", "segment", "tag"];

    /// <summary>What may come again.</summary>
    public enum Cadence
    {
        /// <summary>Every day.</summary>
        Day,

        /// <summary>Every week.</summary>
        Week,

        /// <summary>Every month.</summary>
        Month,
    }

    public static IReadOnlyDictionary<string, Cadence> Cadences { get; } =
        new Dictionary<string, Cadence> { ["day"] = Cadence.Day, ["week"] = Cadence.Week, ["month"] = Cadence.Month };

    public static JourneySchedule? Read(YamlValue value, JourneyReferences references, FileErrors errors)
    {
        if (!value.IsMapOf(errors, Keys))
        {
            return null;
        }

        var before = errors.Errors.Count;
        var every = value.Required("every", "day, week or month", errors)?.ReadChoice(Cadences, errors);
        var at = value.Required("at", WindowReader.TimeExpected, errors) is { } time ? WindowReader.ReadTime(time, errors) : null;
        var zone = value["zone"] is { } z ? SettingValues.ReadZone(z, errors) : null;
        var when = new CalendarMoment
        {
            Time = at,
            Weekday = every == Cadence.Week
                ? value.Required("on", "a weekday, such as monday", errors)?.ReadChoice(WindowReader.DayNames, errors) : null,
            DayOfMonth = every == Cadence.Month && value.Required("on", "a day of the month, 1 to 31, or last", errors) is { } day
                ? UntilReader.ReadDay(day, errors) : null,
        };
        if (every == Cadence.Day && value["on"] is { } on)
        {
            errors.Add(on, "Found 'on' beside 'every: day'; every day has the same.");
        }

        if (value["segment"] is not null && value["tag"] is { } both)
        {
            errors.Add(both, "Found both 'segment' and 'tag'; expected one of them, or neither for everyone.");
        }

        var group = (value["segment"] ?? value["tag"]) is { } members
            ? references.ReadGroup(members, value["segment"] is not null, value["tag"] is not null, errors) : null;
        return errors.Errors.Count > before ? null : new(when, zone, group);
    }
}
