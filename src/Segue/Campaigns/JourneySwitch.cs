using System.Text.Json.Serialization;

namespace Segue.Campaigns;

/// <summary>Whether a journey runs, as it was switched; it outlives the definitions.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SwitchState>))]
public enum SwitchState
{
    /// <summary>Nobody enters. Who is under way goes on.</summary>
    [JsonStringEnumMemberName("off")]
    Off,

    /// <summary>Running.</summary>
    [JsonStringEnumMemberName("live")]
    Live,

    /// <summary>Everyone is kept where they are, and who enters waits at the first step.</summary>
    [JsonStringEnumMemberName("paused")]
    Paused,
}

/// <summary>Row of Settings, partition <c>switch</c>, by journey.</summary>
public sealed record JourneySwitch
{
    /// <summary>The journey.</summary>
    public required string Journey { get; init; }

    /// <summary>Whether it runs.</summary>
    public required SwitchState State { get; init; }

    /// <summary>Since when it takes people in: a membership that began before starts nothing.</summary>
    public required DateTimeOffset LiveSince { get; init; }

    /// <summary>Who switched it last; "file" where the definition's own status did.</summary>
    public required string By { get; init; }

    /// <summary>All its pauses, in order; the last is open while it is paused.</summary>
    public IReadOnlyList<Pause> Pauses { get; set; } = [];

    /// <summary>Whether people enter.</summary>
    [JsonIgnore]
    public bool TakesIn => State != SwitchState.Off;
}

/// <summary>A pause.</summary>
/// <param name="From">When it began.</param>
/// <param name="Until">When it ended; null while it lasts.</param>
public sealed record Pause(DateTimeOffset From, DateTimeOffset? Until);
