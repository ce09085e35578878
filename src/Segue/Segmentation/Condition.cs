namespace Segue.Segmentation;

/// <summary>What a field's value must be.</summary>
/// <typeparam name="T">The value's type; null where the customer has none, which meets no condition but a negated one.</typeparam>
internal abstract class Condition<T>
{
    /// <summary>Whether the value meets it.</summary>
    public abstract bool Holds(T value, Calibration? calibration);

    /// <summary>Whether the value meets it, of a customer who is in these ranks so far.</summary>
    public virtual bool Holds(T value, Calibration? calibration, IReadOnlyList<string>? held) => Holds(value, calibration);

    /// <summary>Adds what it needs from a calibration.</summary>
    public virtual void Ask(CalibrationNeeds needs)
    {
    }

    /// <summary>Adds the numbers at which its answer may differ from that for the whole number before.</summary>
    public virtual void AddBounds(ICollection<decimal> bounds)
    {
    }

    /// <summary>
    /// Compiles a value; <paramref name="leaf"/> answers for literals, comparisons, ranges and ranks, and with null
    /// after it has added an error.
    /// </summary>
    public static Condition<T>? Compile(RuleValue value, Func<RuleValue, Condition<T>?> leaf)
    {
        switch (value)
        {
            case NotValue not:
                return Compile(not.Inner, leaf) is { } inner ? new NotCondition<T>(inner) : null;
            case AnyValue any:
                var conditions = any.Values.Select(v => Compile(v, leaf)).ToArray();
                return Array.TrueForAll(conditions, t => t is not null) ? new AnyCondition<T>(conditions!) : null;
            default:
                return leaf(value);
        }
    }
}

/// <summary>Met when another is not.</summary>
internal sealed class NotCondition<T>(Condition<T> inner) : Condition<T>
{
    public override bool Holds(T value, Calibration? calibration) => !inner.Holds(value, calibration);

    public override bool Holds(T value, Calibration? calibration, IReadOnlyList<string>? held) => !inner.Holds(value, calibration, held);

    public override void Ask(CalibrationNeeds needs) => inner.Ask(needs);

    public override void AddBounds(ICollection<decimal> bounds) => inner.AddBounds(bounds);
}

/// <summary>Met when any is.</summary>
internal sealed class AnyCondition<T>(Condition<T>[] conditions) : Condition<T>
{
    public override bool Holds(T value, Calibration? calibration) => Holds(value, calibration, null);

    public override bool Holds(T value, Calibration? calibration, IReadOnlyList<string>? held)
    {
        foreach (var condition in conditions)
        {
            if (condition.Holds(value, calibration, held))
            {
                return true;
            }
        }

        return false;
    }

    public override void Ask(CalibrationNeeds needs) => Array.ForEach(conditions, condition => condition.Ask(needs));

    public override void AddBounds(ICollection<decimal> bounds) => Array.ForEach(conditions, condition => condition.AddBounds(bounds));
}

/// <summary>Met by numbers between two bounds, each in or out; null is no bound.</summary>
internal sealed class NumberCondition(decimal? low, bool lowIn, decimal? high, bool highIn) : Condition<decimal?>
{
    public override bool Holds(decimal? value, Calibration? calibration) =>
        value is { } v
        && (low is not { } l || (lowIn ? v >= l : v > l))
        && (high is not { } h || (highIn ? v <= h : v < h));

    public override void AddBounds(ICollection<decimal> bounds)
    {
        if (low is { } l)
        {
            bounds.Add(lowIn ? l : l + 1);
        }

        if (high is { } h)
        {
            bounds.Add(highIn ? h + 1 : h);
        }
    }
}

/// <summary>
/// Met by what is in a rank of the last calibration; by nothing before there is one that knows it. Who is in it leaves only below where it ends
/// (<see cref="Calibration.RankExits"/>).
/// </summary>
internal sealed class RankCondition(RankRequest rank) : Condition<decimal?>
{
    private readonly string _key = rank.Key;

    public override bool Holds(decimal? value, Calibration? calibration) => Holds(value, calibration, null);

    public override bool Holds(decimal? value, Calibration? calibration, IReadOnlyList<string>? held) =>
        value is { } v && calibration is not null && calibration.Ranks.TryGetValue(_key, out var least)
        && (rank.Average ? v > least : v >= least || (held?.Contains(_key) == true && calibration.RankExits.TryGetValue(_key, out var end) && v >= end));

    public override void Ask(CalibrationNeeds needs) => needs.Add(rank);
}

/// <summary>Met by one text, whatever its case.</summary>
internal sealed class TextCondition(string text) : Condition<string?>
{
    public override bool Holds(string? value, Calibration? calibration) =>
        string.Equals(value, text, StringComparison.OrdinalIgnoreCase);
}

/// <summary>Met by texts that are numbers and meet a condition as such.</summary>
internal sealed class NumberInTextCondition(Condition<decimal?> number) : Condition<string?>
{
    public override bool Holds(string? value, Calibration? calibration) =>
        Numbers.TryParse(value, out var parsed) && number.Holds(parsed, calibration);
}
