using System.Text.Json.Serialization;

namespace Segue.Segmentation;

/// <summary>A customer's place in the life of a customer; each is in exactly one.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Stage>))]
public enum Stage
{
    /// <summary>No counted order.</summary>
    [JsonStringEnumMemberName("prospect")]
    Prospect,

    /// <summary>Silent for so long that they count as lost.</summary>
    [JsonStringEnumMemberName("churned")]
    Churned,

    /// <summary>An order lately ended such a silence.</summary>
    [JsonStringEnumMemberName("won back")]
    WonBack,

    /// <summary>First order lately, fewer than three orders.</summary>
    [JsonStringEnumMemberName("new")]
    New,

    /// <summary>Silent for longer than is usual for them.</summary>
    [JsonStringEnumMemberName("at risk")]
    AtRisk,

    /// <summary>Everyone else.</summary>
    [JsonStringEnumMemberName("active")]
    Active,
}

/// <summary>Where a customer stands at a moment, and until when that holds if nothing happens.</summary>
/// <param name="Stage">The lifecycle stage.</param>
/// <param name="Segment">Id of the primary segment.</param>
/// <param name="Tags">Ids of the tags that hold, in the order of the segments file.</param>
/// <param name="ChangesAt">
/// The first moment after the one evaluated for at which time alone would change stage, segment or tags; null
/// is never. It may be early by a change that turns out to alter nothing, but never late.
/// </param>
public sealed record Evaluation(
    Stage Stage, string Segment, IReadOnlyList<string> Tags, DateTimeOffset? ChangesAt)
{
    /// <summary>Whether the customer is in the segment or has the tag.</summary>
    public bool IsIn(string segmentOrTag) => Segment == segmentOrTag || Tags.Contains(segmentOrTag);

    /// <summary>Whether both put the customer in the same place, however long that holds.</summary>
    public bool SaysTheSameAs(Evaluation other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Stage == other.Stage && Segment == other.Segment && Tags.SequenceEqual(other.Tags);
    }
}

/// <summary>
/// Scores from 1 (lowest fifth) to 5 by the last calibration's quintiles: <see cref="Calibration.Score"/>. They are asked for
/// when somebody looks; only where a rule asks for one does its change wake anybody.
/// </summary>
public readonly record struct RfmScores(int Recency, int Frequency, int Monetary);
