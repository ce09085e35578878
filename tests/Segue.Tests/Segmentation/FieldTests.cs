using Segue.Customers;
using Segue.Segmentation;

namespace Segue.Tests.Segmentation;

public sealed class FieldTests
{
    private static readonly CustomerSummary Regular = Given.Customer(4, 0, 30, 120) with
    {
        Balance = 12.5m,
        Reachable = true,
        Attributes = new Dictionary<string, string> { ["city"] = "Oslo", ["age"] = "42", ["score"] = "-1.5", ["vip"] = "true" },
        Purchases = Given.Customer(4, 0, 30, 120).Purchases with
        {
            FirstOrderAmount = 20,
            LastOrderAmount = 49.9m,
            FirstCategory = "Books",
            SpendByCategory = new Dictionary<string, decimal> { ["Books"] = 30, ["Music"] = 90 },
            ItemsBought = 9,
            Channel = "web",
        },
    };

    private static readonly Calibration Calibrated = Given.Calibration(
        ("spend top 10%", 120), ("spend top 5%", 121), ("spend top 2.5% of at risk", 100), ("firstOrderAmount top 10% of first orders", 20));

    [Theory]
    [InlineData("stage: active", true)]
    [InlineData("stage: [new, active]", true)]
    [InlineData("stage: not active", false)]
    [InlineData("stage: 'not [new, churned]'", true)]
    [InlineData("orders: 4", true)]
    [InlineData("orders: 4.0", true)]
    [InlineData("orders: '4'", true)]
    [InlineData("orders: not 4", false)]
    [InlineData("orders: [1, 2, 4]", true)]
    [InlineData("orders: [1, 2, '> 4']", false)]
    [InlineData("orders: '>= 4'", true)]
    [InlineData("orders: '>=4'", true)]
    [InlineData("orders: '> 4'", false)]
    [InlineData("orders: '<= 4'", true)]
    [InlineData("orders: '< 4'", false)]
    [InlineData("orders: 'not >= 4'", false)]
    [InlineData("orders: 4..9", true)]
    [InlineData("orders: 1..4", true)]
    [InlineData("orders: 1 .. 3", false)]
    [InlineData("orders: not 1..3", true)]
    [InlineData("orders: 'not [1, 2..3, >= 5]'", true)]
    [InlineData("totalSpend: 120.00", true)]
    [InlineData("totalSpend: '> 120'", false)]
    [InlineData("averageOrder: 30", true)]
    [InlineData("lastOrderAmount: 49.9", true)]
    [InlineData("lastOrderAmount: 49.89..49.91", true)]
    [InlineData("firstOrderAmount: '< 20.01'", true)]
    [InlineData("spend: top 10%", true)]
    [InlineData("spend: top 5%", false)]
    [InlineData("spend: not top 5%", true)]
    [InlineData("spend: top 2.5% of at risk", true)]
    [InlineData("spend: top 50% of new", false)] // nobody asked the calibration
    [InlineData("firstOrderAmount: top 10% of first orders", true)]
    [InlineData("firstCategory: books", true)]
    [InlineData("firstCategory: [Music, Films]", false)]
    [InlineData("favouriteCategory: Music", true)]
    [InlineData("favouriteCategory: not Music", false)]
    [InlineData("categoryShare: 0.75", true)]
    [InlineData("categoryShare: '>= 75%'", true)]
    [InlineData("categoryShare: 80%..100%", false)]
    [InlineData("itemsBought: '> 8'", true)]
    [InlineData("channel: WEB", true)]
    [InlineData("channel: not store", true)]
    [InlineData("balance: '> 0'", true)]
    [InlineData("balance: -5..12.5", true)]
    [InlineData("reachable: true", true)]
    [InlineData("reachable: false", false)]
    [InlineData("reachable: not false", true)]
    [InlineData("daysSinceFirstOrder: 31", true)]
    [InlineData("daysSinceLastOrder: 1", true)]
    [InlineData("recency: 5", true)]
    [InlineData("frequency: 4..5", true)]
    [InlineData("monetary: 2", true)]
    [InlineData("averageOrderScore: '< 3'", false)]
    [InlineData("averageOrderScore: 3", true)]
    [InlineData("attribute.city: oslo", true)]
    [InlineData("attribute.city: not Oslo", false)]
    [InlineData("attribute.city: '> 5'", false)]
    [InlineData("attribute.city: 5", false)]
    [InlineData("attribute.age: '>= 42'", true)]
    [InlineData("attribute.age: 42.0", true)]
    [InlineData("attribute.age: '42.0'", false)] // in quotes it is a text
    [InlineData("attribute.age: [1..9, 40..49]", true)]
    [InlineData("attribute.score: -1.5", true)]
    [InlineData("attribute.vip: true", true)]
    [InlineData("attribute.missing: x", false)]
    [InlineData("attribute.missing: not x", true)]
    [InlineData("{ orders: 4, reachable: true }", true)]
    [InlineData("{ orders: 4, reachable: false }", false)]
    [InlineData("{ orders: 4, any: [ { orders: 5 }, { balance: 12.5 } ] }", true)]
    [InlineData("all: [ { orders: 4 }, { not: { orders: 5 } } ]", true)]
    [InlineData("any: [ { orders: 5 }, { all: [ { orders: 4 }, { channel: store } ] } ]", false)]
    [InlineData("not: { orders: 4, channel: store }", true)]
    public void Evaluate_Regular_Holds(string rule, bool holds) =>
        Assert.Equal(holds, Given.Holds(rule, Regular, Calibrated, day: 31));

    /// <summary>What somebody without orders does not have meets no condition, and so meets each negated one.</summary>
    [Theory]
    [InlineData("stage: prospect", true)]
    [InlineData("orders: 0", true)]
    [InlineData("totalSpend: 0", true)]
    [InlineData("itemsBought: 0", true)]
    [InlineData("averageOrder: '>= 0'", false)]
    [InlineData("lastOrderAmount: '>= 0'", false)]
    [InlineData("firstOrderAmount: '>= 0'", false)]
    [InlineData("firstOrderAmount: 'not >= 0'", true)]
    [InlineData("spend: top 99%", false)]
    [InlineData("spend: not top 99%", true)]
    [InlineData("recency: 1..5", false)]
    [InlineData("frequency: not 1..5", true)]
    [InlineData("firstCategory: not Books", true)]
    [InlineData("favouriteCategory: Books", false)]
    [InlineData("categoryShare: '>= 0'", false)]
    [InlineData("daysSinceLastOrder: '>= 0'", false)]
    [InlineData("daysSinceFirstOrder: 'not >= 0'", true)]
    [InlineData("channel: web", false)]
    [InlineData("reachable: false", true)]
    public void Evaluate_Prospect_Holds(string rule, bool holds) =>
        Assert.Equal(holds, Given.Holds(rule, new(), Given.Calibration(("spend top 99%", 0))));

    [Theory]
    [InlineData("spend: top 10%", false)]
    [InlineData("spend: not top 10%", true)]
    [InlineData("frequency: 1..5", false)]
    [InlineData("recency: 1..5", false)]
    public void Evaluate_NoCalibrationYet_NobodyHasRanksOrScores(string rule, bool holds) =>
        Assert.Equal(holds, Given.Holds(rule, Regular));

    [Fact]
    public void Evaluate_FavouriteCategoryTied_IsTheFirstByName()
    {
        var tied = Regular.With(p => p with { SpendByCategory = new Dictionary<string, decimal> { ["b"] = 5, ["a"] = 5 } });
        Assert.True(Given.Holds("{ favouriteCategory: a, categoryShare: 50% }", tied));
    }

    [Fact]
    public void Evaluate_CategoriesWithoutMoney_HaveNoFavourite() => Assert.False(Given.Holds(
        "favouriteCategory: a", Regular.With(p => p with { SpendByCategory = new Dictionary<string, decimal> { ["a"] = 0 } })));

    [Theory]
    [InlineData("'>= 60'", 60, null)]
    [InlineData("'> 90'", 91, null)]
    [InlineData("'not < 60'", 60, null)]
    [InlineData("60..89", 60, 90)]
    [InlineData("[60..74, 70..89]", 60, 90)]
    [InlineData("7", 7, 8)]
    [InlineData("'>= 99999999'", null, null)]
    public void Evaluate_Days_TurnsOnTheExactTickAndKnowsIt(string value, int? from, int? until)
    {
        var rule = Given.Rule($"daysSinceLastOrder: {value}");
        var order = Given.Start.AddHours(9.5);
        var customer = Given.Customer(1).With(p => p with { LastOrderAt = order });
        RuleAnswer At(DateTimeOffset now) => rule.Evaluate(Given.Context(customer, now));
        var begins = from is { } f ? order.AddDays(f) : (DateTimeOffset?)null;
        var ends = until is { } u ? order.AddDays(u) : (DateTimeOffset?)null;

        Assert.Equal(new(false, begins), At(order.AddDays(-1))); // dated ahead
        Assert.Equal(new(false, begins), At(order));
        if (begins is { } b)
        {
            Assert.Equal(new(false, begins), At(b.AddTicks(-1)));
            Assert.Equal(new(true, ends), At(b));
        }

        if (ends is { } e)
        {
            Assert.Equal(new(true, ends), At(e.AddTicks(-1)));
            Assert.Equal(new(false, null), At(e));
        }
    }

    [Fact]
    public void Evaluate_DaysInSeveralPieces_TurnsAtEach()
    {
        var rule = Given.Rule("daysSinceFirstOrder: [1, 3..4]");
        var turns = new List<double>();
        for (DateTimeOffset? now = Given.Start; now is not null;)
        {
            now = rule.Evaluate(Given.Context(Given.Customer(1), now)).ChangesAt;
            turns.Add((now - Given.Start)?.TotalDays ?? double.NaN);
        }

        Assert.Equal([1, 2, 3, 5, double.NaN], turns);
    }

    [Fact]
    public void Evaluate_RecencyScore_FallsInTheSecondBeyondEachCut()
    {
        var second = TimeSpan.FromSeconds(1);
        var customer = Given.Customer(2, 0, 10);
        for (var score = 5; score > 1; score--)
        {
            var cut = Given.Start.AddDays(10 + 6 - score);
            Assert.Equal(score, Given.Calibration().Score(customer.Purchases, cut + second - TimeSpan.FromTicks(1))!.Value.Recency);
            Assert.Equal(score - 1, Given.Calibration().Score(customer.Purchases, cut + second)!.Value.Recency);
            var answer = Given.Rule($"recency: {score}").Evaluate(Given.Context(customer, cut, Given.Calibration()));
            Assert.Equal(new(true, cut + second), answer);
        }
    }

    [Fact]
    public void Evaluate_RecencyScores_ChangeOnlyWhereTheAnswerDoes()
    {
        var rule = Given.Rule("recency: [5, 4, 2]");
        var second = TimeSpan.FromSeconds(1);
        RuleAnswer At(double day) => rule.Evaluate(Given.Context(Given.Customer(1), Given.Start.AddDays(day), Given.Calibration()));
        Assert.Equal(new(true, Given.Start.AddDays(2) + second), At(0));
        Assert.Equal(new(false, Given.Start.AddDays(3) + second), At(2.5));
        Assert.Equal(new(true, Given.Start.AddDays(4) + second), At(3.5));
        Assert.Equal(new(false, null), At(5));
    }

    [Fact]
    public void Score_MonetaryByAverage_UsesTheAverageOrder()
    {
        var purchases = Given.Customer(2, 0, 1, 300).Purchases;
        Assert.Equal(3, Given.Calibration().Score(purchases, Given.Start)!.Value.Monetary);
        Assert.Equal(2, (Given.Calibration() with { MonetaryIsAverage = true }).Score(purchases, Given.Start)!.Value.Monetary);
    }
}
