using Segue.Files;
using Segue.Http.Journeys;
using Segue.Http.Reports;
using Segue.Segmentation;
using Segue.Simulation;

namespace Segue.Local.Commands;

/// <summary>What came of an import.</summary>
/// <param name="Accepted">Rows kept.</param>
/// <param name="Duplicates">Rows that were known already.</param>
/// <param name="Refused">Rows that are wrong.</param>
/// <param name="Customers">Customers of the accepted rows.</param>
/// <param name="Revenue">Revenue of the accepted rows.</param>
/// <param name="Currency">The currency of it.</param>
/// <param name="RefusedRows">The file that the wrong rows went to, each with its reason; null for none.</param>
public sealed record ImportResult(
    long Accepted, long Duplicates, long Refused, long Customers, decimal Revenue, string Currency, string? RefusedRows)
{
    /// <summary>What people should know of the file: the first refused rows with their reasons, and what looks like a mistake.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];
}

/// <summary>What a simulation showed.</summary>
/// <param name="From">First moment.</param>
/// <param name="Until">The moment before which it ended.</param>
/// <param name="Sends">Mails that would have gone.</param>
/// <param name="Customers">Customers that would have got any.</param>
/// <param name="Unreachable">Customers that were due one and have no address or consent.</param>
/// <param name="ByJourney">The same by journey.</param>
public sealed record SimulateResult(
    DateTimeOffset From,
    DateTimeOffset Until,
    long Sends,
    long Customers,
    long Unreachable,
    IReadOnlyDictionary<string, SimulatedJourney> ByJourney);

/// <summary>Counts by segment and stage.</summary>
/// <param name="At">The moment.</param>
/// <param name="Since">The moment that they are compared with.</param>
/// <param name="Currency">The currency of revenue.</param>
/// <param name="Segments">In the order of the segments file.</param>
/// <param name="Stages">In the order of a customer's life.</param>
public sealed record SegmentsResult(
    DateTimeOffset At, DateTimeOffset Since, string Currency, IReadOnlyList<GroupChange> Segments, IReadOnlyList<GroupChange> Stages);

/// <summary>A segment's or a stage's figures, and how they changed.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">For people.</param>
/// <param name="Customers">Members.</param>
/// <param name="Orders">Their counted orders.</param>
/// <param name="Revenue">Their net spend.</param>
/// <param name="Change">What is to be added to the figures of then to come to those of now.</param>
public sealed record GroupChange(string Id, string Name, int Customers, int Orders, decimal Revenue, FiguresChange Change)
{
    /// <summary>Compares groups with what they were; both lists have the same groups.</summary>
    public static IReadOnlyList<GroupChange> Between(IReadOnlyList<GroupFigures> then, IReadOnlyList<GroupFigures> now) =>
        [.. now.Zip(then, (n, t) => new GroupChange(
            n.Id, n.Name, n.Customers, n.Orders, n.Revenue,
            new(n.Customers - t.Customers, n.Orders - t.Orders, n.Revenue - t.Revenue)))];
}

/// <summary>A difference of figures.</summary>
public sealed record FiguresChange(int Customers, int Orders, decimal Revenue);

/// <summary>A calibration made.</summary>
/// <param name="Id">Its id.</param>
/// <param name="At">The moment it describes.</param>
/// <param name="Customers">Customers that it rests on.</param>
/// <param name="Buyers">Of them, those with a counted order.</param>
/// <param name="CutPoints">The four values that part the fifths, by score.</param>
public sealed record CalibrateResult(
    string Id, DateTimeOffset At, long Customers, long Buyers, IReadOnlyDictionary<string, Quintiles> CutPoints)
{
    /// <summary>Guard rails touched, one sentence each.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary><c>in force</c>, <c>waiting</c> for approval, or <c>kept</c>.</summary>
    public string Status { get; init; } = "in force";

    /// <summary>Customers that it puts in another segment than the calibration before; null where they were not compared.</summary>
    public long? Moved { get; init; }

    /// <summary>Their share of all customers, 0 to 1.</summary>
    public double? MovedShare { get; init; }

    /// <summary>From where to where, largest first.</summary>
    public IReadOnlyList<SegmentMove>? Moves { get; init; }

    /// <summary>Who put it in force; null where it came by itself.</summary>
    public string? By { get; init; }

    /// <summary>All that it learned, with personas; null in a list of calibrations.</summary>
    public CalibrationReport? Learned { get; init; }

    /// <summary>A calibration as results show it.</summary>
    public static CalibrateResult Of(CalibrationVersion version)
    {
        ArgumentNullException.ThrowIfNull(version);
        var made = version.Calibration;
        return new(made.Id, made.At, made.Customers, made.Buyers, made.CutPoints)
        {
            Status = version.State switch
            {
                CalibrationState.InForce => "in force",
                CalibrationState.Waiting => "waiting",
                _ => "kept",
            },
            Moved = version.Comparison?.Moved,
            MovedShare = version.Comparison?.Share,
            Moves = version.Comparison?.Moves,
            By = version.By,
        };
    }
}

/// <summary>The calibrations that were made, newest first.</summary>
public sealed record CalibrationsResult(IReadOnlyList<CalibrateResult> Calibrations);

/// <summary>A journey's new state.</summary>
public sealed record SwitchResult(string Journey, string Status, string By, ForecastResult Forecast);

/// <summary>What is wrong with a campaigns folder.</summary>
public sealed record ValidateResult(bool Valid, IReadOnlyList<FileError> Errors, IReadOnlyList<FileError> Warnings);

/// <summary>What happened in the demo shop's history.</summary>
/// <param name="Overview">How the shop stands at its end.</param>
/// <param name="From">When its history begins.</param>
/// <param name="Example">A customer to look at.</param>
public sealed record DemoResult(
    Overview Overview,
    DateTimeOffset From,
    string? Example);

/// <summary>What <c>diff</c> answers.</summary>
/// <param name="Journey">The journey.</param>
/// <param name="Before">What is compared: the version in force, or the one before it.</param>
/// <param name="After">With what: the file, or the version in force.</param>
/// <param name="Changes">A sentence each.</param>
public sealed record DiffResult(string Journey, string Before, string After, IReadOnlyList<string> Changes);
