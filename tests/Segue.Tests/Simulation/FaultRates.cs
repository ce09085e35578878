namespace Segue.Tests.Simulation;

/// <summary>How often each kind of fault strikes where it can, from 0 to 1, and how far faults may go.</summary>
internal sealed class FaultRates
{
    private readonly Dictionary<FaultKind, double> rates;

    private FaultRates(Dictionary<FaultKind, double> rates) => this.rates = rates;

    /// <summary>No fault at all.</summary>
    public static FaultRates None { get; } = new([]);

    /// <summary>Some fault at every tenth call; no rejections, which would change what is sent.</summary>
    public static FaultRates Default { get; } = new(new()
    {
        [FaultKind.FailBefore] = 0.015,
        [FaultKind.DoneButThrows] = 0.015,
        [FaultKind.PartlyDone] = 0.01,
        [FaultKind.Conflict] = 0.02,
        [FaultKind.ShortPage] = 0.03,
        [FaultKind.Slow] = 0.03,
        [FaultKind.CrashBefore] = 0.005,
        [FaultKind.CrashAfter] = 0.005,
        [FaultKind.LostLock] = 0.01,
        [FaultKind.Duplicate] = 0.03,
        [FaultKind.Delay] = 0.03,
        [FaultKind.Reorder] = 0.1,
        [FaultKind.ClockSkew] = 0.8,
        [FaultKind.UnknownAccepted] = 0.02,
        [FaultKind.UnknownNotAccepted] = 0.02,
        [FaultKind.TryAfter] = 0.03,
    });

    /// <summary>Faults that one message may suffer, its copies and put-backs included; after that it goes undisturbed.</summary>
    public int MaxFaults { get; init; } = 4;

    /// <summary>The most that a worker's clock is wrong, either way.</summary>
    public TimeSpan MaxSkew { get; init; } = TimeSpan.FromSeconds(3);

    public double this[FaultKind kind] => rates.GetValueOrDefault(kind);

    /// <summary>The same but for one kind.</summary>
    public FaultRates With(FaultKind kind, double rate) => Copy(new(rates) { [kind] = rate });

    /// <summary>All rates times <paramref name="factor"/>, none above 0.2, skew as it was.</summary>
    public FaultRates Times(double factor) => Copy(rates.ToDictionary(
        rate => rate.Key, rate => rate.Key == FaultKind.ClockSkew ? rate.Value : Math.Min(rate.Value * factor, 0.2)));

    private FaultRates Copy(Dictionary<FaultKind, double> changed) => new(changed) { MaxFaults = MaxFaults, MaxSkew = MaxSkew };
}
