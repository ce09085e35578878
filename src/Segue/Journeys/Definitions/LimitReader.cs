using Segue.Campaigns;

namespace Segue.Journeys.Definitions;

/// <summary>Reads <c>limit</c>.</summary>
internal static class LimitReader
{
    private const string CountExpected = "a whole number from 1 to 1000000";
    private const string PerExpected = "a period from 1m to 31d, such as 1h or 1d";

    public static IReadOnlyList<string> Keys { get; } = ["count", "per"];

    public static JourneyStep? Read(StepSource source, StepReader reader)
    {
        var (limit, errors) = (source.Value, reader.Errors);
        if (!limit.IsMapOf(errors, Keys))
        {
            return null;
        }

        var count = limit.Required("count", "how many may pass in a period, such as 100", errors)
            ?.ReadNumber(errors, CountExpected, n => n is >= 1 and <= 1_000_000 && n == decimal.Truncate(n));
        var per = limit.Required("per", PerExpected, errors) is { } value ? value.ReadDuration(errors) : null;
        if (per is { } p && (p.Elapsed() < TimeSpan.FromMinutes(1) || p.Elapsed() > TimeSpan.FromDays(31)))
        {
            errors.Unexpected(limit["per"]!, PerExpected);
            return null;
        }

        return count is null || per is null ? null : new LimitStep(source.Id, source.Next, (int)count.Value, per.Value);
    }
}
