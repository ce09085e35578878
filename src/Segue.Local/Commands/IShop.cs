using Segue.Http.Campaigns;
using Segue.Http.Customers;
using Segue.Http.Journeys;
using Segue.Http.Reports;
using Segue.Local.DeadLetters;
using Segue.Local.Serving;
using Segue.Local.Storage;
using Segue.Ports;

namespace Segue.Local.Commands;

/// <summary>Opens shops for the commands.</summary>
public interface IShopOpener
{
    /// <summary>Opens the product on a data folder.</summary>
    /// <exception cref="RefusedException">The folder, its lock or the campaigns folder stand against it.</exception>
    Task<IShop> OpenAsync(ShopOptions options, CancellationToken cancellation);

    /// <summary>Opens what switches journeys; where a server holds the data folder, that is asked.</summary>
    /// <exception cref="RefusedException">The folder, its lock or the campaigns folder stand against it.</exception>
    Task<ISwitchboard> OpenSwitchboardAsync(ShopOptions options, CancellationToken cancellation);

    /// <summary>The dead letters of a data folder; the oldest number first.</summary>
    /// <param name="data">The data folder; a server may hold it.</param>
    /// <param name="queue">Those of one queue, or null for all.</param>
    /// <exception cref="RefusedException">There is no data.</exception>
    IReadOnlyList<DeadLetter> ListDeadLetters(string data, string? queue);

    /// <summary>Opens what replays and drops them; where a server holds the data folder, that is asked.</summary>
    /// <exception cref="RefusedException">The folder or its lock stand against it.</exception>
    IDeadLetters OpenDeadLetters(string data);

    /// <summary>How a journey's file differs from the version in force; where it does not, how that differs from the one before.</summary>
    /// <exception cref="RefusedException">There is no data, or no such journey.</exception>
    Task<DiffResult> DiffAsync(string data, string campaigns, string journey, CancellationToken cancellation);

    /// <summary>Opens what publishes campaigns: of a server elsewhere, of the server that holds the data folder, or of the folder itself.</summary>
    /// <param name="options">The data folder, and the campaigns folder for data that has none in force yet.</param>
    /// <param name="to">The server elsewhere, or null.</param>
    /// <param name="cancellation">Gives up the call.</param>
    /// <exception cref="RefusedException">The folder or its lock stand against it.</exception>
    Task<IPublishing> OpenPublishingAsync(ShopOptions options, Uri? to, CancellationToken cancellation);

    /// <summary>Checks a campaigns folder. Needs no data.</summary>
    ValidateResult Validate(string campaigns);
}

/// <summary>Which shop to open.</summary>
/// <param name="Data">The data folder; made where there is none.</param>
/// <param name="Campaigns">The campaigns folder.</param>
/// <param name="Writes">Whether it will be written to: only one process at a time may.</param>
public sealed record ShopOptions(string Data, string Campaigns, bool Writes);

/// <summary>Journeys to switch: in the data folder, or through the server that holds it.</summary>
public interface ISwitchboard : IJourneyControl, IAsyncDisposable;

/// <summary>Publishes campaigns: in the data folder, or through a server.</summary>
public interface IPublishing : ICampaignDesk, IAsyncDisposable;

/// <summary>The product, opened: one member per command.</summary>
public interface IShop : ISwitchboard
{
    /// <summary>Brings a file in.</summary>
    Task<ImportResult> ImportAsync(ImportRequest request, IProgress<WorkDone> progress, CancellationToken cancellation);

    /// <summary>Replays history in a copy of the data; sends nothing.</summary>
    Task<SimulateResult> SimulateAsync(SimulateRequest request, IProgress<WorkDone> progress, CancellationToken cancellation);

    /// <summary>Counts by segment and stage.</summary>
    /// <param name="at">The moment; null is now.</param>
    /// <param name="cancellation">Gives up the call.</param>
    Task<SegmentsResult> SegmentsAsync(DateTimeOffset? at, CancellationToken cancellation);

    /// <summary>Makes a calibration and publishes it, unless it moves so many that it waits for approval.</summary>
    Task<CalibrateResult> CalibrateAsync(IProgress<WorkDone> progress, CancellationToken cancellation);

    /// <summary>The calibrations that were made, newest first.</summary>
    Task<IReadOnlyList<CalibrateResult>> CalibrationsAsync(CancellationToken cancellation);

    /// <summary>Approves a calibration that waits, or goes back to an earlier one.</summary>
    /// <exception cref="RefusedException">There is none of that id.</exception>
    Task<CalibrateResult> PutCalibrationInForceAsync(string id, string by, CancellationToken cancellation);

    /// <summary>The totals of every journey.</summary>
    Task<JourneysReport> ReportAsync(CancellationToken cancellation);

    /// <summary>What one journey did and earned.</summary>
    /// <exception cref="JourneyNotFoundException">There is none of that id.</exception>
    Task<JourneyReport> ReportAsync(string journey, AttributionRule attribution, CancellationToken cancellation);

    /// <summary>Who is where in a journey.</summary>
    /// <exception cref="JourneyNotFoundException">There is none of that id, and nobody under way in one.</exception>
    Task<JourneyPeople> PeopleAsync(PeopleWish wish, CancellationToken cancellation);

    /// <summary>A step's mail as a customer would get it now.</summary>
    /// <exception cref="RefusedException">There is no such journey, step or customer, or the mail would be refused.</exception>
    Task<RenderedEmail> PreviewAsync(string journey, string step, string customer, CancellationToken cancellation);

    /// <summary>Sends a trial copy of a step's mail.</summary>
    /// <param name="journey">The journey's id.</param>
    /// <param name="step">The step's id.</param>
    /// <param name="address">Where to; null is the settings' seed list.</param>
    /// <param name="locale">The language, or null.</param>
    /// <param name="cancellation">Gives up the call.</param>
    /// <exception cref="RefusedException">There is no such journey or step, or the mail would be refused.</exception>
    Task<IReadOnlyList<TestSendResult>> TestSendAsync(
        string journey, string step, string? address, string? locale, CancellationToken cancellation);

    /// <summary>Fits the models of predicted value.</summary>
    /// <exception cref="RefusedException">The orders don't determine them.</exception>
    Task<ClvResult> ClvAsync(ClvRequest request, IProgress<WorkDone> progress, CancellationToken cancellation);

    /// <summary>One customer, or null.</summary>
    Task<CustomerView?> CustomerAsync(string id, CancellationToken cancellation);

    /// <summary>
    /// Makes the demo shop where the data folder is empty, or its making was cut off; null where there is data already.
    /// </summary>
    Task<DemoResult?> EnsureDemoAsync(IProgress<WorkDone> progress, CancellationToken cancellation);

    /// <summary>What serving needs.</summary>
    ServedParts Parts { get; }
}

/// <summary>How far a long command has come.</summary>
/// <param name="Doing">What it is at, in a few words.</param>
/// <param name="Done">How much of it is done, in its own unit.</param>
/// <param name="Total">How much there is, or null where nobody knows.</param>
public readonly record struct WorkDone(string Doing, long Done, long? Total);
