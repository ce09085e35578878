using Segue.Messaging;
using Segue.Orders;
using Segue.Simulation;
using Segue.Storage;
using Segue.Tests.Support;

namespace Segue.Tests.Journeys;

/// <summary>
/// One journey over whole histories, through every handler and the real timer's ticks, against a computation that knows
/// nothing of any of them.
/// </summary>
public sealed class TwoStepReactivationTests
{
    private static readonly DateTimeOffset From = new(1997, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Until = new(1998, 7, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(1, 86_400)]
    [InlineData(2, 3_600)]
    [InlineData(3, 1)]
    public async Task Simulate_GeneratedShop_SendsExactlyTheMailsOfTheBruteForce(int seed, int grainSeconds) =>
        await AssertEqualsBruteForceAsync(Purchase.Make(seed, 400, TimeSpan.FromSeconds(grainSeconds)));

    [Fact]
    public async Task Simulate_Cdnow_SendsExactlyTheMailsOfTheBruteForce() =>
        await AssertEqualsBruteForceAsync(Purchase.ReadCdnow(SharedData.Path("cdnow.csv")));

    [Fact]
    public async Task Simulate_CdnowWithTimesOfDay_SendsExactlyTheMailsOfTheBruteForce() =>
        await AssertEqualsBruteForceAsync(Purchase.ReadCdnow(
            SharedData.Path("cdnow.csv"), row => TimeSpan.FromSeconds((int)(Draw.Of("time of day", $"{row}") * 86_400))));

    private static async Task AssertEqualsBruteForceAsync(IReadOnlyList<Purchase> purchases)
    {
        var world = new EngineWorld(From, TwoStepReactivation.Campaigns, new DerivedNames(new byte[32]), new AcceptingSender());
        await world.Catalog.PublishAsync(TestContext.Current.CancellationToken);
        var facts = purchases.OrderBy(p => p.At).Select(p => new HistoricFact(p.At, Queues.Customers, OrderMessages.Arrived(p.ToOrder(), p.At)));
        await world.RunAsync(facts, Until, null, TestContext.Current.CancellationToken);

        var sent = SentMails.Of(world.Store);
        var expected = TwoStepReactivation.BruteForce(purchases, Until);
        Assert.NotEmpty(expected);
        Assert.Equal(expected, sent);
        Assert.Empty(world.Bus.DeadLetters);
    }
}
