using System.Text.Json;
using Segue.Customers;
using Segue.Measurement;
using Segue.Messaging;
using Segue.Ports;
using Segue.Storage;
using Segue.Tests.Support;
using static Segue.Tests.Support.TestShop;

namespace Segue.Tests.Messaging;

/// <summary>What surrounds every handler: what is tried again, put back, repaired or given up.</summary>
public sealed class HandlerFaultTests
{
    [Fact]
    public async Task Conflict_IsTriedAgainWithinTheHandler()
    {
        var shop = await OpenAsync();
        var left = 3;
        shop.Store.BeforeCommit = (table, partition, changes) =>
        {
            if (table == Tables.Customers && left-- > 0)
            {
                throw new TableConflictException(TableConflict.Changed, table, partition, changes[0].Key);
            }
        };
        await shop.Order("a", 1).RunAsync(2);
        Assert.Equal(1, shop.Profile("a")!.Purchases.Orders);
        Assert.Empty(shop.Bus.DeadLetters);
    }

    [Fact]
    public async Task Unavailable_ForLong_IsPutBackAndDoneLater()
    {
        var shop = await OpenAsync();
        var left = 20;
        shop.Store.BeforeCommit = (table, _, _) =>
        {
            if (table == Tables.Customers && left-- > 0)
            {
                throw new PortUnavailableException("throttled");
            }
        };
        await shop.Order("a", 1).RunAsync(2);
        Assert.Equal(1, shop.Profile("a")!.Purchases.Orders);
        Assert.Empty(shop.Bus.DeadLetters);
    }

    [Fact]
    public async Task OverALimit_IsADeadLetterAtOnce()
    {
        var shop = await OpenAsync();
        await shop.Order("a", 1, change: o => o with { DiscountCodes = [.. Enumerable.Range(0, 3000).Select(_ => new string('x', 70))] })
            .Order("b", 1, change: o => o with { Channel = new string('y', 600_000) }).RunAsync(2);
        Assert.Equal(1, shop.Profile("a")!.Purchases.Orders);
        Assert.Null(shop.Profile("b"));
        Assert.Contains("does not fit", Assert.Single(shop.Bus.DeadLetters).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Crash_AfterTheCommit_LeavesAnOutboxThatTheNextHandlerDispatches()
    {
        var shop = await OpenAsync();
        await CrashAfterCommitAsync(shop);
        Assert.Null(shop.Summary("a"));

        shop.Store.AfterCommit = null;
        await shop.Order("a", 1.0001, id: "next").RunAsync(1.001);
        Assert.Equal(2, shop.Summary("a")!.Summary.Purchases.Orders);
        Assert.Equal(FactKinds.Moved, Assert.Single(shop.Facts(FactKinds.Moved)).Kind);
        AssertNoOutbox(shop);
    }

    [Fact]
    public async Task Crash_AndNoMessageEverComesBack_ATickFindsTheOutbox()
    {
        var shop = await OpenAsync();
        await CrashAfterCommitAsync(shop);
        shop.Store.AfterCommit = null;
        await shop.RunAsync(1.05);
        Assert.Equal(1, shop.Summary("a")!.Summary.Purchases.Orders);
        AssertNoOutbox(shop);
    }

    [Fact]
    public async Task CommitFails_ItsDueRowsAreThereAlreadyAndHarmless()
    {
        var shop = await OpenAsync(TestCampaigns.TwoSteps());
        var rowsBefore = new List<int>();
        shop.Store.BeforeCommit = (table, _, _) =>
        {
            if (table == Tables.Customers)
            {
                rowsBefore.Add(shop.Table(Tables.Due).Count);
                throw new InvalidOperationException("the process dies here");
            }
        };
        await Assert.ThrowsAsync<InvalidOperationException>(() => shop.Order("a", 1).RunAsync(2));
        Assert.Equal(2, Assert.Single(rowsBefore));
        Assert.Null(shop.Profile("a"));

        shop.Store.BeforeCommit = null;
        await shop.RunAsync(80);
        Assert.Null(shop.Profile("a"));
        Assert.Empty(shop.Bus.DeadLetters);
    }

    [Fact]
    public async Task EveryMomentOfABatch_HasItsDueRowBeforeTheBatch()
    {
        var shop = await OpenAsync(TestCampaigns.TwoSteps());
        shop.Store.BeforeCommit = (table, _, changes) =>
        {
            if (table == Tables.Customers && changes.FirstOrDefault(c => c.Key == CustomerRows.Profile) is { Properties: { } row })
            {
                var profile = JsonSerializer.Deserialize((string)row["json"], SegueJson.Default.CustomerProfile)!;
                if (profile.Standing!.ChangesAt is { } changesAt)
                {
                    Assert.Contains(shop.Table(Tables.Due), d => (DateTimeOffset)d.Properties["at"] == changesAt);
                }
            }
        };
        await shop.Order("a", 1).Order("a", 5).Order("b", 2).RunAsync(10);
        Assert.Equal((2, 1), (shop.Profile("a")!.Purchases.Orders, shop.Profile("b")!.Purchases.Orders));
    }

    [Fact]
    public async Task WakeUp_TooEarly_PutsItselfBack()
    {
        var shop = await OpenAsync();
        await shop.Order("a", 1).RunAsync(2);
        var wake = new WakeUp { CustomerId = "a", At = Day(3), Why = "test" };
        await shop.Happens(2, new("w", JsonSerializer.Serialize<CustomerMessage>(wake, SegueJson.Default.CustomerMessage))).RunAsync(2.5);
        Assert.Equal(1, shop.Bus.Count);
        await shop.RunAsync(3.01);
        Assert.Equal(0, shop.Bus.Count);
    }

    [Fact]
    public async Task WakeUp_ForNothingOrNobody_ChangesNothing()
    {
        var shop = await OpenAsync();
        await shop.Order("a", 1).RunAsync(2);
        var before = shop.Profile("a")!.Sequence;
        foreach (var customer in new[] { "a", "nobody" })
        {
            var wake = new WakeUp { CustomerId = customer, At = Day(1), Why = "stale" };
            shop.Happens(2.1, new(customer, JsonSerializer.Serialize<CustomerMessage>(wake, SegueJson.Default.CustomerMessage)));
        }

        await shop.RunAsync(3);
        Assert.Equal(before, shop.Profile("a")!.Sequence);
        Assert.Null(shop.Profile("nobody"));
    }

    [Fact]
    public async Task Summary_OfALowerSequence_NeverReplacesAHigher()
    {
        var shop = await OpenAsync();
        await shop.Order("a", 1).Order("a", 1.5).RunAsync(2);
        var newest = shop.Summary("a")!;
        var stale = new Outbox { CommittedAt = Day(1), Summary = newest with { Sequence = 1, Summary = new() } };
        await shop.Rows.CommitAsync(
            Tables.Customers, "a", [RowChange.Insert(CustomerRows.Outbox(1), RowJson.Pack(stale, SegueJson.Default.Outbox))], TestContext.Current.CancellationToken);
        var wake = new WakeUp { CustomerId = "a", At = Day(2), Why = "outbox" };
        await shop.Happens(2, new("w", JsonSerializer.Serialize<CustomerMessage>(wake, SegueJson.Default.CustomerMessage))).RunAsync(3);

        Assert.Equal((newest.Sequence, 2), (shop.Summary("a")!.Sequence, shop.Summary("a")!.Summary.Purchases.Orders));
        AssertNoOutbox(shop);
    }

    private static async Task CrashAfterCommitAsync(TestShop shop)
    {
        shop.Store.AfterCommit = (table, _, changes) =>
        {
            if (table == Tables.Customers && changes.Any(c => c.Key == CustomerRows.Profile))
            {
                throw new InvalidOperationException("the process dies here");
            }
        };
        await Assert.ThrowsAsync<InvalidOperationException>(() => shop.Order("a", 1).RunAsync(1.00005));
        Assert.Contains(shop.Table(Tables.Customers), r => r.Key.StartsWith(Outbox.Prefix, StringComparison.Ordinal));
    }

    private static void AssertNoOutbox(TestShop shop) =>
        Assert.DoesNotContain(shop.Table(Tables.Customers), r => r.Key.StartsWith(Outbox.Prefix, StringComparison.Ordinal));
}
