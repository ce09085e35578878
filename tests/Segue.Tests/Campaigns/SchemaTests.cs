using System.Text.Json;
using Segue.Campaigns;
using Segue.Files;
using Segue.Journeys.Definitions;
using Segue.Segmentation;
using Segue.Surveys;

namespace Segue.Tests.Campaigns;

/// <summary>The schemas that editors complete from know the same keys and words as the parsers.</summary>
public sealed class SchemaTests
{
    private static readonly Dictionary<string, JsonElement> _schemas = Directory.EnumerateFiles(ShippedFolder.Path, "*.schema.json")
        .ToDictionary(f => Path.GetFileName(f)!, f => JsonDocument.Parse(File.ReadAllText(f)).RootElement);

    public static TheoryData<string, string, string[]> Objects { get; } = new()
    {
        { "survey", "", [.. SurveyFile.Keys] },
        { "survey", "properties/answers/items", [.. SurveyFile.AnswerKeys] },
        { "settings", "", [.. SettingsFile.Keys] },
        { "settings", "properties/lifecycle", [.. LifecycleReader.Keys] },
        { "settings", "properties/browserKeys/items", [.. SettingValues.BrowserKeyKeys] },
        { "settings", "properties/quietHours", [.. PacingReader.QuietKeys] },
        { "settings", "properties/caps", [.. PacingReader.CapKeys] },
        { "settings", "properties/rate", [.. PacingReader.RateKeys] },
        { "settings", "properties/rate/properties/warmUp", [.. PacingReader.WarmUpKeys] },
        { "settings", "properties/stopAt", [.. PacingReader.StopKeys] },
        { "settings", "properties/rfm", [.. SettingsFile.RfmKeys] },
        { "journey", "", [.. JourneyFile.Keys] },
        { "journey", "properties/enter", [.. EntryReader.EnterKeys] },
        { "journey", "properties/enter/properties/reentry/oneOf/1", [.. EntryReader.ReentryKeys] },
        { "journey", "properties/exitWhen/items", [.. EntryReader.ExitKeys] },
        { "journey", "properties/goal", [.. EntryReader.GoalKeys] },
        { "journey", "definitions/step", ["id", .. StepVocabulary.Names, .. StepVocabulary.ByName.Values.SelectMany(k => k.Siblings)] },
        { "journey", "definitions/send", [.. SendReader.Keys] },
        { "journey", "definitions/offer", [.. OfferReader.Keys] },
        { "journey", "definitions/offer/properties/budget", [.. OfferReader.BudgetKeys] },
        { "journey", "definitions/offer/properties/codes/oneOf/1", [.. OfferReader.CodesKeys] },
        { "settings", "properties/codes/oneOf/1", [.. OfferReader.CodesKeys] },
        { "journey", "definitions/wait", [.. WaitReader.Keys] },
        { "journey", "definitions/schedule", [.. ScheduleReader.Keys] },
        { "journey", "definitions/until", [.. UntilReader.Keys] },
        { "journey", "definitions/window", [.. WindowReader.Keys] },
        { "journey", "definitions/condition", [.. ConditionReader.Keys] },
        { "journey", "definitions/condition/properties/branches/items", [.. ConditionReader.BranchKeys] },
        { "journey", "definitions/test", [.. TestReader.Keys] },
        { "journey", "definitions/call", [.. CallReader.Keys] },
        { "journey", "definitions/update", [.. UpdateReader.Keys] },
        { "journey", "definitions/emit", [.. UpdateReader.EmitKeys] },
        { "journey", "definitions/webhook", [.. WebhookReader.Keys] },
        { "journey", "definitions/limit", [.. LimitReader.Keys] },
        { "journey", "definitions/split", [.. SplitReader.Keys] },
        { "journey", "definitions/split/properties/branches/items", [.. SplitReader.BranchKeys] },
        { "journey", "definitions/link", [.. LinkReader.Keys] },
        { "journey", "definitions/end", [.. EndReader.Keys] },
        { "segments", "", ["segments", "tags"] },
        { "segments", "properties/segments/items", ["id", "name", "when"] },
        { "segments", "properties/tags/items", ["id", "name", "when"] },
        { "segments", "definitions/events", [.. EventsField.Keys] },
        { "segments", "definitions/rule", ["all", "any", "not", .. Fields.Names(new([], [], [], new())).Where(n => n != "attribute.NAME")] },
    };

    public static TheoryData<string, string, string[]> Words { get; } = new()
    {
        { "settings", "properties/sending", [.. SettingsFile.Sendings.Keys] },
        { "settings", "properties/rfm/properties/monetary", [.. SettingsFile.Monetary.Keys] },
        { "journey", "properties/status", [.. JourneyFile.Statuses.Keys] },
        { "journey", "properties/enter/properties/existing", [.. EntryReader.Existing.Keys] },
        { "journey", "properties/enter/properties/reentry/oneOf/0", [.. EntryReader.Reentries.Keys] },
        { "journey", "properties/goal/properties/event", [.. EntryReader.Events] },
        { "segments", "definitions/events/properties/on/anyOf/0", [.. EventsField.DayNames] },
        { "journey", "definitions/send/properties/onFail", [.. SendReader.OnFails.Keys] },
        { "journey", "definitions/send/properties/onCapped", [.. SendReader.OnCappeds.Keys] },
        { "journey", "definitions/test/properties/metric", [.. TestReader.Metrics.Keys] },
        { "journey", "definitions/webhook/properties/consent", [.. WebhookReader.Consents.Keys] },
        { "journey", "definitions/webhook/properties/customer/items", [.. Segue.Webhooks.WebhookBody.Fields] },
        { "journey", "definitions/test/properties/winner", [.. TestReader.Winners.Keys] },
        { "journey", "definitions/until/properties/past", [.. UntilReader.Pasts.Keys] },
        { "journey", "definitions/weekday", [.. WindowReader.DayNames.Keys] },
    };

    [Theory]
    [MemberData(nameof(Objects))]
    public void Schema_Object_KnowsTheKeysOfTheParserAndNoOthers(string schema, string at, string[] keys)
    {
        var node = At(schema, at);
        Assert.Equal(keys.Order(StringComparer.Ordinal), node.GetProperty("properties").EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal));
        Assert.False(node.GetProperty("additionalProperties").GetBoolean());
    }

    [Theory]
    [MemberData(nameof(Words))]
    public void Schema_Choice_KnowsTheWordsOfTheParserAndNoOthers(string schema, string at, string[] words) =>
        Assert.Equal(words, At(schema, at).GetProperty("enum").EnumerateArray().Select(w => w.GetString()));

    [Fact]
    public void Schema_EveryKey_IsDescribed() => Assert.All(
        _schemas.Values.SelectMany(Nodes).Where(n => n.TryGetProperty("properties", out var p) && p.ValueKind == JsonValueKind.Object),
        node => Assert.All(node.GetProperty("properties").EnumerateObject(), p => Assert.True(Described(p.Value), $"'{p.Name}' lacks a description.")));

    [Fact]
    public void Schema_EveryReference_LeadsSomewhere() => Assert.All(
        _schemas.SelectMany(s => Nodes(s.Value).Where(n => n.TryGetProperty("$ref", out _)).Select(n => (s.Key, Ref: n.GetProperty("$ref").GetString()!))),
        r => Follow(r.Key, r.Ref));

    [Theory]
    [InlineData("surveys/how-are-we-doing.yaml", "../survey.schema.json")]
    [InlineData("segments.yaml", "segments.schema.json")]
    [InlineData("settings.yaml", "settings.schema.json")]
    [InlineData("journeys/core-reactivation.yaml", "../journey.schema.json")]
    [InlineData("journeys/welcome.yaml", "../journey.schema.json")]
    [InlineData("journeys/churned-one-time.yaml", "../journey.schema.json")]
    [InlineData("journeys/one-time-only.yaml", "../journey.schema.json")]
    [InlineData("journeys/at-risk.yaml", "../journey.schema.json")]
    public void ShippedFile_FirstLine_NamesItsSchema(string file, string schema)
    {
        var path = Path.Combine(ShippedFolder.Path, file);
        Assert.Equal($"# yaml-language-server: $schema={schema}", File.ReadLines(path).First());
        Assert.True(File.Exists(Path.Combine(Path.GetDirectoryName(path)!, schema)));
    }

    private static JsonElement At(string schema, string path) => path.Split('/', StringSplitOptions.RemoveEmptyEntries)
        .Aggregate(_schemas[$"{schema}.schema.json"], (node, part) => node.ValueKind == JsonValueKind.Array
            ? node[int.Parse(part, System.Globalization.CultureInfo.InvariantCulture)] : node.GetProperty(part));

    private static JsonElement Follow(string file, string reference)
    {
        var parts = reference.Split('#');
        var schema = (parts[0].Length == 0 ? file : parts[0]).Replace(".schema.json", "", StringComparison.Ordinal);
        return At(schema, parts[1]);
    }

    private static bool Described(JsonElement node) => node.TryGetProperty("description", out _)
        || (node.TryGetProperty("$ref", out var to) && to.GetString()!.StartsWith('#') && Follow("journey.schema.json", to.GetString()!).TryGetProperty("description", out _));

    private static IEnumerable<JsonElement> Nodes(JsonElement node) => node.ValueKind switch
    {
        JsonValueKind.Object => node.EnumerateObject().SelectMany(p => Nodes(p.Value)).Prepend(node),
        JsonValueKind.Array => node.EnumerateArray().SelectMany(Nodes),
        _ => [],
    };
}
