namespace Segue.Segmentation;

/// <summary>A segment or tag of a segments file.</summary>
/// <param name="Id">Lower-case letters, digits and hyphens; unique among segments and tags.</param>
/// <param name="Name">For people; the id where the file gives none.</param>
/// <param name="When">Who belongs to it; null only for the last segment, which takes the rest.</param>
public sealed record SegmentDefinition(string Id, string Name, Rule? When);

/// <summary>A segments file, checked and compiled.</summary>
/// <param name="Segments">In order: a customer is in the first whose rule holds. At least one; only the last has no rule.</param>
/// <param name="Tags">In order: a tag may refer to those before it.</param>
public sealed record SegmentSet(IReadOnlyList<SegmentDefinition> Segments, IReadOnlyList<SegmentDefinition> Tags);
