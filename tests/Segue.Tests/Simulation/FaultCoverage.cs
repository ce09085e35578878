using System.Globalization;
using System.Text;

namespace Segue.Tests.Simulation;

/// <summary>How often each point was passed, and what went wrong there: points are found by running.</summary>
internal sealed class FaultCoverage
{
    private readonly Dictionary<(string Target, string Operation), FaultPoint> points = [];

    /// <summary>All points that were ever called, by name.</summary>
    public IEnumerable<FaultPoint> Points => points.Values.OrderBy(point => point.Name, StringComparer.Ordinal);

    /// <summary>The point, made on first use.</summary>
    public FaultPoint At(string target, string operation)
    {
        if (!points.TryGetValue((target, operation), out var point))
        {
            points[(target, operation)] = point = new($"{target}/{operation}");
        }

        return point;
    }

    /// <summary>Adds another run's counts.</summary>
    public void Add(FaultCoverage other)
    {
        foreach (var ((target, operation), point) in other.points)
        {
            At(target, operation).Add(point);
        }
    }

    /// <summary>One line a point: its calls, and how often each kind of fault struck.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var point in Points)
        {
            text.Append(CultureInfo.InvariantCulture, $"{point.Name}: {point.Calls:N0} calls");
            foreach (var kind in Enum.GetValues<FaultKind>().Where(kind => kind != FaultKind.None && point[kind] > 0))
            {
                text.Append(CultureInfo.InvariantCulture, $", {kind} {point[kind]:N0}");
            }

            text.Append('\n');
        }

        return text.ToString();
    }
}

/// <summary>One place where things can go wrong.</summary>
internal sealed class FaultPoint(string name)
{
    private readonly long[] counts = new long[Enum.GetValues<FaultKind>().Length];

    /// <summary>Table and operation, e.g. <c>Customers/commit</c>.</summary>
    public string Name => name;

    /// <summary>How often it was passed, with or without a fault.</summary>
    public long Calls => counts.Sum();

    /// <summary>How often this kind struck.</summary>
    public long this[FaultKind kind] => counts[(int)kind];

    public void Count(FaultKind kind) => counts[(int)kind]++;

    public void Add(FaultPoint other)
    {
        for (var i = 0; i < counts.Length; i++)
        {
            counts[i] += other.counts[i];
        }
    }
}
