using NodaTime;
using NodaTime.Text;
using Segue.Campaigns;
using Segue.Files;

namespace Segue.Journeys.Definitions;

/// <summary>Reads hours and weekdays.</summary>
internal static class WindowReader
{
    public static IReadOnlyList<string> Keys { get; } = ["from", "to", "days"];

    public const string TimeExpected = "a time of day in quotes, such as \"09:00\"";

    public static IReadOnlyDictionary<string, IsoDayOfWeek> DayNames { get; } = Enumerable.Range(1, 7)
        .ToDictionary(d => ((IsoDayOfWeek)d).ToString().ToLowerInvariant(), d => (IsoDayOfWeek)d);

    private static readonly LocalTimePattern _time = LocalTimePattern.CreateWithInvariantCulture("HH':'mm");

    /// <summary>A window: its hours, its weekdays or both.</summary>
    public static DayWindow? Read(YamlValue value, FileErrors errors)
    {
        if (!value.IsMapOf(errors, Keys))
        {
            return null;
        }

        var before = errors.Errors.Count;
        if (!value.Entries.Any())
        {
            errors.Add(value, "Found neither hours nor days; expected from and to, days, or both.");
        }
        else if (value["from"] is null != value["to"] is null)
        {
            errors.Missing(value, value["from"] is null ? "from" : "to", TimeExpected);
        }

        var from = value["from"] is { } f ? ReadTime(f, errors) : LocalTime.Midnight;
        var to = value["to"] is { } t ? ReadTime(t, errors) : LocalTime.Midnight;
        var days = value["days"] is { } list ? ReadDays(list, errors) : null;
        return errors.Errors.Count > before ? null : new(from!.Value, to!.Value, days);
    }

    public static LocalTime? ReadTime(YamlValue value, FileErrors errors)
    {
        if (value.Text is { } text && _time.Parse(text) is { Success: true } time)
        {
            return time.Value;
        }

        errors.Unexpected(value, TimeExpected);
        return null;
    }

    private static List<IsoDayOfWeek> ReadDays(YamlValue list, FileErrors errors)
    {
        var days = new List<IsoDayOfWeek>();
        if (!list.IsList || !list.Items.Any())
        {
            errors.Unexpected(list, "a list of weekdays, such as [ monday, tuesday ]");
            return days;
        }

        foreach (var item in list.Items)
        {
            if (item.ReadChoice(DayNames, errors) is { } day && !days.Contains(day))
            {
                days.Add(day);
            }
        }

        return days;
    }
}
