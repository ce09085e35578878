using System.Globalization;
using Microsoft.AspNetCore.Http;
using Segue.Http.Health;
using Segue.Ports;

namespace Segue.Http.Reports;

/// <summary><c>GET /api/reports/...</c>: as JSON, or with <c>?format=csv</c> as CSV.</summary>
internal static class ReportRoutes
{
    private const int LongestStep = 31;

    public static Task<IResult> OverviewAsync(
        HttpContext context, IShopReports reports, IHealthProbe health, string? every, string? format, CancellationToken cancellation) =>
        !int.TryParse(every ?? "1", NumberStyles.None, CultureInfo.InvariantCulture, out var days) || days is < 1 or > LongestStep
            ? Task.FromResult(Wrong("every", every, [$"days, from 1 to {LongestStep}"]))
            : AnswerAsync(context, format, async () => Alarmed((await reports.OverviewAsync(cancellation)).Every(days), health.CountDeadLetters()), ReportTables.History);

    public static Task<IResult> ExperimentsAsync(HttpContext context, IShopReports reports, string? format, CancellationToken cancellation) =>
        AnswerAsync(context, format, async () => await reports.ExperimentsAsync(cancellation), ReportTables.Experiments);

    public static Task<IResult> JourneysAsync(HttpContext context, IShopReports reports, string? format, CancellationToken cancellation) =>
        AnswerAsync(context, format, async () => await reports.JourneysAsync(cancellation), ReportTables.Journeys);

    public static Task<IResult> JourneyAsync(
        HttpContext context, IShopReports reports, string id, string? attribution, string? format, CancellationToken cancellation)
    {
        if (!AttributionRules.ByName.TryGetValue(attribution ?? "last-touch", out var rule))
        {
            return Task.FromResult(Wrong("attribution", attribution, AttributionRules.ByName.Keys));
        }

        return AnswerAsync(context, format, () => reports.JourneyAsync(id, rule, cancellation), ReportTables.Journey, $"There is no journey '{id}'.");
    }

    public static Task<IResult> MovementsAsync(HttpContext context, IShopReports reports, string? format, CancellationToken cancellation) =>
        AnswerAsync(context, format, async () => await reports.MovementsAsync(cancellation), ReportTables.Movements);

    /// <summary>What was set aside comes first: nothing mends it but a person.</summary>
    private static Overview Alarmed(Overview overview, long? deadLetters) => deadLetters is not > 0 ? overview : overview with
    {
        Warnings =
        [
            deadLetters == 1
                ? "A message could not be handled and was set aside: 'deadletters list' says why, 'deadletters replay' tries it again."
                : string.Create(CultureInfo.InvariantCulture, $"{deadLetters} messages could not be handled and were set aside: 'deadletters list' says why, 'deadletters replay' tries them again."),
            .. overview.Warnings,
        ],
    };

    private static async Task<IResult> AnswerAsync<T>(
        HttpContext context, string? format, Func<Task<T?>> ask, Func<T, CsvTable> table, string missing = "")
        where T : class
    {
        if (format is not (null or "json" or "csv"))
        {
            return Wrong("format", format, ["json", "csv"]);
        }

        try
        {
            return await ask() is not { } report ? Problems.NotFound(missing)
                : format == "csv" ? Results.Text(table(report).ToString(), "text/csv; charset=utf-8") : ReportJson.Of(report);
        }
        catch (PortUnavailableException e)
        {
            return Problems.Unavailable(context, e);
        }
    }

    private static IResult Wrong(string field, string? found, IEnumerable<string> expected)
    {
        var message = $"Found '{found}'; expected {string.Join(", ", expected)}.";
        return Problems.Faults("The request is wrong", message, [new(0, field, message)]);
    }
}
