using System.Globalization;
using Segue.Simulation;

namespace Segue.Http.Simulations;

/// <summary>What a simulation showed, for people: sends, cost and who.</summary>
public sealed record SimulationReport
{
    private const int PeopleShown = 200;

    /// <summary>The journey.</summary>
    public required string Journey { get; init; }

    /// <summary>First moment.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>The end, exclusive.</summary>
    public required DateTimeOffset Until { get; init; }

    /// <summary>ISO 4217 code of all money.</summary>
    public required string Currency { get; init; }

    /// <summary>Mails that would have gone.</summary>
    public required int Sends { get; init; }

    /// <summary>Customers who would have got any.</summary>
    public required int Customers { get; init; }

    /// <summary>Customers who were due one and have no address or consent.</summary>
    public required int Unreachable { get; init; }

    /// <summary>Runs begun, held out or not.</summary>
    public required int Entered { get; init; }

    /// <summary>Runs left alone.</summary>
    public required int HeldOut { get; init; }

    /// <summary>Runs whose customer bought within the goal's window, without these mails.</summary>
    public required int PurchasesAnyway { get; init; }

    /// <summary>The smallest change of the share that buys which this could show, in percentage points; or null.</summary>
    public required double? SmallestUplift { get; init; }

    /// <summary>What a mail costs, or null where no setting says.</summary>
    public decimal? CostPerMail { get; init; }

    /// <summary>What all cost, or null where no setting says.</summary>
    public decimal? Cost => CostPerMail * Sends;

    /// <summary>Every day of the period, UTC.</summary>
    public required IReadOnlyList<DaySends> ByDay { get; init; }

    /// <summary>By step, in the order of its first mail.</summary>
    public required IReadOnlyList<StepSends> ByStep { get; init; }

    /// <summary>The first mails, by time.</summary>
    public required IReadOnlyList<MailTo> Who { get; init; }

    /// <summary>Puts a simulation of one journey in this form.</summary>
    public static SimulationReport Of(SimulationResult result, string journey, string currency)
    {
        ArgumentNullException.ThrowIfNull(result);
        var own = result.ByJourney[journey];
        var byDay = result.Sends.CountBy(s => s.At.UtcDateTime.Date).ToDictionary();
        var days = (int)Math.Ceiling((result.Until.UtcDateTime - result.From.UtcDateTime.Date).TotalDays);
        return new()
        {
            Journey = journey,
            From = result.From,
            Until = result.Until,
            Currency = currency,
            Sends = result.Sends.Count,
            Customers = result.Customers,
            Unreachable = result.Unreachable,
            Entered = own.Entered,
            HeldOut = own.HeldOut,
            PurchasesAnyway = own.PurchasesAnyway,
            SmallestUplift = own.SmallestUplift,
            ByDay = [.. Enumerable.Range(0, days).Select(d => result.From.UtcDateTime.Date.AddDays(d))
                .Select(d => new DaySends(d.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), byDay.GetValueOrDefault(d)))],
            ByStep = [.. result.Sends.CountBy(s => s.Step).Select(s => new StepSends(s.Key, s.Value))],
            Who = [.. result.Sends.Take(PeopleShown).Select(s => new MailTo(s.CustomerId, s.At, s.Step, s.Reason))],
        };
    }
}

/// <summary>Mails of a day.</summary>
public sealed record DaySends(string Day, int Sends);

/// <summary>Mails of a step.</summary>
public sealed record StepSends(string Step, int Sends);

/// <summary>One mail.</summary>
public sealed record MailTo(string CustomerId, DateTimeOffset At, string Step, string Reason);
