using Segue.Files;

namespace Segue.Campaigns;

/// <summary>The ids that a segments file gives to segments and tags, and where: known even where its rules have faults.</summary>
internal sealed record GroupIds(IReadOnlyList<YamlValue> Segments, IReadOnlyList<YamlValue> Tags)
{
    /// <summary>Reads the ids; null where the file is no YAML.</summary>
    public static GroupIds? Read(string file, string text) =>
        YamlValue.Parse(file, text, new()) is { } root ? new(Ids(root["segments"]), Ids(root["tags"])) : null;

    /// <summary>The texts of some ids.</summary>
    public static IReadOnlyCollection<string> Names(IReadOnlyList<YamlValue> ids) => [.. ids.Select(i => i.Text!)];

    private static IReadOnlyList<YamlValue> Ids(YamlValue? list) =>
        [.. list?.Items.Select(i => i["id"]).Where(id => id?.Text is not null).Select(id => id!) ?? []];
}
