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
