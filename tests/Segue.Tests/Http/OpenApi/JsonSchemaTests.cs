using System.Text.Json.Nodes;

namespace Segue.Tests.Http.OpenApi;

/// <summary>The checker that the description is held against finds what is wrong, or it would be worth nothing.</summary>
public sealed class JsonSchemaTests
{
    private static readonly JsonNode Document = JsonNode.Parse("""
        { "components": { "schemas": { "Tea": {
            "type": "object", "required": ["name"],
            "properties": {
              "name": { "type": "string", "minLength": 2, "maxLength": 5, "pattern": "^[a-z]+$" },
              "price": { "type": ["number", "null"], "minimum": 0, "maximum": 10 },
              "kinds": { "type": "array", "maxItems": 2, "items": { "enum": ["green", "black"] } },
              "again": { "anyOf": [ { "$ref": "#/components/schemas/Tea" }, { "type": "null" } ] }
            } } } } }
        """)!;

    [Theory]
    [InlineData("""{ "name": "sencha" }""", "$.name")]
    [InlineData("""{ "name": "x" }""", "$.name")]
    [InlineData("""{ "name": "A1" }""", "$.name")]
    [InlineData("""{ "name": 7 }""", "$.name")]
    [InlineData("""{ "price": 1 }""", "$.name")]
    [InlineData("""{ "name": "tea", "price": -1 }""", "$.price")]
    [InlineData("""{ "name": "tea", "price": 11 }""", "$.price")]
    [InlineData("""{ "name": "tea", "kinds": ["green", "red"] }""", "$.kinds[1]")]
    [InlineData("""{ "name": "tea", "kinds": ["green", "green", "green"] }""", "$.kinds")]
    [InlineData("""{ "name": "tea", "again": { "name": 1 } }""", "$.again")]
    [InlineData("""{ "name": "tea", "colour": "green" }""", "$.colour")]
    [InlineData("[]", "$")]
    public void Check_WhatDoesNotFit_IsFoundAtItsPlace(string json, string place) =>
        Assert.Contains(Check(json), f => f.StartsWith(place + ":", StringComparison.Ordinal));

    [Theory]
    [InlineData("""{ "name": "tea" }""")]
    [InlineData("""{ "name": "tea", "price": null, "kinds": ["black"], "again": { "name": "mate" } }""")]
    public void Check_WhatFits_IsRight(string json) => Assert.Empty(Check(json));

    [Fact]
    public void Check_AKeywordThatNobodyKnows_IsNotTakenForHeld() => Assert.Throws<NotSupportedException>(
        () => new JsonSchema(Document).Check(null, JsonNode.Parse("""{ "uniqueItems": true }""")));

    private static IReadOnlyList<string> Check(string json) =>
        new JsonSchema(Document) { Closed = true }.Check(JsonNode.Parse(json), JsonNode.Parse("""{ "$ref": "#/components/schemas/Tea" }"""));
}
