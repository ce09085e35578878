using Segue.Benchmarks.Ports;

namespace Segue.Tests.Benchmarks;

/// <summary>
/// Every call of a port costs money and time on Azure: how many of them each piece of work may make. docs/performance.md tells
/// why each is there. A change that adds one fails here; one that saves one says so here.
/// </summary>
public sealed class OperationBudgetTests
{
    private static readonly Lazy<Task<IReadOnlyDictionary<string, OperationCount>>> Counted = new(Operations.CountAsync);

    [Theory]
    [InlineData(Operations.FirstOrder, "reads: Addresses 1, Customers 1, Summaries 1; batches: Addresses 1, Customers 2, Due 3, Facts 1, Orders 1, Summaries 1; messages: none")]
    [InlineData(Operations.Order, "reads: Customers 1, Summaries 1; batches: Customers 2, Due 2, Facts 1, Orders 1, Summaries 1; messages: none")]
    [InlineData(Operations.EnteringOrder, "reads: Customers 1, Summaries 1; batches: Customers 2, Due 4, Facts 1, Orders 1, Summaries 1; messages: journey-steps 1")]
    [InlineData(Operations.Step, "reads: Customers 1, Summaries 1; batches: Customers 2, Due 3, Summaries 1; messages: journey-steps 1")]
    [InlineData(Operations.SendingStep, "reads: Customers 1, Summaries 1; batches: Customers 2, Due 3, Summaries 1; messages: emails 1")]
    [InlineData(Operations.Send, "reads: Addresses 1, Customers 2, Summaries 1; batches: Customers 3, Due 3, Facts 1, Summaries 1; messages: none")]
    [InlineData(Operations.Recomputed, "reads: Customers 1, Summaries 1; batches: Customers 2, Due 2, Facts 1, Summaries 1; messages: none")]
    [InlineData(Operations.EmptyTick, "reads: Due 64, Settings 1; batches: Settings 1; messages: none")]
    public async Task Handler_OfOnePieceOfWork_CallsPortsAsOftenAsItsBudgetSays(string work, string budget) =>
        Assert.Equal(budget, (await Counted.Value)[work].ToString());

    [Fact]
    public async Task Handler_OfAMessage_ReadsTwiceAndMovesItsCustomerInTwoBatches()
    {
        foreach (var (work, count) in await Counted.Value)
        {
            // A claim before a mail goes, and its settling, are a batch each; the row of the outbox goes in another.
            Assert.True(count.Batches.GetValueOrDefault("Customers") <= (work == Operations.Send ? 3 : 2), work);
            if (work is not (Operations.FirstOrder or Operations.Send or Operations.EmptyTick))
            {
                Assert.Equal(2, count.Reads.Values.Sum());
            }

            Assert.InRange(count.Batches.GetValueOrDefault("Summaries"), 0, 1);
            Assert.InRange(count.Batches.GetValueOrDefault("Facts"), 0, 1);
            Assert.InRange(count.Sent, 0, 1);
        }
    }
}
