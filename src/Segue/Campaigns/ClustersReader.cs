using System.Globalization;
using Segue.Files;
using Segue.Segmentation.Clusters;

namespace Segue.Campaigns;

/// <summary>Reads <c>clusters</c> of the settings.</summary>
internal static class ClustersReader
{
    public static IReadOnlyList<string> Keys { get; } = ["from", "to", "features", "names"];

    public static ClusterSettings Read(YamlValue map, FileErrors errors)
    {
        var settings = new ClusterSettings();
        if (!map.IsMapOf(errors, Keys))
        {
            return settings;
        }

        var (from, to) = (Number(map, "from", settings.From, errors), Number(map, "to", settings.To, errors));
        if (from > to)
        {
            errors.Add(map["from"] ?? map["to"]!, $"Found {from} to {to} clusters; expected the smaller number first.");
        }

        return settings with { From = from, To = to, Features = Features(map["features"], errors) ?? settings.Features, Names = Names(map["names"], errors) };
    }

    private static int Number(YamlValue map, string key, int otherwise, FileErrors errors) => map[key] is { } value
        ? (int)(value.ReadNumber(errors, "a whole number of clusters from 2 to 20", n => n is >= 2 and <= 20 && n == decimal.Truncate(n)) ?? otherwise) : otherwise;

    private static List<string>? Features(YamlValue? list, FileErrors errors)
    {
        if (list is null)
        {
            return null;
        }

        var features = new List<string>();
        foreach (var item in list.Items)
        {
            if (item.Text is { } name && ClusterFeature.Find(name) is not null && !features.Contains(name))
            {
                features.Add(name);
            }
            else
            {
                errors.Add(item, $"Found {item.Found}; a feature is one of {string.Join(", ", ClusterFeature.Names)} or attribute.NAME, each once."
                    + Suggestion.For(item.Text ?? "", ClusterFeature.Names));
            }
        }

        if (!list.Items.Any())
        {
            errors.Unexpected(list, $"a list of features: {string.Join(", ", ClusterFeature.Names)}, attribute.NAME");
        }

        return features;
    }

    private static Dictionary<string, string> Names(YamlValue? map, FileErrors errors)
    {
        var names = new Dictionary<string, string>();
        foreach (var (id, value) in map?.Entries ?? [])
        {
            if (!int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < 1)
            {
                errors.Add(value, $"Found '{id}'; a cluster's id is a number such as 2. calibrate shows them.");
            }
            else if (value.ReadText("a name for the cluster, on one line", errors) is { } name)
            {
                names[id] = name;
            }
        }

        return names;
    }
}
