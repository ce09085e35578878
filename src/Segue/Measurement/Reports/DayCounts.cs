namespace Segue.Measurement.Reports;

/// <summary>What the facts of some days add up to. Two of them can be added, so days make months, and months everything.</summary>
internal sealed class DayCounts
{
    /// <summary>By how much segments changed.</summary>
    public Dictionary<string, GroupCounts> Segments { get; set; } = [];

    /// <summary>By how much stages changed.</summary>
    public Dictionary<string, GroupCounts> Stages { get; set; } = [];

    /// <summary>What happened in journeys, by journey, step, variant and segment at entry: see <see cref="CellKey"/>.</summary>
    public Dictionary<string, CellCounts> Cells { get; set; } = [];

    /// <summary>By how much arms changed, by experiment, arm and segment at the first entry: see <see cref="ArmKey"/>.</summary>
    public Dictionary<string, ArmCounts> Arms { get; set; } = [];

    /// <summary>How runs ended, by journey and reason.</summary>
    public Dictionary<string, int> Exits { get; set; } = [];

    /// <summary>Moves between segments, by the one left (empty for none) and the one entered.</summary>
    public Dictionary<string, int> Moves { get; set; } = [];

    /// <summary>By how much the customers changed whose last answer is this one, by survey and answer.</summary>
    public Dictionary<string, int> Answers { get; set; } = [];

    /// <summary>The newest mails, newest first.</summary>
    public List<LatelyMail> Lately { get; set; } = [];

    /// <summary>When the newest order was placed, or null.</summary>
    public DateTimeOffset? LastOrderAt { get; set; }

    /// <summary>Mails kept in <see cref="Lately"/>.</summary>
    public const int LatelyKept = 12;

    /// <summary>Separates the parts of keys; no id has it.</summary>
    public const char Separator = '|';

    /// <summary>A cell's key.</summary>
    public static string CellKey(string? journey, string? step, string? variant, string? segment) =>
        string.Join(Separator, journey, step, variant, segment);

    /// <summary>An arm's key.</summary>
    public static string ArmKey(ExperimentArm arm, string? segment) => string.Join(Separator, arm.Experiment, arm.Arm, segment);

    /// <summary>Adds what other days came to.</summary>
    public void Add(DayCounts other)
    {
        foreach (var (key, counts) in other.Segments)
        {
            Of(Segments, key).Add(counts, 1);
        }

        foreach (var (key, counts) in other.Stages)
        {
            Of(Stages, key).Add(counts, 1);
        }

        foreach (var (key, counts) in other.Cells)
        {
            Of(Cells, key).Add(counts);
        }

        foreach (var (key, counts) in other.Arms)
        {
            Of(Arms, key).Add(counts);
        }

        AddTo(Exits, other.Exits);
        AddTo(Moves, other.Moves);
        AddTo(Answers, other.Answers);
        foreach (var mail in other.Lately)
        {
            Add(mail);
        }

        Ordered(other.LastOrderAt);
    }

    /// <summary>Keeps a mail, if it is among the newest.</summary>
    public void Add(LatelyMail mail)
    {
        Lately.Add(mail);
        Lately.Sort((a, b) => b.At != a.At ? b.At.CompareTo(a.At) : string.CompareOrdinal(a.SendId, b.SendId));
        if (Lately.Count > LatelyKept)
        {
            Lately.RemoveAt(LatelyKept);
        }
    }

    /// <summary>Notes an order's moment.</summary>
    public void Ordered(DateTimeOffset? at) => LastOrderAt = at > LastOrderAt || LastOrderAt is null ? at : LastOrderAt;

    /// <summary>The entry of a key, made where it is missing.</summary>
    public static T Of<T>(Dictionary<string, T> all, string key)
        where T : new()
    {
        if (!all.TryGetValue(key, out var one))
        {
            all.Add(key, one = new());
        }

        return one;
    }

    private static void AddTo(Dictionary<string, int> sums, Dictionary<string, int> others)
    {
        foreach (var (key, number) in others)
        {
            sums[key] = sums.GetValueOrDefault(key) + number;
        }
    }
}

/// <summary>A mail of late.</summary>
internal sealed record LatelyMail(DateTimeOffset At, string CustomerId, string Journey, string Step, string Status, string SendId);

/// <summary>What customers of a segment or stage add up to.</summary>
internal sealed class GroupCounts
{
    public int Customers { get; set; }

    public int Reachable { get; set; }

    public int Orders { get; set; }

    public decimal Revenue { get; set; }

    /// <summary>Adds a customer, or takes one away.</summary>
    public void Add(CustomerTotals totals, int sign)
    {
        Customers += sign;
        Reachable += totals.Reachable ? sign : 0;
        Orders += sign * totals.Orders;
        Revenue += sign * totals.Spend;
    }

    public void Add(GroupCounts other, int sign)
    {
        Customers += sign * other.Customers;
        Reachable += sign * other.Reachable;
        Orders += sign * other.Orders;
        Revenue += sign * other.Revenue;
    }
}
