using System.Globalization;
using Segue.Journeys;
using Segue.Offers;

namespace Segue.Http.Reports;

/// <summary>Says a journey's steps in words.</summary>
internal static class StepWords
{
    /// <summary>The step with where it leads; no figures.</summary>
    public static StepPicture Of(JourneyStep step)
    {
        ArgumentNullException.ThrowIfNull(step);
        var (kind, title, detail) = Words(step);
        return new(step.Id, kind, title, detail, Links(step), 0, 0, 0, (step as SendStep)?.Email);
    }

    /// <summary>3 days, 36 hours, 2 days and 4 hours.</summary>
    public static string Of(Duration duration)
    {
        var parts = new List<string>();
        Add(parts, duration.Days, "day");
        Add(parts, (int)duration.Time.TotalHours, "hour");
        Add(parts, duration.Time.Minutes, "minute");
        Add(parts, duration.Time.Seconds, "second");
        return parts.Count == 0 ? "no time" : string.Join(" and ", parts);
    }

    private static (string Kind, string Title, string? Detail) Words(JourneyStep step) => step switch
    {
        SendStep send => ("send", $"Send {send.Email}", Detail(send)),
        WaitStep wait => ("wait", $"Wait {Of(wait.For)}", null),
        SplitStep split => ("split", split.Branches.Count == 1 ? $"If {split.Branches[0].If.Words}" : $"Split {split.Branches.Count + 1} ways", null),
        LinkStep link => ("link", $"Back to {link.To}", link.MaxVisits == 1 ? "once at most" : $"{link.MaxVisits} times at most"),
        EndStep end => ("end", $"End: {end.Reason}", null),
        _ => (Kind(step), Kind(step), null),
    };

    private static string Kind(JourneyStep step) => step.GetType().Name.Replace("Step", "", StringComparison.Ordinal).ToLowerInvariant();

    private static string? Detail(SendStep send)
    {
        var about = send.Transactional ? "transactional" : send.Topic is { } topic ? $"topic {topic}" : null;
        return send.Offer is { } offer ? Words(offer) : about;
    }

    private static string Words(Offer offer)
    {
        var what = offer.Percent is { } percent ? string.Create(CultureInfo.InvariantCulture, $"{percent:0.##} % off")
            : offer.Amount is { } amount ? string.Create(CultureInfo.InvariantCulture, $"{amount:0.##} off") : "an offer";
        return $"{what}, valid {Of(offer.ValidFor)}";
    }

    private static List<StepLink> Links(JourneyStep step) => step switch
    {
        SplitStep split => [.. split.Branches.Select(b => new StepLink(b.First, b.If.Words)), new(split.Else, "else")],
        LinkStep link => [new(link.Next, "after that"), new(link.To, "again")],
        EndStep => [],
        _ => [new(step.Next, null)],
    };

    private static void Add(List<string> parts, int number, string unit)
    {
        if (number > 0)
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{number} {unit}{(number == 1 ? "" : "s")}"));
        }
    }
}
