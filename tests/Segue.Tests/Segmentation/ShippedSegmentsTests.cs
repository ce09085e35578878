using Segue.Customers;
using Segue.Orders;
using Segue.Segmentation;

namespace Segue.Tests.Segmentation;

/// <summary>The shipped file against the table of fourteen segments, written out a second time by hand.</summary>
public sealed class ShippedSegmentsTests
{
    private static readonly DateTimeOffset Now = Given.Start.AddDays(1000);

    private static readonly Calibration Calibrated = Given.Calibration(
        ("spend top 10%", 500), ("firstOrderAmount top 10% of first orders", 80), ("lastOrderAmount top 10%", 80));

    private static readonly Evaluator Shipped = Given.Evaluator(Given.ShippedText());

    [Fact]
    public void Segments_Shipped_AreTheFourteenInOrder() => Assert.Equal(
        [
            "vip-active", "vip-inactive", "potential-vip", "new", "churned-with-balance", "churned-one-time", "core-churned",
            "one-time-only", "at-risk", "frequent-low-spend", "big-spender-rare", "core-active", "developing", "prospect",
        ],
        Shipped.Segments.Select(s => s.Id));

    [Fact]
    public void Evaluate_EveryCombinationThatCanBe_IsInTheTablesFirstRowThatHolds()
    {
        var reached = new HashSet<string>();
        var combinations = 0;
        foreach (var stage in Enum.GetValues<Stage>())
        {
            foreach (var (orders, spend, firstAmount, balance) in
                from orders in Enumerable.Range(0, 7)
                from spend in new[] { 0m, 50, 150, 250, 350, 450, 499, 500, 2000 }
                from firstAmount in new[] { 79m, 80 }
                from balance in new[] { 0m, 1 }
                select (orders, spend, firstAmount, balance))
            {
                if (Customer(stage, orders, spend, firstAmount, balance) is not { } customer)
                {
                    continue;
                }

                combinations++;
                var evaluation = Shipped.Evaluate(customer, Calibrated, Now);
                Assert.Equal(stage, evaluation.Stage);
                Assert.Equal(Expected(stage, orders, spend, firstAmount, balance), evaluation.Segment);
                reached.Add(evaluation.Segment);
            }
        }

        Assert.Equal(1 * 36 + 6 * 36 + 5 * 36 + 2 * 36 + 6 * 36 + 6 * 36, combinations);
        Assert.Equal(Shipped.Segments.Select(s => s.Id).Order(), reached.Order());
    }

    [Fact]
    public void Evaluate_RulesAlone_EachCombinationOfStageAndFactsIsTakenByExactlyOneSegment()
    {
        foreach (var (stage, orders, spend, balance) in
            from stage in Enum.GetValues<Stage>()
            from orders in Enumerable.Range(0, 7)
            from spend in new[] { 0m, 150, 450, 500 }
            from balance in new[] { 0m, 1 }
            select (stage, orders, spend, balance))
        {
            var customer = Given.Customer(orders, 900, 990, spend) with { Balance = balance };
            var context = Given.Context(customer, Now, Calibrated, stage);
            var first = Shipped.Segments.First(s => s.When?.Evaluate(context).Holds ?? true);
            Assert.Equal(Expected(stage, orders, orders == 0 ? 0 : spend, 0, balance), first.Id);
        }
    }

    [Fact]
    public void Evaluate_BeforeTheFirstCalibration_HasNoHighSpenders()
    {
        var customer = Customer(Stage.Active, 5, 10_000, 1000, 0)!;
        Assert.Equal("core-active", Shipped.Evaluate(customer, null, Now).Segment);
    }

    [Fact]
    public void Evaluate_LoyalHighSpenderInTheFirstDays_IsActiveAndVip()
    {
        var customer = Given.Customer(3, 995, 999, 600);
        Assert.Equal((Stage.Active, "vip-active"), (Shipped.Evaluate(customer, Calibrated, Now).Stage, Shipped.Evaluate(customer, Calibrated, Now).Segment));
    }

    [Fact]
    public void Tags_Shipped_HoldAsTheirNamesSay()
    {
        var customer = Given.Customer(3, 900, 939, 500) with
        {
            Balance = 0.01m,
            Purchases = Given.Customer(3, 900, 939, 500).Purchases with
            {
                LastOrderAmount = 80,
                SpendByCategory = new Dictionary<string, decimal> { ["books"] = 60, ["music"] = 40 },
            },
        };
        Assert.Equal(
            ["with-balance", "key-spending-threshold", "high-value-purchase", "category-enthusiast", "club-silver"],
            Shipped.Evaluate(customer, Calibrated, Given.Start.AddDays(941)).Tags);
        Assert.Equal(
            ["silent-60", "with-balance", "key-spending-threshold", "category-enthusiast", "club-silver"],
            Shipped.Evaluate(customer, Calibrated, Given.Start.AddDays(999)).Tags);
        Assert.Empty(Shipped.Evaluate(new CustomerSummary(), Calibrated, Now).Tags);
    }

    [Fact]
    public void Evaluate_TagByTime_AppearsAtItsMoment()
    {
        var customer = Given.Customer(1);
        var due = Given.Start.AddDays(60);
        Assert.DoesNotContain("silent-60", Shipped.Evaluate(customer, null, due.AddTicks(-1)).Tags);
        Assert.Equal(due, Shipped.Evaluate(customer, null, due.AddTicks(-1)).ChangesAt);
        Assert.Contains("silent-60", Shipped.Evaluate(customer, null, due).Tags);
    }

    [Fact]
    public void Evaluate_Shipped_AllocatesLittle()
    {
        var customer = Customer(Stage.Active, 2, 150, 10, 0)!;
        Shipped.Evaluate(customer, Calibrated, Now);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            Shipped.Evaluate(customer, Calibrated, Now);
        }

        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / 100, 1, 900);
    }

    /// <summary>campaigns.md's table; frequency is the orders (1 to 5), the score cut points are those of <see cref="Given.Calibration"/>.</summary>
    private static string Expected(Stage stage, int orders, decimal spend, decimal firstAmount, decimal balance)
    {
        var high = orders > 0 && spend >= 500;
        var loyal = orders >= 3;
        var average = orders == 0 ? 0 : spend / orders;
        return (stage, orders) switch
        {
            (Stage.Active or Stage.WonBack or Stage.New, _) when high && loyal => "vip-active",
            (Stage.AtRisk or Stage.Churned, _) when high && loyal => "vip-inactive",
            (Stage.New, > 0) when firstAmount >= 80 => "potential-vip",
            (Stage.New, _) => "new",
            (Stage.Churned, >= 2) when balance > 0 => "churned-with-balance",
            (Stage.Churned, 1) => "churned-one-time",
            (Stage.Churned, >= 2) => "core-churned",
            (Stage.AtRisk, 1) => "one-time-only",
            (Stage.AtRisk, _) => "at-risk",
            (_, >= 4) when average <= 20 => "frequent-low-spend",
            (_, 1 or 2) when spend > 300 => "big-spender-rare",
            (_, >= 3) => "core-active",
            (_, >= 1) => "developing",
            _ => "prospect",
        };
    }

    /// <summary>A customer whose dates put them in the stage at <see cref="Now"/>; null where it can't be.</summary>
    private static CustomerSummary? Customer(Stage stage, int orders, decimal spend, decimal firstAmount, decimal balance)
    {
        if ((orders == 0) != (stage == Stage.Prospect) || (stage == Stage.New && orders > 2) || (stage == Stage.WonBack && orders < 2))
        {
            return null;
        }

        var (first, last) = stage switch
        {
            Stage.Churned => (800, 850),
            Stage.WonBack => (900, 980),
            Stage.New => (975, 990),
            Stage.AtRisk => (900, 950),
            _ => (940, 960),
        };
        var customer = Given.Customer(orders, orders == 1 ? last : first, last, orders == 0 ? 0 : spend);
        return customer with
        {
            Balance = balance,
            Purchases = orders == 0 ? PurchaseSummary.None : customer.Purchases with
            {
                FirstOrderAmount = firstAmount,
                WonBackAt = stage == Stage.WonBack ? customer.Purchases.LastOrderAt : null,
            },
        };
    }
}
