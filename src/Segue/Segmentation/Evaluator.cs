using Segue.Customers;
using Segue.Segmentation.Clusters;

namespace Segue.Segmentation;

/// <summary>Segments, tags and lifecycle bounds, compiled: a pure function from facts, calibration and time.</summary>
public sealed class Evaluator
{
    private static readonly IReadOnlyDictionary<string, RuleAnswer> NoTags = new Dictionary<string, RuleAnswer>();

    private readonly SegmentDefinition[] _segments;
    private readonly SegmentDefinition[] _tags;
    private readonly LifecycleSettings _lifecycle;
    private readonly RfmSettings _rfm;
    private readonly ClusterSettings _clusters;
    private readonly (string Key, Func<CustomerSummary, Calibration?, decimal?> Read, RankCondition Condition)[] _ranks;

    /// <summary>Compiles a segments file with the settings beside it.</summary>
    /// <exception cref="ArgumentException">
    /// The settings have <see cref="Lifecycle.Problems">problems</see>, or some segment but the last has no rule.
    /// </exception>
    public Evaluator(SegmentSet set, LifecycleSettings lifecycle, RfmSettings rfm, ClusterSettings? clusters = null)
    {
        ArgumentNullException.ThrowIfNull(set);
        if (Lifecycle.Problems(lifecycle) is [var problem, ..])
        {
            throw new ArgumentException(problem, nameof(lifecycle));
        }

        if (set.Segments.Count == 0 || set.Segments.SkipLast(1).Concat(set.Tags).Any(s => s.When is null))
        {
            throw new ArgumentException("There is at least one segment, and only the last has no rule.", nameof(set));
        }

        _segments = [.. set.Segments];
        _tags = [.. set.Tags];
        _lifecycle = lifecycle;
        _rfm = rfm;
        _clusters = clusters ?? new();
        _ranks = [.. Needs([]).Ranks.Where(r => r.Exit is not null).Select(r => (r.Key, Fields.Ranked(r.Field), new RankCondition(r)))];
    }

    /// <summary>In order; the first whose rule holds is a customer's segment.</summary>
    public IReadOnlyList<SegmentDefinition> Segments => _segments;

    /// <summary>In order.</summary>
    public IReadOnlyList<SegmentDefinition> Tags => _tags;

    /// <summary>The bounds between stages.</summary>
    public LifecycleSettings LifecycleSettings => _lifecycle;

    /// <summary>Where the customer stands at <paramref name="now"/>, and until when.</summary>
    public Evaluation Evaluate(CustomerSummary customer, Calibration? calibration, DateTimeOffset now) =>
        Evaluate(customer, calibration, now, out _);

    /// <summary>What a rule elsewhere, such as a journey's split, may look at: facts, tags and the segment.</summary>
    public RuleContext ContextFor(CustomerSummary customer, Calibration? calibration, DateTimeOffset now)
    {
        var evaluation = Evaluate(customer, calibration, now, out var context);
        var groups = new Dictionary<string, RuleAnswer>(context.Tags);
        foreach (var segment in _segments)
        {
            groups[segment.Id] = new(segment.Id == evaluation.Segment, evaluation.ChangesAt);
        }

        return context with { Tags = groups };
    }

    /// <summary>
    /// An empty sketch that collects what these segments and tags, and <paramref name="others"/> such as the rules of
    /// journeys, need of a calibration.
    /// </summary>
    /// <param name="others">More rules.</param>
    /// <param name="asOf">See <see cref="Calibration.AsOf"/>.</param>
    public CalibrationSketch NewSketch(IEnumerable<Rule>? others = null, DateTimeOffset? asOf = null)
    {
        var needs = Needs(others ?? []);
        return new()
        {
            AsOf = asOf,
            Clusters = _clusters,
            Bounds = _lifecycle,
            MonetaryIsAverage = _rfm.MonetaryIsAverage,
            Ranks = needs.Ranks,
            Scores = needs.Scores,
        };
    }

    /// <summary>What a customer keeps of an evaluation: <see cref="CustomerSummary.Held"/>. Evaluating with or without it gives the same.</summary>
    /// <param name="before">The customer as the last commit left them, so that a cluster is that of the calibration and not of an order since.</param>
    /// <param name="now">The customer with what happened since.</param>
    /// <param name="calibration">The one in force.</param>
    /// <returns>The very same as before where nothing is to be kept anew; null for nothing.</returns>
    public HeldAnswers? Hold(CustomerSummary before, CustomerSummary now, Calibration? calibration)
    {
        ArgumentNullException.ThrowIfNull(now);
        if (now.NoProfilingSince is not null)
        {
            return null;
        }

        if (calibration is null)
        {
            return now.Held;
        }

        var ranks = RanksOf(now, calibration);
        var by = calibration.Clusters is { Clusters.Count: > 0 } ? calibration.Id : null;
        if (by is null && ranks is null)
        {
            return null;
        }

        var held = new HeldAnswers(by, by is null ? null : ClusterModel.Of(before, calibration), ranks);
        return held.SaysTheSameAs(now.Held) ? now.Held : held;
    }

    /// <summary>The ranks that a customer is in, sorted; null for none.</summary>
    public IReadOnlyList<string>? RanksOf(CustomerSummary customer, Calibration calibration)
    {
        ArgumentNullException.ThrowIfNull(customer);
        if (customer.NoProfilingSince is not null)
        {
            return null;
        }

        List<string>? ranks = null;
        foreach (var (key, read, condition) in _ranks)
        {
            if (condition.Holds(read(customer, calibration), calibration, customer.Held?.Ranks))
            {
                (ranks ??= []).Add(key);
            }
        }

        return ranks;
    }

    private CalibrationNeeds Needs(IEnumerable<Rule> others)
    {
        var needs = new CalibrationNeeds();
        foreach (var rule in _segments.Concat(_tags).Select(s => s.When).Concat(others))
        {
            rule?.Ask(needs);
        }

        return needs;
    }

    private Evaluation Evaluate(
        CustomerSummary customer, Calibration? calibration, DateTimeOffset now, out RuleContext context)
    {
        ArgumentNullException.ThrowIfNull(customer);
        if (customer.NoProfilingSince is not null)
        {
            return OfObjector(customer, now, out context);
        }

        var (stage, stageChanges) = Lifecycle.At(customer.Purchases, _lifecycle, calibration, now);
        var answers = _tags.Length == 0 ? NoTags : new TagAnswers(_tags);
        context = new(customer, calibration, now, stage, stageChanges, answers);

        var changes = stageChanges;
        var held = 0;
        for (var i = 0; i < _tags.Length; i++)
        {
            var answer = _tags[i].When!.Evaluate(context);
            ((TagAnswers)answers).Add(answer);
            changes = Moments.Earliest(changes, answer.ChangesAt);
            held += answer.Holds ? 1 : 0;
        }

        for (var i = 0; ; i++)
        {
            var answer = _segments[i].When?.Evaluate(context) ?? new(true, null);
            changes = Moments.Earliest(changes, answer.ChangesAt);
            if (answer.Holds || i == _segments.Length - 1)
            {
                return new(stage, _segments[i].Id, held == 0 ? [] : ((TagAnswers)answers).Held(held), changes);
            }
        }
    }

    /// <summary>
    /// Who objects to profiling keeps their lifecycle stage by the set bounds, with nothing that was learned of others; they have no tag
    /// and stand in the last segment, which takes the rest.
    /// </summary>
    private Evaluation OfObjector(CustomerSummary customer, DateTimeOffset now, out RuleContext context)
    {
        var (stage, changes) = Lifecycle.At(customer.Purchases, _lifecycle, null, now);
        context = new(customer.AsStranger(), null, now, stage, changes, _tags.ToDictionary(t => t.Id, _ => new RuleAnswer(false, null)));
        return new(stage, _segments[^1].Id, [], changes);
    }
}
