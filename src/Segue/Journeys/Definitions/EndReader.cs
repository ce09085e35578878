using Segue.Campaigns;

namespace Segue.Journeys.Definitions;

/// <summary>Reads <c>end</c>.</summary>
internal static class EndReader
{
    public static IReadOnlyList<string> Keys { get; } = ["reason"];

    /// <summary>The reason of an end that names none.</summary>
    public const string DefaultReason = "finished";

    public static JourneyStep? Read(StepSource source, StepReader reader)
    {
        if (source.Value is { IsMap: false, IsList: false, Found: "nothing" })
        {
            return new EndStep(source.Id, DefaultReason);
        }

        if (!source.Value.IsMapOf(reader.Errors, Keys))
        {
            return null;
        }

        var reason = source.Value["reason"] is { } text ? text.ReadText("the reason, on one line", reader.Errors) : DefaultReason;
        return reason is null ? null : new EndStep(source.Id, reason);
    }
}
