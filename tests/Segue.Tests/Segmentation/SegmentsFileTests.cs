using Segue.Files;
using Segue.Segmentation;

namespace Segue.Tests.Segmentation;

public sealed class SegmentsFileTests
{
    [Fact]
    public void Parse_GoodFile_KeepsIdsNamesAndOrder()
    {
        var set = Given.Segments("""
            segments:
              - id: core-churned
                name: Core, churned
                when: { stage: churned, orders: ">= 2", spend: "not top 10%" }
              - id: other
            tags:
              - { id: silent-60, name: Silent, when: { daysSinceLastOrder: ">= 60" } }
              - { id: both, when: { tag: silent-60 } }
            """);
        Assert.Equal([("core-churned", "Core, churned", true), ("other", "other", false)], set.Segments.Select(s => (s.Id, s.Name, s.When is not null)));
        Assert.Equal([("silent-60", "Silent"), ("both", "both")], set.Tags.Select(s => (s.Id, s.Name)));
    }

    [Theory]
    [InlineData("[]", 1, "", "Found a list; a segments file is a mapping with 'segments' and 'tags'.")]
    [InlineData("segment: []", 1, "segment", "Unknown key 'segment'. Did you mean 'segments'?")]
    [InlineData("tags: []", 1, "", "Found no segments; name at least one, the last without 'when': it takes everyone else.")]
    [InlineData("segments:", 1, "segments", "Found no segments; name at least one, the last without 'when': it takes everyone else.")]
    [InlineData("segments: none", 1, "segments", "Found 'none'; 'segments' is a list of mappings with 'id', 'name' and 'when'.")]
    [InlineData("segments: { id: a }", 1, "segments", "Found a mapping; 'segments' is a list of mappings with 'id', 'name' and 'when'.")]
    [InlineData("segments:\n- a\n- id: b", 2, "segments[0]", "Found 'a'; each of 'segments' is a mapping with 'id', 'name' and 'when'.")]
    [InlineData("segments:\n- id: b\n  nmae: B", 3, "segments[0].nmae", "Unknown key 'nmae'. Did you mean 'name'?")]
    [InlineData("segments:\n- name: B", 2, "segments[0]", "The 'id' is missing; it is made of lower-case letters, digits and hyphens.")]
    [InlineData("segments:\n- id: Big Ones", 2, "segments[0].id", "Found 'Big Ones'; an id is made of lower-case letters, digits and hyphens.")]
    [InlineData("segments:\n- id: ''", 2, "segments[0].id", "Found nothing; an id is made of lower-case letters, digits and hyphens.")]
    [InlineData("segments:\n- id: [a]", 2, "segments[0].id", "Found a list; an id is made of lower-case letters, digits and hyphens.")]
    [InlineData("segments:\n- id: a\n  name: [x]", 3, "segments[0].name", "Found a list; a name is a text.")]
    [InlineData("segments:\n- id: a\n  when: { orders: 1 }\n- id: a", 4, "segments[1].id", "Found 'a' a second time; an id is used once among segments and tags.")]
    [InlineData("segments:\n- id: a\ntags:\n- id: a\n  when: { orders: 1 }", 4, "tags[0].id", "Found 'a' a second time; an id is used once among segments and tags.")]
    [InlineData("segments:\n- id: a\n- id: b", 2, "segments[0]", "'a' has no 'when'; only the last segment has none.")]
    [InlineData("segments:\n- id: a\ntags:\n- id: b", 4, "tags[0]", "'b' has no 'when'; only the last segment has none.")]
    [InlineData("segments:\n- id: a\n  when: { orders: 1 }", 3, "segments[0].when", "Segment 'a' is the last and has a rule; the last takes everyone else and has none. Remove its 'when', or add a segment without one behind it.")]
    [InlineData("segments:\n- id: a\n  when:\n    ordes: 1\n- id: b", 4, "segments[0].when.ordes", "Unknown field 'ordes'. Did you mean 'orders'?")]
    [InlineData("segments:\n- id: a\ntags:\n- { id: b, when: { tag: c } }\n- { id: c, when: { orders: 1 } }", 4, "tags[0].when.tag", "Found 'c'; that tag stands here or below, and a tag may refer only to tags above it.")]
    [InlineData("segments:\n- id: a\ntags:\n- { id: b, when: { tag: b } }", 4, "tags[0].when.tag", "Found 'b'; that tag stands here or below, and a tag may refer only to tags above it.")]
    [InlineData("segments:\n- id: a\ntags:\n- { id: b, when: { segment: a } }", 4, "tags[0].when.segment", "Unknown field 'segment'.")]
    public void Parse_WrongFile_NamesLineFieldAndWhatIsRight(string yaml, int line, string field, string message)
    {
        var errors = new FileErrors();
        Assert.Null(SegmentsFile.Parse("segments.yaml", yaml, errors));
        var error = Assert.Single(errors.Errors);
        Assert.Equal(("segments.yaml", line, field), (error.File, error.Line, error.Field));
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_NoYaml_IsNull()
    {
        var errors = new FileErrors();
        Assert.Null(SegmentsFile.Parse("segments.yaml", "segments: [", errors));
        Assert.StartsWith("This is no valid YAML", Assert.Single(errors.Errors).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_ErrorsFromAnotherFile_DoNotSpoilThisOne()
    {
        var errors = new FileErrors();
        errors.Add(new FileError("other.yaml", 1, "", "Something else."));
        Assert.NotNull(SegmentsFile.Parse("segments.yaml", "segments: [ { id: a } ]", errors));
    }
}
