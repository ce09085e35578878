using Segue.Campaigns;

namespace Segue.Journeys.Definitions;

/// <summary>Reads <c>link</c>. Whether its target exists is known when all steps are read: see <see cref="StepGraph"/>.</summary>
internal static class LinkReader
{
    public static IReadOnlyList<string> Keys { get; } = ["to", "maxVisits", "minDelay"];

    public static JourneyStep? Read(StepSource source, StepReader reader)
    {
        var (link, errors) = (source.Value, reader.Errors);
        if (!link.IsMapOf(errors, Keys))
        {
            return null;
        }

        var to = link.Required("to", "the id of a step", errors)?.ReadText("the id of a step", errors);
        var visits = link.Required("maxVisits", "how often a run may go there, 1 to 1000", errors)
            ?.ReadNumber(errors, "a whole number from 1 to 1000", n => n is >= 1 and <= 1000 && n == decimal.Truncate(n));
        var delay = link["minDelay"] is { } d ? d.ReadDuration(errors, zero: true) : default(Duration);
        return to is null || visits is null || delay is null ? null
            : new LinkStep(source.Id, source.Next, to, (int)visits.Value, delay.Value);
    }
}
