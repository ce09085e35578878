using Segue.Simulation;

namespace Segue.Http.Reports;

/// <summary>What the dashboard shows beyond figures: who stands where, and what a journey would do.</summary>
public interface IShopInsights
{
    /// <summary>Where all customers stand.</summary>
    Task<SegmentMap> MapAsync(CancellationToken cancellation);

    /// <summary>The calibration in force, and what members of segments and clusters are like.</summary>
    Task<CalibrationReport> CalibrationAsync(CancellationToken cancellation);

    /// <summary>A journey with its steps and who is at each, or null where there is none.</summary>
    Task<JourneyDetail?> JourneyAsync(string id, CancellationToken cancellation);

    /// <summary>Who is where in a journey: how many at each step of each version, and a page of them; null where there is none.</summary>
    Task<JourneyPeople?> PeopleAsync(PeopleWish wish, CancellationToken cancellation);

    /// <summary>Replays history through journeys; sends nothing.</summary>
    /// <exception cref="Segue.Http.Journeys.JourneyNotFoundException">There is no such journey.</exception>
    Task<SimulationResult> SimulateAsync(SimulationRequest request, IProgress<SimulationProgress> progress, CancellationToken cancellation);

    /// <summary>ISO 4217 code of all money, and what a mail costs; null where no setting says.</summary>
    Task<(string Currency, decimal? PerMail)> MoneyAsync(CancellationToken cancellation);
}
