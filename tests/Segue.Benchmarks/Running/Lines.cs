using System.Globalization;

namespace Segue.Benchmarks.Running;

/// <summary>A result as a person reads it.</summary>
internal static class Lines
{
    /// <summary>The ratio first, then every figure.</summary>
    public static string Of(Finding m)
    {
        var ratio = m.Ratio is { } median
            ? string.Create(CultureInfo.InvariantCulture, $"ratio {median:G3} ({m.Ratios.Min():G3} to {m.Ratios.Max():G3} in {m.Ratios.Count} rounds{(m.Reach is { } reach ? $", to reach {reach:G3}" : "")})")
            : "no ratio";
        var figures = m.Figures.Select(f => string.Create(CultureInfo.InvariantCulture, $"\n  {f.Key}: {f.Value:G5}"));
        return $"{m.Name}: {m.Work}, beside {m.Beside}: {ratio}{string.Concat(figures)}";
    }
}
