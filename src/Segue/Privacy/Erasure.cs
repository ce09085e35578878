using System.Globalization;
using System.Text.Json.Serialization;

namespace Segue.Privacy;

/// <summary>What an erasure leaves in the empty profile while something from before it may still be on its way.</summary>
/// <param name="At">When it was asked for: what was accepted by then is turned away, what comes later is a new beginning.</param>
/// <param name="Until">When nothing from before can be on its way any more, and this goes too.</param>
public sealed record Erasure(DateTimeOffset At, DateTimeOffset Until)
{
    /// <summary>How far it has come.</summary>
    public ErasurePhase Phase { get; init; }

    /// <summary>The first day that has facts of the customer.</summary>
    public DateTimeOffset FactsSince { get; init; }

    /// <summary>The last hour that may have a Due row of the customer.</summary>
    public DateTimeOffset DueUntil { get; init; }

    /// <summary>The journeys they were in: paused, each may keep a Due row of its own.</summary>
    public IReadOnlyList<string> Journeys { get; set; } = [];

    /// <summary>See <see cref="Customers.CustomerProfile.Life"/>: step tokens, and so send ids and codes, of two lives differ.</summary>
    internal static string LifeAfter(Erasure erasure) => string.Create(CultureInfo.InvariantCulture, $"_{erasure.At.UtcTicks:x}");
}

/// <summary>How far an erasure has come.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ErasurePhase>))]
public enum ErasurePhase
{
    /// <summary>Everything is being taken away.</summary>
    [JsonStringEnumMemberName("clearing")]
    Clearing,

    /// <summary>Everything that was there is gone; what comes late is still to be looked for.</summary>
    [JsonStringEnumMemberName("resting")]
    Resting,

    /// <summary>What came late is being taken away, and then the tombstone.</summary>
    [JsonStringEnumMemberName("leaving")]
    Leaving,
}
