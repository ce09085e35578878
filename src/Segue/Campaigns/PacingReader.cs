using Segue.Email;
using Segue.Files;
using Segue.Journeys;
using Segue.Journeys.Definitions;

namespace Segue.Campaigns;

/// <summary>Reads quiet hours and frequency caps of the settings.</summary>
internal static class PacingReader
{
    public static IReadOnlyList<string> QuietKeys { get; } = ["from", "to"];

    public static IReadOnlyList<string> CapKeys { get; } = ["perDay", "perWeek"];

    public static IReadOnlyList<string> RateKeys { get; } = ["perHour", "warmUp"];

    public static IReadOnlyList<string> WarmUpKeys { get; } = ["from", "days", "since"];

    public static IReadOnlyList<string> StopKeys { get; } = ["bounces", "complaints"];

    public static DayWindow? ReadQuietHours(YamlValue value, FileErrors errors)
    {
        if (!value.IsMapOf(errors, QuietKeys))
        {
            return null;
        }

        var from = value.Required("from", WindowReader.TimeExpected, errors) is { } f ? WindowReader.ReadTime(f, errors) : null;
        var to = value.Required("to", WindowReader.TimeExpected, errors) is { } t ? WindowReader.ReadTime(t, errors) : null;
        if (from is null || to is null)
        {
            return null;
        }

        if (from != to)
        {
            return new(from.Value, to.Value);
        }

        errors.Add(value, $"Found quiet hours that never end; expected 'to' to differ from 'from'.");
        return null;
    }

    public static FrequencyCaps? ReadCaps(YamlValue value, FileErrors errors) => !value.IsMapOf(errors, CapKeys) ? null
        : new(ReadCap(value["perDay"], errors), ReadCap(value["perWeek"], errors));

    /// <summary>Reads how many marketing mails go in an hour, and a new sender's ramp.</summary>
    public static SendingRate? ReadRate(YamlValue value, FileErrors errors)
    {
        const string number = "a whole number from 1 to 1000000";
        if (!value.IsMapOf(errors, RateKeys))
        {
            return null;
        }

        var perHour = value.Required("perHour", number, errors)?.ReadNumber(errors, number, n => n is >= 1 and <= 1_000_000 && n == decimal.Truncate(n));
        if (value["warmUp"] is not { } ramp)
        {
            return perHour is null ? null : new((int)perHour, null);
        }

        if (!ramp.IsMapOf(errors, WarmUpKeys))
        {
            return null;
        }

        var from = ramp.Required("from", number, errors)?.ReadNumber(errors, "a whole number from 1 up to perHour", n => n >= 1 && n <= (perHour ?? n) && n == decimal.Truncate(n));
        var days = ramp.Required("days", "a whole number from 1 to 90", errors)?.ReadNumber(errors, "a whole number from 1 to 90", n => n is >= 1 and <= 90 && n == decimal.Truncate(n));
        var since = ramp.Required("since", "the first day, such as 2026-12-01", errors) is { } day ? UntilReader.ReadDate(day, errors) : null;
        return perHour is null || from is null || days is null || since is null ? null : new((int)perHour, new((int)from, (int)days, since.Value));
    }

    /// <summary>Reads the shares above which a journey stops by itself; one that is left out stays as it is.</summary>
    public static StopBounds? ReadStop(YamlValue value, FileErrors errors)
    {
        double? Read(string key) => value[key]?.ReadShare(errors, "a percentage over 0% and up to 100%, such as 5%", p => p is > 0 and <= 100);
        return value.IsMapOf(errors, StopKeys)
            ? new(Read("bounces") ?? StopBounds.Default.Bounces, Read("complaints") ?? StopBounds.Default.Complaints) : null;
    }

    /// <summary>Reads how many calls a day each queue can make.</summary>
    public static IReadOnlyDictionary<string, int> ReadCapacities(YamlValue value, FileErrors errors)
    {
        const string expected = "queues with how many calls a day each can make, such as { accounts: 20 }";
        var capacities = new Dictionary<string, int>();
        if (!value.IsMap)
        {
            errors.Unexpected(value, expected);
            return capacities;
        }

        foreach (var (queue, number) in value.Entries)
        {
            if (!YamlFields.IsId(queue))
            {
                errors.Add(number, $"Found '{queue}'; expected {expected}.");
            }
            else if (number.ReadNumber(errors, "a whole number from 1 to 500", n => n is >= 1 and <= 500 && n == decimal.Truncate(n)) is { } calls)
            {
                capacities[queue] = (int)calls;
            }
        }

        return capacities;
    }

    private static int? ReadCap(YamlValue? value, FileErrors errors) =>
        (int?)value?.ReadNumber(errors, "a whole number from 1 to 100", n => n is >= 1 and <= 100 && n == decimal.Truncate(n));
}
