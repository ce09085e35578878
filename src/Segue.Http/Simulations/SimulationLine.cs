using System.Text.Json.Serialization;

namespace Segue.Http.Simulations;

/// <summary>One line of a simulation's answer: how far it is, then the report, or that it broke off. What a line does not say is left out.</summary>
internal sealed record SimulationLine
{
    /// <summary>Days replayed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Done { get; init; }

    /// <summary>Days of the period.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Total { get; init; }

    /// <summary>What it showed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SimulationReport? Report { get; init; }

    /// <summary>That it broke off, for people.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Problem { get; init; }
}
