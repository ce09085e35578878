using System.Diagnostics;
using System.Globalization;
using Segue.Messaging;
using Segue.Simulation;

namespace Segue.Tests.Simulation;

/// <summary>The harness against an application that is right and against one that is not.</summary>
public sealed class ToyLedgerTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset End = Start.AddDays(1);
    private static readonly List<Transfer> Transfers = [.. Enumerable.Range(0, 24).Select(Draw)];

    [Fact]
    public void Hold_FiveHundredSeeds_EachTransferCountsOnceAndNoMailGoesTwice()
    {
        var coverage = new FaultCoverage();
        var expected = FaultFreeMails();
        var (accepted, unknown) = (0, 0);

        FaultSeeds.Hold(500, plan =>
        {
            var world = Run(plan, ToyLedger.Engine);
            AssertBalances(world);
            Assert.Empty(world.DeadLetters);
            Assert.Empty(world.Sender.Copies);
            var mails = world.Sender.Accepted.Select(mail => mail.SendId).ToHashSet();
            Assert.Subset(expected, mails);
            Assert.All(expected.Except(mails), id => Assert.Equal("attempting", MailState(world, id)));
            coverage.Add(world.Coverage);
            accepted += mails.Count;
            unknown += expected.Count - mails.Count;
        });

        Assert.True(accepted > 10_000 && unknown > 100, $"{accepted} accepted, {unknown} unknown");
        AssertCovered(coverage);
    }

    [Fact]
    public void Hold_SenderThatCanAnswer_EveryMailGoesOnce() => FaultSeeds.Hold(100, plan =>
    {
        var world = Run(plan, ToyLedger.Engine, senderAnswers: true);

        Assert.Equal(FaultFreeMails(), world.Sender.Accepted.Select(mail => mail.SendId).ToHashSet());
        Assert.Equal(Transfers.Count, world.Sender.Accepted.Count);
    });

    [Fact]
    public void Hold_ManyMoreFaults_StillHolds() => FaultSeeds.Hold(
        60,
        plan =>
        {
            var world = Run(plan, ToyLedger.Engine);
            AssertBalances(world);
            Assert.Empty(world.Sender.Copies);
        },
        FaultRates.Default.Times(5));

    [Fact]
    public void Hold_CreditWithoutUniqueInsert_IsCaughtAndMadeSmall()
    {
        var found = Assert.Throws<FaultSeedException>(
            () => FaultSeeds.Hold(50, plan => AssertBalances(Run(plan, ToyLedger.ForgetfulEngine))));

        var fault = Assert.Single(found.Smallest);
        Assert.True(
            fault.Delivery.StartsWith("customers/", StringComparison.Ordinal),
            $"A credit counts twice when a message is delivered twice, not by {fault}");
        Assert.Contains($"Seed {found.Seed}:", found.Message, StringComparison.Ordinal);
        Assert.Contains(fault.ToString(), found.Message, StringComparison.Ordinal);

        // The small set alone fails, nothing at all does not.
        Assert.Throws<Xunit.Sdk.EqualException>(() => AssertBalances(
            Run(new(found.Seed, only: found.Smallest.ToHashSet()), ToyLedger.ForgetfulEngine)));
        AssertBalances(Run(new(found.Seed, only: new HashSet<InjectedFault>()), ToyLedger.ForgetfulEngine));
    }

    [Fact]
    public void RunUntil_UndisturbedPlan_DoesWhatTheVirtualWorldDoes()
    {
        var world = Run(FaultPlan.Undisturbed(), ToyLedger.Engine);

        AssertBalances(world);
        Assert.Empty(world.Trace);
        Assert.Equal(FaultFreeMails(), world.Sender.Accepted.Select(mail => mail.SendId).ToHashSet());
    }

    [Fact]
    public void RunUntil_SameSeedTwice_IsTheSameRunToTheLastStep()
    {
        var prints = new HashSet<ulong>();
        for (var seed = 1UL; seed <= 20; seed++)
        {
            var (one, other) = (Run(new(seed), ToyLedger.Engine), Run(new(seed), ToyLedger.Engine));

            Assert.Equal(one.Trace, other.Trace);
            Assert.Equal(one.Fingerprint, other.Fingerprint);
            Assert.Equal(one.Deliveries, other.Deliveries);
            Assert.Equal(Rows(one), Rows(other));
            Assert.Equal(Mails(one), Mails(other));
            Assert.NotEmpty(one.Trace);
            prints.Add(one.Fingerprint);
        }

        Assert.Equal(20, prints.Count);
    }

    private static Transfer Draw(int i)
    {
        // Three at one instant, between few accounts: rivals.
        var draw = SeedHash.Of(7, (ulong)i);
        var from = (int)(draw % 4);
        var to = (from + 1 + (int)((draw >> 8) % 3)) % 4;
        return new($"t{i}", $"a{from}", $"a{to}", 1 + (long)((draw >> 16) % 1000), Start.AddSeconds(60 + (i / 3 * 611)));
    }

    private static IEnumerable<HistoricFact> Facts() => Transfers.Select(transfer =>
    {
        var body = string.Create(CultureInfo.InvariantCulture, $"debit {transfer.Id} {transfer.From} {transfer.To} {transfer.Cents}");
        return new HistoricFact(transfer.At, Queues.Customers, new(body, body));
    });

    private static FaultyWorld Run(FaultPlan plan, EngineFactory engine, bool senderAnswers = false)
    {
        var world = new FaultyWorld(plan, Start, engine, Facts(), senderAnswers: senderAnswers);
        world.RunUntil(End);
        return world;
    }

    private static HashSet<string> FaultFreeMails()
    {
        var clock = new VirtualTimeProvider(Start);
        var (bus, sender) = (new VirtualBus(clock), new RecordingSender(clock));
        var (queues, timers) = ToyLedger.Engine(new InMemoryTableStore(), bus, sender, clock);
        var world = new VirtualWorld(clock, bus, queues, timers, Facts(), strict: true);
        world.RunUntilAsync(End).GetAwaiter().GetResult();
        Assert.Equal(96, world.Statistics.TimersRun);
        Assert.Equal(Transfers.Count, sender.Accepted.Count);
        return [.. sender.Accepted.Select(mail => mail.SendId)];
    }

    private static void AssertBalances(FaultyWorld world)
    {
        var expected = Transfers.SelectMany(t => new[] { (Account: t.From, Cents: -t.Cents), (Account: t.To, t.Cents) })
            .GroupBy(entry => entry.Account)
            .Select(account => $"{account.Key} {account.Sum(entry => entry.Cents)}")
            .Order(StringComparer.Ordinal);
        var actual = ((InMemoryTableStore)world.Store).AllRows()
            .Where(row => row is { Table: ToyLedger.Table, Row.Key: "0-profile" })
            .Select(row => $"{row.Row.Partition} {row.Row.Properties["cents"]}")
            .Order(StringComparer.Ordinal);
        Assert.Equal(string.Join(", ", expected), string.Join(", ", actual));
    }

    private static void AssertCovered(FaultCoverage coverage)
    {
        Assert.Equal(
            [
                "Accounts/commit", "Accounts/get", "Mails/commit", "Mails/get", "Tick/deliver", "Ticks/commit", "clock/read",
                "customers/deliver", "customers/send", "email/send", "email/was-accepted", "emails/deliver", "emails/send",
                "journey-steps/deliver", "journey-steps/send",
            ],
            coverage.Points.Select(point => point.Name));
        Assert.All(
            coverage.Points.Where(point => point.Name.Split('/')[1] is "commit" or "send"),
            point => Assert.All(
                [FaultKind.CrashBefore, FaultKind.CrashAfter, FaultKind.LostLock],
                kind => Assert.True(point[kind] > 0, $"{point.Name}: {kind}")));
        var report = coverage.ToString();
        Assert.Contains("Accounts/commit: ", report, StringComparison.Ordinal);
        Assert.All(
            Enum.GetValues<FaultKind>().Except([FaultKind.None, FaultKind.Rejected, FaultKind.ShortPage, FaultKind.PartlyDone]),
            kind => Assert.Contains($", {kind} ", report, StringComparison.Ordinal));
    }

    private static IEnumerable<(string, DateTimeOffset)> Mails(FaultyWorld world) =>
        world.Sender.Accepted.Select(mail => (mail.SendId, mail.At));

    private static string? MailState(FaultyWorld world, string id) => ((InMemoryTableStore)world.Store).AllRows()
        .Where(row => row.Table == "Mails" && row.Row.Partition == id)
        .Select(row => (string)row.Row.Properties["state"])
        .SingleOrDefault();

    private static IEnumerable<string> Rows(FaultyWorld world) => ((InMemoryTableStore)world.Store).AllRows()
        .Select(row => $"{row.Table} {row.Row.Partition} {row.Row.Key} {row.Row.ETag} {string.Join(',', row.Row.Properties.Values)}");

    private sealed record Transfer(string Id, string From, string To, long Cents, DateTimeOffset At);
}
