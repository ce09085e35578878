using System.Text.Json;
using System.Text.Json.Serialization;

namespace Segue.Segmentation;

/// <summary>
/// A sketch as JSON: its two sizes, and per level the values that stand for 2^level each. A value's trailing zeros are
/// dropped: money is compared by value.
/// </summary>
internal sealed class QuantileSketchConverter : JsonConverter<QuantileSketch>
{
    /// <inheritdoc/>
    public override QuantileSketch Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var kept = JsonSerializer.Deserialize<Kept>(ref reader, options) ?? throw new JsonException("A sketch is an object.");
        var sketch = new QuantileSketch(kept.ExactSize, kept.LevelSize);
        var levels = new List<QuantileSketch.Level>();
        for (var h = 0; h < kept.Levels.Count; h++)
        {
            var level = new QuantileSketch.Level { KeepsUpper = kept.Upper?.Contains(h) ?? false };
            level.Values.AddRange(kept.Levels[h]);
            levels.Add(level);
        }

        sketch.Restore(kept.Exact, levels, kept.RankError);
        return sketch;
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, QuantileSketch value, JsonSerializerOptions options)
    {
        var (exact, levels) = value.Kept();
        JsonSerializer.Serialize(
            writer,
            new Kept(
                value.ExactSize,
                value.LevelSize,
                exact,
                value.RankError,
                [.. levels.Select(level => level.Values.Select(Plain).ToArray())],
                exact ? null : [.. Enumerable.Range(0, levels.Count).Where(h => levels[h].KeepsUpper)]),
            options);
    }

    /// <summary>The same number without trailing zeros.</summary>
    internal static decimal Plain(decimal value) => value / 1.0000000000000000000000000000m;

    internal sealed record Kept(
        int ExactSize, int LevelSize, bool Exact, long RankError, IReadOnlyList<decimal[]> Levels, IReadOnlyList<int>? Upper);
}
