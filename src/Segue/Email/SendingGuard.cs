using System.Globalization;
using Microsoft.Extensions.Logging;
using Segue.Campaigns;
using Segue.Measurement;
using Segue.Measurement.Reports;
using Segue.Ports;

namespace Segue.Email;

/// <summary>The shares of a week's mails above which a journey stops by itself.</summary>
/// <param name="Bounces">That bounced, 0 to 1.</param>
/// <param name="Complaints">That were called spam, 0 to 1.</param>
public sealed record StopBounds(double Bounces, double Complaints)
{
    /// <summary>What holds unless the settings say otherwise.</summary>
    public static StopBounds Default { get; } = new(0.05, 0.003);

    /// <summary>Fewer mails tell nothing.</summary>
    public const int LeastMails = 200;
}

/// <summary>
/// Pauses a journey whose mails bounce or are called spam too often, after each roll-up of the reports. A person resumes it; what was
/// sent until that day then counts no longer.
/// </summary>
internal sealed class SendingGuard(ITableStore store, ICampaigns campaigns, JourneySwitches switches, TimeProvider clock, ILogger<SendingGuard> logger)
{
    /// <summary>Begins the name under which it switches; the reason follows.</summary>
    public const string By = "automatic stop";

    private const int Days = 7;

    /// <summary>Looks at the last seven days.</summary>
    public async Task LookAsync(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var state = await campaigns.CurrentAsync(cancellation);
        var live = state.Switches.Values.Where(s => s.State == SwitchState.Live).ToList();
        if (live.Count == 0)
        {
            return;
        }

        var days = await new ReportStore(store).DaysFromAsync(KeyOf(now.AddDays(1 - Days)), cancellation);
        foreach (var journey in live)
        {
            var since = journey.Pauses is [.., { Until: { } resumed }] ? KeyOf(resumed) : "";
            var cells = days.Where(d => string.CompareOrdinal(d.Key, since) > 0).SelectMany(d => d.Counts.Cells)
                .Where(c => c.Key.StartsWith(journey.Journey + DayCounts.Separator, StringComparison.Ordinal)).Select(c => c.Value).ToList();
            int Sum(string kind) => cells.Sum(c => c.Count(kind));
            if (WhyStop(state.Set.Settings.StopAt, Sum(FactKinds.Sent), Sum(FactKinds.Bounced), Sum(FactKinds.Complained)) is { } why)
            {
                await switches.PauseAsync(journey.Journey, $"{By}: {why}", cancellation);
                logger.Stopped(journey.Journey, why);
            }
        }
    }

    /// <summary>Why a journey must stop, or null.</summary>
    internal static string? WhyStop(StopBounds bounds, int sent, int bounced, int complained)
    {
        if (sent < StopBounds.LeastMails)
        {
            return null;
        }

        string Said(int number, string what, double bound) => string.Create(
            CultureInfo.InvariantCulture, $"{100d * number / sent:0.##} % of {sent} mails of {Days} days {what}, over {100 * bound:0.##} %");
        return bounced > bounds.Bounces * sent ? Said(bounced, "bounced", bounds.Bounces)
            : complained > bounds.Complaints * sent ? Said(complained, "were called spam", bounds.Complaints)
            : null;
    }

    private static string KeyOf(DateTimeOffset day) => day.UtcDateTime.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
}
