namespace Segue.Tests.Simulation;

/// <summary>A way by which a function comes to one of its port calls, with one place where a run comes by it.</summary>
/// <param name="Path">The function and all points passed up to this one: calls of one path stand at one place in the code.</param>
/// <param name="Delivery">A delivery that comes by.</param>
/// <param name="Call">Its how-manieth call that is; 0 is the delivery itself.</param>
/// <param name="Point">The point, as in <see cref="FaultCoverage"/>.</param>
/// <param name="Kinds">What can go wrong there.</param>
internal sealed record MatrixCell(string Path, string Delivery, int Call, string Point, IReadOnlyList<FaultKind> Kinds)
{
    /// <summary>The function and the point, without the way there.</summary>
    public string Place => $"{Path[..Path.IndexOf(':', StringComparison.Ordinal)]}: {Point}";
}

/// <summary>Nothing goes wrong; writes down by which ways port calls are come to.</summary>
/// <param name="seed">Decides who runs when.</param>
internal sealed class ObservingPlan(ulong seed) : FaultPlan(seed, FaultRates.None)
{
    private readonly Dictionary<ulong, string> ways = [];
    private readonly Dictionary<string, MatrixCell> first = new(StringComparer.Ordinal);
    private readonly Dictionary<string, MatrixCell> last = new(StringComparer.Ordinal);

    /// <summary>Ways found.</summary>
    public int Ways => first.Count;

    /// <summary>
    /// For every way found the first place where the run came by it, and the last: what goes wrong early may heal until the end.
    /// </summary>
    public IEnumerable<MatrixCell> Cells => first.Values.Union(last.Values);

    public override InjectedFault? Draw(ulong thing, Func<string> name, int call, string point, ReadOnlySpan<FaultKind> kinds)
    {
        var way = ways.TryGetValue(thing, out var before) ? before : Function(name());

        // A loop over shards or pages is one place, however often it goes round.
        var path = way.EndsWith($" {point}", StringComparison.Ordinal) ? way : $"{way} {point}";
        ways[thing] = path;
        var cell = last[path] = new(path, name(), call, point, [.. kinds]);
        first.TryAdd(path, cell);

        return null;
    }

    private static string Function(string delivery)
    {
        var end = delivery.IndexOf('/', StringComparison.Ordinal);
        return end < 0 ? $"{delivery}:" : $"{delivery[..end]}:";
    }
}

/// <summary>Exactly one thing goes wrong.</summary>
/// <param name="seed">That of the run in which its place was found.</param>
/// <param name="fault">What goes wrong where.</param>
internal sealed class SingleFaultPlan(ulong seed, InjectedFault fault) : FaultPlan(seed, FaultRates.None)
{
    public override InjectedFault? Draw(ulong thing, Func<string> name, int call, string point, ReadOnlySpan<FaultKind> kinds) =>
        call == fault.Call && point == fault.Point && Injected.Count == 0 && kinds.Contains(fault.Kind) && name() == fault.Delivery
            ? Inject(fault)
            : null;
}
