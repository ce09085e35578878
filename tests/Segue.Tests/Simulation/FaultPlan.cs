namespace Segue.Tests.Simulation;

/// <summary>Decides by a seed what goes wrong where, and writes down what it decided. Good for one run.</summary>
/// <param name="seed">The same seed over the same inputs is the same run.</param>
/// <param name="rates">How often; null for <see cref="FaultRates.Default"/>.</param>
/// <param name="only">When given, only these of the seed's faults are injected: how a failing seed is made smaller.</param>
internal class FaultPlan(ulong seed, FaultRates? rates = null, IReadOnlySet<InjectedFault>? only = null)
{
    private readonly List<InjectedFault> injected = [];

    public ulong Seed => seed;

    public FaultRates Rates { get; } = rates ?? FaultRates.Default;

    /// <summary>What was injected so far, in order.</summary>
    public IReadOnlyList<InjectedFault> Injected => injected;

    /// <summary>A plan in which nothing goes wrong; the seed still decides who runs when.</summary>
    public static FaultPlan Undisturbed(ulong seed = 0) => new(seed, FaultRates.None);

    /// <summary>A number drawn for a thing, the same in every run of this seed.</summary>
    public ulong Number(ulong thing, ulong purpose) => SeedHash.Of(seed, thing, purpose);

    /// <summary>Which of <paramref name="kinds"/>, if any, strikes at this call.</summary>
    /// <param name="thing">Hash of whose call it is.</param>
    /// <param name="name">Its name; asked for only when a fault strikes.</param>
    /// <param name="call">Which of its calls.</param>
    /// <param name="point">The call's point.</param>
    /// <param name="kinds">What can go wrong there.</param>
    public virtual InjectedFault? Draw(ulong thing, Func<string> name, int call, string point, ReadOnlySpan<FaultKind> kinds)
    {
        var left = SeedHash.Unit(SeedHash.Of(seed, thing, (ulong)call));
        foreach (var kind in kinds)
        {
            left -= Rates[kind];
            if (left < 0)
            {
                var fault = new InjectedFault(name(), call, point, kind);
                if (only?.Contains(fault) == false)
                {
                    return null;
                }

                return Inject(fault);
            }
        }

        return null;
    }

    /// <summary>Writes down that a fault was injected.</summary>
    protected InjectedFault Inject(InjectedFault fault)
    {
        injected.Add(fault);
        return fault;
    }
}
