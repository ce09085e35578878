namespace Segue.Tests.Simulation;

/// <summary>
/// Draws as hashes of what is drawn for. A stream of random numbers would shift for everything after a fault that is left
/// out; a hash stays, and so a run without some of its faults is otherwise much the same run.
/// </summary>
internal static class SeedHash
{
    /// <summary>A hash of a text, the same on every machine (64-bit FNV-1a, mixed).</summary>
    public static ulong Of(string text)
    {
        var hash = 14695981039346656037;
        foreach (var c in text)
        {
            hash = (hash ^ c) * 1099511628211;
        }

        return Mix(hash);
    }

    public static ulong Of(ulong one, ulong other) => Mix(one + (0x9E3779B97F4A7C15 * (other + 1)));

    public static ulong Of(ulong one, ulong other, ulong third) => Of(Of(one, other), third);

    /// <summary>The hash as a number from 0 (inclusive) to 1 (exclusive).</summary>
    public static double Unit(ulong hash) => (hash >> 11) * (1.0 / (1UL << 53));

    /// <summary>The last steps of SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom number generators, 2014).</summary>
    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
