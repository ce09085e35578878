using Segue.Messaging;
using Segue.Ports;
using Segue.Simulation;

namespace Segue.Tests.Simulation;

public sealed class VirtualBusTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly VirtualTimeProvider clock = new(Start);
    private readonly VirtualBus bus;

    public VirtualBusTests() => bus = new(clock);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SendAsync_SeveralTimes_AreTakenByTimeThenArrival()
    {
        await bus.SendAsync(
            Queues.Emails,
            [new("c", "", Start.AddSeconds(2)), new("a", ""), new("d", "", Start.AddSeconds(2)), new("b", "", Start.AddDays(-1))],
            Token);

        Assert.Equal(["a", "b", "c", "d"], TakeAll());
    }

    [Fact]
    public async Task SendAsync_WhileAFactIsHandled_PutsItsConsequencesBeforeTheRest()
    {
        await bus.SendAsync(Queues.Customers, [new("wake-up", "", Start)], Token);
        bus.FollowsFact = true;
        await bus.SendAsync(Queues.Emails, [new("e-mail", "")], Token);
        await bus.SendAsync(Queues.Customers, [new("consequence", ""), new("later", "", Start.AddSeconds(1))], Token);

        Assert.Equal(["consequence", "wake-up", "e-mail", "later"], TakeAll());
    }

    [Fact]
    public async Task SendAsync_BodyAtTheLimit_IsTaken()
    {
        await bus.SendAsync(Queues.Emails, [new("a", new('x', BusMessage.MaxBodyBytes))], Token);

        Assert.Equal(1, bus.Count);
    }

    [Theory]
    [InlineData('x', BusMessage.MaxBodyBytes + 1)]
    [InlineData('€', (BusMessage.MaxBodyBytes / 3) + 1)]
    public async Task SendAsync_OneBodyOverTheLimit_SendsNone(char letter, int length)
    {
        var error = await Assert.ThrowsAsync<MessageTooLargeException>(
            () => bus.SendAsync(Queues.Emails, [new("small", ""), new("large", new(letter, length))], Token));

        Assert.Contains("large", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, bus.Count);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(129)]
    public async Task SendAsync_IdOfAnImpossibleLength_SendsNone(int length)
    {
        await Assert.ThrowsAsync<ArgumentException>(
            () => bus.SendAsync(Queues.Emails, [new("fine", ""), new(new('i', length), "")], Token));

        Assert.Equal(0, bus.Count);
    }

    [Fact]
    public void Bury_Message_IsKeptWithTimeAndReason()
    {
        bus.Bury(new(Queues.Emails, new("a", "body"), Start, Precedence.Other), "no such template");

        Assert.Equal([new DeadLetter(Queues.Emails, new("a", "body"), Start, "no such template")], bus.DeadLetters);
    }

    private List<string> TakeAll()
    {
        var ids = new List<string>();
        while (bus.NextDue is not null)
        {
            ids.Add(bus.Take().Message.Id);
        }

        return ids;
    }
}
