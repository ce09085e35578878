using System.Globalization;
using NodaTime;
using NodaTime.Text;
using Segue.Campaigns;
using Segue.Files;

namespace Segue.Journeys.Definitions;

/// <summary>Reads the moment of <c>wait.until</c>.</summary>
internal static class UntilReader
{
    public static IReadOnlyList<string> Keys { get; } =
        ["date", "yearly", "weekday", "day", "attribute", "event", "everyYear", "offset", "time", "past"];

    public static IReadOnlyDictionary<string, WhenPast> Pasts { get; } =
        new Dictionary<string, WhenPast> { ["continue"] = WhenPast.Continue, ["exit"] = WhenPast.Exit };

    /// <summary>The time that is the customer's own hour.</summary>
    public const string Usual = "usual";

    /// <summary>The hour of whom too little is known of.</summary>
    public static LocalTime UsualFallback { get; } = new(10, 0);

    private static readonly string[] _dates = ["date", "yearly", "weekday", "day", "attribute", "event"];

    public static (CalendarMoment Moment, WhenPast Past)? Read(YamlValue value, FileErrors errors)
    {
        if (!value.IsMapOf(errors, Keys))
        {
            return null;
        }

        var before = errors.Errors.Count;
        var dates = value.Entries.Where(e => _dates.Contains(e.Key)).ToList();
        if (dates.Count > 1)
        {
            errors.Add(dates[1].Value, $"Found '{dates[0].Key}' beside it; expected one of {string.Join(", ", _dates)}.");
        }
        else if (dates.Count == 0 && value["time"] is null)
        {
            errors.Add(value, $"Found no moment; expected one of {string.Join(", ", _dates)} or time.");
        }

        var past = value["past"]?.ReadChoice(Pasts, errors) ?? WhenPast.Continue;
        if (value["everyYear"] is { } every && value["attribute"] is null)
        {
            errors.Add(every, "Only an attribute's day can come every year; expected 'yearly' with month and day.");
        }

        var isUsual = value["time"]?.Text == Usual;
        var moment = new CalendarMoment
        {
            Date = value["date"] is { } date ? ReadDate(date, errors) : null,
            Yearly = value["yearly"] is { } yearly ? ReadYearly(yearly, errors) : null,
            Weekday = value["weekday"]?.ReadChoice(WindowReader.DayNames, errors),
            DayOfMonth = value["day"] is { } day ? ReadDay(day, errors) : null,
            Attribute = (value["attribute"] ?? value["event"])?.ReadText("the name of an attribute, on one line", errors),
            FromEvent = value["event"] is not null,
            EveryYear = value["everyYear"]?.ReadBool(errors) ?? false,
            OffsetDays = value["offset"] is { } offset ? ReadOffset(offset, errors) : 0,
            Time = value["time"] is { } time ? isUsual ? UsualFallback : WindowReader.ReadTime(time, errors) : null,
            AtUsualHour = isUsual,
        };
        return errors.Errors.Count > before ? null : (moment, past);
    }

    /// <summary>A day of the month, or <c>last</c>.</summary>
    public static int? ReadDay(YamlValue value, FileErrors errors) => value.Text == "last" ? CalendarMoment.LastDay
        : (int?)value.ReadNumber(errors, "a day from 1 to 31, or last", n => n is >= 1 and <= 31 && n == decimal.Truncate(n));

    /// <summary>A date.</summary>
    public static LocalDate? ReadDate(YamlValue value, FileErrors errors)
    {
        if (value.Text is { } text && LocalDatePattern.Iso.Parse(text) is { Success: true } date)
        {
            return date.Value;
        }

        errors.Unexpected(value, "a date such as 2026-12-24");
        return null;
    }

    private static AnnualDate? ReadYearly(YamlValue value, FileErrors errors)
    {
        if (value.Text is { } text && AnnualDatePattern.Iso.Parse(text) is { Success: true } date)
        {
            return date.Value;
        }

        errors.Unexpected(value, "month and day in quotes, such as \"12-24\"");
        return null;
    }

    private static int ReadOffset(YamlValue value, FileErrors errors)
    {
        if (value.Text is { Length: > 1 } text && text[^1] is 'd' or 'w'
            && int.TryParse(value.Text.AsSpan(0, value.Text.Length - 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var n)
            && Math.Abs((long)n) <= DurationText.MaxDays)
        {
            return value.Text[^1] == 'w' ? n * 7 : n;
        }

        errors.Unexpected(value, "days before or after, such as -14d or 1w");
        return 0;
    }
}
