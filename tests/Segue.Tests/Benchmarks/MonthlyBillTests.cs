using Segue.Benchmarks.Bill;
using Segue.Benchmarks.Ports;
using Segue.Tests.Segmentation;

namespace Segue.Tests.Benchmarks;

public sealed class MonthlyBillTests
{
    private static readonly BusPrices Bus = new(10, [new(13, 0), new(100, 0.8m), new(null, 0.5m)], new("", "", false));

    [Theory]
    [InlineData(0, 10)]
    [InlineData(13, 10)]
    [InlineData(23, 18)]
    [InlineData(100, 79.6)]
    [InlineData(102, 80.6)]
    public void BusCost_OfMillionsOfOperations_PaysEachTierForItsOwn(decimal millions, decimal cost) =>
        Assert.Equal(cost, MonthlyBill.BusCost(millions, Bus));

    [Fact]
    public async Task Of_TenTimesTheCustomers_CostsTenTimesTheTransactionsBesideTheTicks()
    {
        var prices = await Prices.ReadAsync(PricesFile, TestContext.Current.CancellationToken);
        var operations = await Operations.CountAsync();
        var (none, some, many) = (MonthlyBill.Of(0, prices, operations), MonthlyBill.Of(1000, prices, operations), MonthlyBill.Of(10_000, prices, operations));
        Assert.Equal(96 * 30 * 66, none.Transactions);
        Assert.Equal((some.Transactions - none.Transactions) * 10, many.Transactions - none.Transactions);
        Assert.Equal(10 * some.Messages, many.Messages);
        Assert.Equal(many.Tables + many.Bus + many.Functions, many.Azure);
    }

    [Fact]
    public async Task PrintAsync_PricesOfTheRepository_AreTheTableInTheDocument()
    {
        var printed = await MonthlyBill.PrintAsync(PricesFile, TestContext.Current.CancellationToken);
        Assert.Contains(printed.Trim(), await File.ReadAllTextAsync(Path.Combine(Given.Root(), "docs", "performance.md"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private static string PricesFile => Path.Combine(Given.Root(), "docs", "performance", "prices.json");
}
