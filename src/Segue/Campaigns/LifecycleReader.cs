using System.Globalization;
using Segue.Files;
using Segue.Segmentation;

namespace Segue.Campaigns;

/// <summary>Reads <c>lifecycle</c> of the settings.</summary>
internal static class LifecycleReader
{
    public static IReadOnlyList<string> Keys { get; } = ["newFor", "churnedAfter", "wonBackFor", "atRiskAfter", "ownGaps"];

    public static LifecycleSettings Read(YamlValue map, FileErrors errors)
    {
        var bounds = new LifecycleSettings();
        if (!map.IsMapOf(errors, Keys))
        {
            return bounds;
        }

        var before = errors.Errors.Count;
        bounds = new()
        {
            NewFor = Time(map, "newFor", bounds.NewFor, errors),
            ChurnedAfter = Time(map, "churnedAfter", bounds.ChurnedAfter, errors),
            WonBackFor = Time(map, "wonBackFor", bounds.WonBackFor, errors),
            AtRiskAfter = Time(map, "atRiskAfter", bounds.AtRiskAfter, errors),
            OwnGaps = (double)(map["ownGaps"] is { } own ? own.ReadNumber(errors, "a number from 0 to 100", n => n is >= 0 and <= 100) ?? 0
                : (decimal)bounds.OwnGaps),
        };
        if (errors.Errors.Count == before)
        {
            RefuseDisorder(map, bounds, errors);
        }

        return bounds;
    }

    private static void RefuseDisorder(YamlValue map, LifecycleSettings bounds, FileErrors errors)
    {
        if (bounds.NewFor > bounds.AtRiskAfter)
        {
            errors.Add(map["newFor"] ?? map["atRiskAfter"]!,
                $"Found newFor of {Days(bounds.NewFor)} over atRiskAfter of {Days(bounds.AtRiskAfter)}; expected newFor <= atRiskAfter < churnedAfter.");
        }

        if (bounds.AtRiskAfter >= bounds.ChurnedAfter)
        {
            errors.Add(map["atRiskAfter"] ?? map["churnedAfter"]!,
                $"Found atRiskAfter of {Days(bounds.AtRiskAfter)} not under churnedAfter of {Days(bounds.ChurnedAfter)}; expected newFor <= atRiskAfter < churnedAfter.");
        }
    }

    private static TimeSpan Time(YamlValue map, string key, TimeSpan otherwise, FileErrors errors) =>
        map[key] is { } value ? SettingValues.ReadTime(value, errors) ?? otherwise : otherwise;

    private static string Days(TimeSpan time) => time.TotalDays.ToString("0.##", CultureInfo.InvariantCulture) + " days";
}
