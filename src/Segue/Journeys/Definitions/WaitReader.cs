using Segue.Campaigns;

namespace Segue.Journeys.Definitions;

/// <summary>Reads <c>wait</c>. A wait of another kind than <c>for</c> is another key here.</summary>
internal static class WaitReader
{
    public static IReadOnlyList<string> Keys { get; } = ["for"];

    public static JourneyStep? Read(StepSource source, StepReader reader) =>
        source.Value.IsMapOf(reader.Errors, Keys)
        && source.Value.Required("for", DurationText.Expected, reader.Errors)?.ReadDuration(reader.Errors) is { } length
            ? new WaitStep(source.Id, source.Next, length) : null;
}
