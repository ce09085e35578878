using Segue.Campaigns;
using Segue.Http.Reports;
using Segue.Journeys;

namespace Segue.Http.Journeys;

/// <summary>Switches the journeys of a campaigns folder.</summary>
public sealed class JourneyControl(SegueEngine engine) : IJourneyControl
{
    /// <inheritdoc/>
    public async Task<ForecastResult> ForecastAsync(string journey, CancellationToken cancellation)
    {
        var state = await engine.Campaigns.CurrentAsync(cancellation);
        var found = Find(state.Set, journey);
        var forecast = await JourneyForecast.MakeAsync(engine.Ports.Store, state, found, engine.Ports.Clock.GetUtcNow(), cancellation);
        return new(
            found.Id, found.Name, ShopReports.StatusOf(found, state), forecast.MembersToday, forecast.Today,
            forecast.Today + forecast.Within30Days, forecast.HeldOut, forecast.Unreachable);
    }

    /// <inheritdoc/>
    public async Task SwitchAsync(string journey, SwitchTo to, string by, CancellationToken cancellation)
    {
        var set = (await engine.Campaigns.CurrentAsync(cancellation)).Set;
        var found = Find(set, journey);
        if (to == SwitchTo.Live && MarketingCheck.LacksCodes(found, set.Settings))
        {
            throw new JourneySwitchException(
                $"Journey '{found.Id}' offers codes that no checkout knows: say in settings.yaml where they come from, codes: lookup or codes: {{ pool: NAME }}.");
        }

        await (to switch
        {
            SwitchTo.Live => engine.Switches.GoLiveAsync(found, by, engine.Ports.Bus, cancellation),
            SwitchTo.Archived => engine.Switches.ArchiveAsync(found.Id, by, engine.Ports.Bus, cancellation),
            SwitchTo.Paused => engine.Switches.PauseAsync(found.Id, by, cancellation),
            _ => engine.Switches.ResumeAsync(found.Id, by, engine.Ports.Bus, cancellation),
        });
    }

    /// <summary>The journey with this id.</summary>
    /// <exception cref="JourneyNotFoundException">There is none; the message suggests the right one.</exception>
    public static Journey Find(CampaignSet set, string id) => set.Journeys.TryGetValue(id, out var journey) ? journey : throw new JourneyNotFoundException(
        $"There is no journey '{id}'.{Files.Suggestion.For(id, set.Journeys.Keys)}");
}
