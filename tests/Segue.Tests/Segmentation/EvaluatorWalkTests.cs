using FsCheck;
using FsCheck.Fluent;
using Segue.Customers;
using Segue.Orders;
using Segue.Segmentation;
using Segue.Tests.Support;

namespace Segue.Tests.Segmentation;

/// <summary>Who is looked at only when their answer says it will change must have the same history as who is looked at always.</summary>
public sealed class EvaluatorWalkTests
{
    private const int Days = 100;

    private static Gen<string> Comparison(int most) =>
        from op in Gen.Elements(">= ", "> ", "<= ", "< ", "not >= ", "")
        from n in Gen.Choose(0, most)
        select $"\"{op}{n}\"";

    private static Gen<string> Value(int least, int most) => Gen.OneOf(
        Comparison(most),
        from a in Gen.Choose(least, most)
        from b in Gen.Choose(a, most)
        from not in Gen.Elements("", "not ")
        select $"{not}{a}..{b}",
        from a in Gen.Choose(least, most)
        from b in Gen.Choose(least, most)
        from c in Gen.Choose(least, most)
        select $"[{a}, {Math.Min(b, c)}..{Math.Max(b, c)}]");

    private static Gen<string> Score { get; } =
        from a in Gen.Choose(1, 5)
        from b in Gen.Choose(a, 5)
        from not in Gen.Elements("", "not ")
        select $"{not}{a}..{b}";

    private static Gen<string> Field(string? tag) => Gen.OneOf(
        Value(0, 120).Select(v => $"daysSinceLastOrder: {v}"),
        Value(0, 120).Select(v => $"daysSinceFirstOrder: {v}"),
        Score.Select(v => $"recency: {v}"),
        Score.Select(v => $"frequency: {v}"),
        Value(0, 4).Select(v => $"orders: {v}"),
        Gen.Elements("at risk", "not new", "[churned, won back]", "active", "'not [active, prospect]'").Select(v => $"stage: {v}"),
        Gen.Elements("top 10%", "not top 10%").Select(v => $"spend: {v}"),
        tag is null ? Gen.Constant("reachable: true") : Gen.Elements(tag, "not " + tag).Select(v => $"tag: {v}"));

    private static Gen<string> Rule(int depth, string? tag) => depth == 0
        ? Field(tag).Select(f => $"{{ {f} }}")
        : Gen.OneOf(
            Field(tag).Select(f => $"{{ {f} }}"),
            Rule(depth - 1, tag).Select(r => $"{{ not: {r} }}"),
            from key in Gen.Elements("all", "any")
            from rules in Rule(depth - 1, tag).ArrayOf(3)
            select $"{{ {key}: [ {string.Join(", ", rules)} ] }}");

    private static Gen<string> File { get; } =
        from a in Rule(2, "t")
        from b in Rule(2, "u")
        from t in Rule(2, null)
        from u in Rule(1, "t")
        select $"""
            segments:
              - id: a
                when: {a}
              - id: b
                when: {b}
              - id: c
            tags:
              - id: t
                when: {t}
              - id: u
                when: {u}
            """;

    private static Gen<CustomerSummary> Customer { get; } =
        from orders in Gen.Choose(0, 6)
        from last in Gen.Choose(-86_400, 60 * 86_400)
        from span in Gen.Choose(0, 90 * 86_400)
        from spend in Gen.Choose(0, 200)
        from wonBack in Gen.Elements(true, false)
        from offset in Gen.Choose(-12, 14)
        let lastAt = Given.Start.AddSeconds(-last).ToOffset(TimeSpan.FromHours(offset))
        select new CustomerSummary
        {
            Reachable = wonBack,
            Purchases = orders == 0 ? PurchaseSummary.None : new()
            {
                Orders = orders,
                TotalSpend = spend,
                LastOrderAt = lastAt,
                FirstOrderAt = orders == 1 ? lastAt : lastAt.AddSeconds(-span),
                WonBackAt = wonBack && orders > 1 ? lastAt : null,
            },
        };

    private static Gen<Calibration?> Calibrated { get; } =
        from cuts in Gen.Choose(0, 100 * 86_400).ArrayOf(4)
        from silence in Gen.Choose(0, 90)
        from usual in Gen.Choose(0, 90)
        from none in Gen.Choose(0, 4)
        let sorted = cuts.Order().ToArray()
        select none == 0 ? null : Given.Calibration(("spend top 10%", 100)) with
        {
            CutPoints = new Dictionary<string, Quintiles>
            {
                ["recency"] = new(sorted[0], sorted[1], sorted[2], sorted[3]),
                ["frequency"] = new(1, 1, 2, 3),
                ["monetary"] = new(10, 20, 50, 100),
            },
            ReturnSilence = none == 1 ? null : TimeSpan.FromDays(silence),
            UsualGap = none == 2 ? null : TimeSpan.FromDays(usual),
        };

    [Fact]
    public void Evaluate_WalkedFromChangeToChange_IsTheHistoryOfEveryHour() =>
        Prop.ForAll(File.ToArbitrary(), Customer.ToArbitrary(), Calibrated.ToArbitrary(), (file, customer, calibration) =>
        {
            var evaluator = Given.Evaluator(file);
            var hour = Given.Start;
            var end = hour.AddDays(Days);
            for (DateTimeOffset? at = Given.Start; at < end;)
            {
                var now = evaluator.Evaluate(customer, calibration, at.Value);
                if (now.ChangesAt <= at)
                {
                    return false;
                }

                var next = now.ChangesAt is { } changes && changes < end ? changes : end;
                while (hour < at)
                {
                    hour = hour.AddHours(1);
                }

                for (; hour < next; hour = hour.AddHours(1))
                {
                    if (!Same(now, evaluator.Evaluate(customer, calibration, hour)))
                    {
                        return false;
                    }
                }

                if (!Same(now, evaluator.Evaluate(customer, calibration, next.AddTicks(-1))))
                {
                    return false;
                }

                at = next;
            }

            return true;
        }).Holds();

    [Fact]
    public void Evaluate_RandomRules_ChangesSeldomAlterNothing()
    {
        // Early is allowed, but a wake-up that changes nothing costs a message: no more of them than of the others.
        int real = 0, idle = 0;
        Prop.ForAll(File.ToArbitrary(), Customer.ToArbitrary(), Calibrated.ToArbitrary(), (file, customer, calibration) =>
        {
            var evaluator = Given.Evaluator(file);
            var now = evaluator.Evaluate(customer, calibration, Given.Start);
            while (now.ChangesAt is { } changes)
            {
                var then = evaluator.Evaluate(customer, calibration, changes);
                (real, idle) = Same(now, then) ? (real, idle + 1) : (real + 1, idle);
                now = then;
            }
        }).Holds();
        Assert.InRange(real, idle, int.MaxValue);
    }

    private static bool Same(Evaluation a, Evaluation b) =>
        a.Stage == b.Stage && a.Segment == b.Segment && a.Tags.SequenceEqual(b.Tags);
}
