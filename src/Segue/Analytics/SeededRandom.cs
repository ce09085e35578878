namespace Segue.Analytics;

/// <summary>
/// Numbers that look drawn and are the same for the same seed on every machine: SplitMix64 (G. L. Steele, D. Lea and
/// C. H. Flood, "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014).
/// </summary>
/// <param name="seed">Any number.</param>
public struct SeededRandom(ulong seed)
{
    private ulong _state = seed;

    /// <summary>64 evenly spread bits.</summary>
    public ulong Next()
    {
        _state += 0x9E3779B97F4A7C15;
        var z = _state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>Evenly spread in [0, 1).</summary>
    public double NextUnit() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Evenly spread in 0 .. <paramref name="below"/> - 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Nothing to choose from.</exception>
    public int NextBelow(int below)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(below, 1);
        return (int)Math.BigMul(Next(), (ulong)below, out _);
    }
}
