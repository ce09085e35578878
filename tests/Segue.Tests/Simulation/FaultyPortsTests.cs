using Segue.Messaging;
using Segue.Ports;
using Segue.Simulation;

namespace Segue.Tests.Simulation;

public sealed class FaultyPortsTests
{
    private static readonly DateTimeOffset Start = ToyWorld.Start;
    private readonly ToyWorld toy = new();

    private static RenderedEmail Email { get; } = new("id", "a@b.example", "A", null, "c@d.example", null, "", "", "", null, []);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(FaultKind.UnknownAccepted, 1, "Unknown")]
    [InlineData(FaultKind.UnknownNotAccepted, 0, "Unknown")]
    [InlineData(FaultKind.TryAfter, 0, "TryAfter")]
    [InlineData(FaultKind.Rejected, 0, "Rejected")]
    [InlineData(FaultKind.DoneButThrows, 1, "PortUnavailableException")]
    [InlineData(FaultKind.None, 1, "Accepted")]
    public void SendAsync_ByFaultOfTheMailService_AnswersAndAcceptsAccordingly(FaultKind kind, int accepted, string answer)
    {
        var plan = new FaultPlan(1, FaultRates.None.With(kind, 1));
        var world = toy.World(plan, [ToyWorld.Fact(0, "x")], async (ports, _, _) =>
        {
            try
            {
                toy.See(ports, (await ports.Sender.SendAsync(Email)).GetType().Name);
            }
            catch (PortUnavailableException e)
            {
                toy.See(ports, e.GetType().Name);
            }
        });

        world.RunUntil(Start.AddMinutes(1));

        Assert.Equal(answer, Assert.Single(toy.Seen).What);
        Assert.Equal(accepted, world.Sender.Accepted.Count);
    }

    [Theory]
    [InlineData(false, 2, 1, null)]
    [InlineData(true, 1, 0, true)]
    public async Task RecordingSender_SameIdTwice_IsACopyUnlessItCanAnswer(bool answers, int accepted, int copies, bool? known)
    {
        var sender = new RecordingSender(new VirtualTimeProvider(Start), answers);

        await sender.SendAsync(Email, TestContext.Current.CancellationToken);
        await sender.SendAsync(Email, TestContext.Current.CancellationToken);

        Assert.Equal((accepted, copies), (sender.Accepted.Count, sender.Copies.Count));
        Assert.Equal(known, await sender.WasAcceptedAsync(Email.SendId, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void CommitAsync_InjectedConflict_OnlyWhereAnETagIsNamed()
    {
        var plan = new FaultPlan(1, FaultRates.None.With(FaultKind.Conflict, 1));
        var world = toy.World(plan, [ToyWorld.Fact(0, "x")], async (ports, _, _) =>
        {
            var etag = (await ports.Store.CommitAsync("Any", "p", [RowChange.Insert("k", new Dictionary<string, object>())]))[0]!;
            var error = await Assert.ThrowsAsync<TableConflictException>(
                () => ports.Store.CommitAsync("Any", "p", [RowChange.Delete("k", etag)], Token));
            toy.See(ports, $"{error.Conflict} {error.Key}");
        });

        world.RunUntil(Start.AddMinutes(1));

        Assert.Equal("Changed k", Assert.Single(toy.Seen).What);
        Assert.Single(((InMemoryTableStore)world.Store).AllRows());
    }

    [Fact]
    public void SendAsync_PartlyDone_SomeMessagesAreThereThenItThrows()
    {
        var sizes = new HashSet<int>();
        for (var seed = 1UL; seed < 20; seed++)
        {
            var plan = new FaultPlan(seed, FaultRates.None.With(FaultKind.PartlyDone, 1));
            var world = toy.World(plan, [ToyWorld.Fact(0, "x")], async (ports, queue, body) =>
            {
                if (queue == Queues.Customers)
                {
                    await Assert.ThrowsAsync<PortUnavailableException>(
                        () => ports.Bus.SendAsync(Queues.Emails, [new("1", "1"), new("2", "2"), new("3", "3")], Token));
                }
                else
                {
                    toy.See(ports, body);
                }
            });
            world.RunUntil(Start.AddMinutes(1));
            sizes.Add(toy.Seen.Count);
        }

        Assert.Contains(1, sizes);
        Assert.Contains(2, sizes);
    }
}
