using Segue.Campaigns;
using Segue.Customers;
using Segue.Ports;
using Segue.Storage;

namespace Segue.Journeys;

/// <summary>Whom a journey would mail if it went live: what is shown before it does.</summary>
/// <param name="MembersToday">In its segment or with its tag now.</param>
/// <param name="Today">Of them, those that would enter and could be mailed now: none where existing members are skipped.</param>
/// <param name="Within30Days">Those that time alone brings in within 30 days, and that could be mailed.</param>
/// <param name="Unreachable">Those brought in that have no address or consent.</param>
/// <param name="HeldOut">Those brought in that are left alone, to measure against.</param>
public sealed record JourneyForecast(int MembersToday, int Today, int Within30Days, int Unreachable, int HeldOut)
{
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(30);

    /// <summary>Looks through all customers.</summary>
    public static async Task<JourneyForecast> MakeAsync(
        ITableStore store, CampaignState state, Journey journey, DateTimeOffset now, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(journey);
        var forecast = new JourneyForecast(0, 0, 0, 0, 0);
        for (var shard = 0; shard < Shards.Count; shard++)
        {
            await foreach (var row in store.ReadAllAsync(Tables.Summaries, Shards.Text(shard), KeyRange.All, cancellation))
            {
                forecast = forecast.With(RowJson.Unpack(row, SegueJson.Default.SummaryRow), state, journey, now);
            }
        }

        return forecast;
    }

    private JourneyForecast With(SummaryRow row, CampaignState state, Journey journey, DateTimeOffset now)
    {
        if (row.Summary.NoProfilingSince is not null && ProfilingObjection.NeedsProfiling(state.Set, journey))
        {
            return this;
        }

        var standing = state.Set.Evaluator.Evaluate(row.Summary, state.Calibration, now);
        var isMember = standing.IsIn(journey.Enter.Group);
        var entersNow = isMember && journey.Enter.IncludeExisting && now - row.Summary.Purchases.LastOrderAt <= state.Set.Settings.MaxSilence;
        var enters = entersNow;
        for (var was = isMember; !enters && standing.ChangesAt is { } next && next <= now + Ahead; was = standing.IsIn(journey.Enter.Group))
        {
            standing = state.Set.Evaluator.Evaluate(row.Summary, state.Calibration, next);
            enters = !was && standing.IsIn(journey.Enter.Group) && !(next - row.Summary.Purchases.LastOrderAt > state.Set.Settings.MaxSilence);
        }

        var counted = this with { MembersToday = MembersToday + (isMember ? 1 : 0) };
        return !enters ? counted
            : !row.Summary.Reachable ? counted with { Unreachable = Unreachable + 1 }
            : Holdout.IsOf(row.CustomerId, journey.Id, journey.Holdout) || Holdout.IsGlobal(row.CustomerId, state.Set.Settings.GlobalHoldout, now)
                ? counted with { HeldOut = HeldOut + 1 }
            : entersNow ? counted with { Today = Today + 1 }
            : counted with { Within30Days = Within30Days + 1 };
    }
}
