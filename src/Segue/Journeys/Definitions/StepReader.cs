using System.Globalization;
using Segue.Campaigns;
using Segue.Files;

namespace Segue.Journeys.Definitions;

/// <summary>One step as the file has it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Path">Its path, from which the paths of the steps in its branches are made.</param>
/// <param name="Next">Id of the step after it, or null at the end.</param>
/// <param name="Step">The whole step.</param>
/// <param name="Value">What stands at the step's own key.</param>
internal sealed record StepSource(string Id, string Path, string? Next, YamlValue Step, YamlValue Value);

/// <summary>Turns the lists of steps in a journey's file into a flat graph.</summary>
internal sealed class StepReader(JourneyReferences references, FileErrors errors)
{
    /// <summary>The most steps of one journey.</summary>
    public const int MaxSteps = 500;

    /// <summary>The deepest nesting of branches.</summary>
    public const int MaxDepth = 10;

    private readonly Dictionary<string, JourneyStep> _steps = [];
    private readonly Dictionary<string, YamlValue> _nodes = [];
    private int _depth;

    /// <summary>What the steps may refer to.</summary>
    public JourneyReferences References => references;

    /// <summary>Takes what is wrong.</summary>
    public FileErrors Errors => errors;

    /// <summary>The steps read, by id.</summary>
    public IReadOnlyDictionary<string, JourneyStep> Steps => _steps;

    /// <summary>Whether every step so far could be read.</summary>
    public bool Sound { get; private set; } = true;

    /// <summary>The topic that a send takes which names none: that of the send before it in the file.</summary>
    public string? Topic { get; set; }

    /// <summary>The event by which the journey begins, or null.</summary>
    public string? EnteredBy { get; init; }

    /// <summary>Where a step stands in the file.</summary>
    public YamlValue Node(string id) => _nodes[id];

    /// <summary>Reads the journey's steps and answers the first one's id, null where there is none to begin with.</summary>
    public string? ReadSteps(YamlValue root)
    {
        if (root.Required("steps", "the list of steps", errors) is not { } steps)
        {
            return null;
        }

        if (steps.IsList && !steps.Items.Any())
        {
            errors.Add(steps, "Found no steps; expected at least one.");
        }

        return ReadBlock(steps, "", null);
    }

    /// <summary>Reads a list of steps; what follows it is <paramref name="next"/>. Answers the id that it begins with.</summary>
    public string? ReadBlock(YamlValue list, string path, string? next)
    {
        if (!list.IsList)
        {
            errors.Unexpected(list, "a list of steps");
            return next;
        }

        if (++_depth > MaxDepth)
        {
            errors.Add(list, $"Branches are nested more than {MaxDepth} deep.");
        }
        else
        {
            next = ReadItems([.. list.Items.Take(MaxSteps + 1)], path, next);
        }

        _depth--;
        return next;
    }

    private string? ReadItems(IReadOnlyList<YamlValue> items, string path, string? next)
    {
        var paths = items.Select((_, i) => path + (i + 1).ToString(CultureInfo.InvariantCulture)).ToList();
        var ids = items.Select((item, i) => item.IsMap && item["id"] is { } id ? id.ReadId(errors) ?? paths[i] : paths[i]).ToList();
        for (var i = 0; i < items.Count; i++)
        {
            if (_nodes.Count == MaxSteps)
            {
                errors.Add(items[i], $"Found more than {MaxSteps} steps; a journey has at most so many.");
                break;
            }

            if (_nodes.TryGetValue(ids[i], out var earlier))
            {
                errors.Add(items[i]["id"] ?? items[i], $"The id '{ids[i]}' is already that of the step on line {earlier.Line}.");
                continue;
            }

            _nodes.Add(ids[i], items[i]);
            if (ReadStep(items[i], ids[i], paths[i], i + 1 < items.Count ? ids[i + 1] : next) is { } step)
            {
                _steps.Add(step.Id, step);
            }
            else
            {
                Sound = false;
            }
        }

        return ids.Count > 0 ? ids[0] : next;
    }

    private JourneyStep? ReadStep(YamlValue item, string id, string path, string? next)
    {
        if (!item.IsMap)
        {
            errors.Unexpected(item, $"a step: one of {string.Join(", ", StepVocabulary.Names)}");
            return null;
        }

        var kinds = item.Entries.Where(e => StepVocabulary.ByName.ContainsKey(e.Key)).ToList();
        if (kinds.Count == 1)
        {
            var kind = StepVocabulary.ByName[kinds[0].Key];
            item.RefuseUnknownKeys(errors, ["id", kind.Name, .. kind.Siblings, .. kind.MoreSiblings(kinds[0].Value)]);
            return kind.Read(new(id, path, next, item, kinds[0].Value), this);
        }

        if (kinds.Count > 1)
        {
            errors.Add(item, $"Found {string.Join(" and ", kinds.Select(k => k.Key))} in one step; expected one: begin each with its own '-'.");
            return null;
        }

        var unknown = item.Entries.FirstOrDefault(e => e.Key != "id");
        errors.Add(unknown.Value ?? item, unknown.Value is null
            ? $"Found no step; expected one of {string.Join(", ", StepVocabulary.Names)}."
            : $"Unknown step '{unknown.Key}'; expected one of {string.Join(", ", StepVocabulary.Names)}.{Near(unknown.Key)}");
        return null;
    }

    private static string Near(string found)
    {
        var hint = Suggestion.For(found, StepVocabulary.Names);
        return hint.Contains('?', StringComparison.Ordinal) ? hint : "";
    }
}
