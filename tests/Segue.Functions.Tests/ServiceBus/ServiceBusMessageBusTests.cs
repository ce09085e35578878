using System.Net.Sockets;
using Azure.Identity;
using Azure.Messaging.ServiceBus;
using Segue.Functions.ServiceBus;
using Segue.Functions.Tests.Support;
using Segue.Ports;
using Segue.Tests.Ports;

namespace Segue.Functions.Tests.ServiceBus;

public sealed class ServiceBusMessageBusTests : MessageSendingContract
{
    private readonly ManualTime _clock = new();
    private readonly FakeServiceBus _service;

    public ServiceBusMessageBusTests()
    {
        _service = new(_clock);
        Bus = new ServiceBusMessageBus(_service, _clock);
    }

    public static TheoryData<Exception> Outages { get; } =
    [
        new ServiceBusException("full", ServiceBusFailureReason.QuotaExceeded),
        new ServiceBusException("busy", ServiceBusFailureReason.ServiceBusy),
        new ServiceBusException("slow", ServiceBusFailureReason.ServiceTimeout),
        new ServiceBusException("cut", ServiceBusFailureReason.ServiceCommunicationProblem),
        new ServiceBusException("none", ServiceBusFailureReason.MessagingEntityNotFound),
        new ServiceBusException("off", ServiceBusFailureReason.MessagingEntityDisabled),
        new ServiceBusException("?", ServiceBusFailureReason.GeneralError),
        new UnauthorizedAccessException("no role"),
        new CredentialUnavailableException("no identity"),
        new SocketException(10061),
        new TimeoutException(),
        new TaskCanceledException(),
    ];

    protected override IMessageBus Bus { get; }

    protected override DateTimeOffset Now => _clock.GetUtcNow();

    [Fact]
    public async Task Send_ManySmallMessages_TakesOneBatch()
    {
        await SendAsync([.. Enumerable.Range(0, 200).Select(i => new BusMessage($"{i}", "{}"))]);
        Assert.Equal([200], _service.Batches);
    }

    [Fact]
    public async Task Send_MoreThanABatchHolds_CutsAtTheServicesLimit()
    {
        var body = new string('x', 100 * 1024);
        await SendAsync([.. Enumerable.Range(0, 5).Select(i => new BusMessage($"{i}", body))]);
        Assert.Equal([2, 2, 1], _service.Batches);
    }

    [Fact]
    public async Task Send_TooLargeForThisNamespace_IsTooLargeForGood()
    {
        var bus = new ServiceBusMessageBus(new FakeServiceBus(_clock, bytesOfBatch: 1000), _clock);
        var e = await Assert.ThrowsAsync<MessageTooLargeException>(
            () => bus.SendAsync(Queue, [new BusMessage("large", new string('x', 1001))], Cancellation));
        Assert.Contains("large", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_SizeRefusedByTheService_IsTooLargeForGood()
    {
        _service.Fault = new ServiceBusException("size", ServiceBusFailureReason.MessageSizeExceeded);
        await Assert.ThrowsAsync<MessageTooLargeException>(() => SendAsync(new BusMessage("1", "{}")));
    }

    [Theory]
    [MemberData(nameof(Outages), DisableDiscoveryEnumeration = true)]
    public async Task Send_ServiceNotThere_IsUnavailable(Exception fault)
    {
        _service.Fault = fault;
        var e = await Assert.ThrowsAsync<PortUnavailableException>(() => SendAsync(new BusMessage("1", "{}")));
        Assert.Same(fault, e.InnerException);
        Assert.Equal(fault is ServiceBusException { Reason: ServiceBusFailureReason.QuotaExceeded or ServiceBusFailureReason.ServiceBusy }, e.RetryAfter is not null);
    }

    [Fact]
    public async Task Send_Message_CarriesItsNameItsTypeAndItsMoment()
    {
        await SendAsync(new BusMessage("name", """{"a":1}""", Now.AddHours(1)), new BusMessage("past", "{}", Now.AddHours(-1)));
        await PassAsync(TimeSpan.FromHours(1));

        var sent = _service.Take(Queue, 10).ToDictionary(m => m.MessageId!);
        Assert.Equal(Now, sent["name"].ScheduledEnqueueTime);
        Assert.Equal(default, sent["past"].ScheduledEnqueueTime);
        Assert.All(sent.Values, m => Assert.Equal("application/json", m.ContentType));
        Assert.Equal("""{"a":1}""", sent["name"].Body.ToString());
    }

    public override ValueTask InitializeAsync() => ValueTask.CompletedTask;

    protected override ValueTask CloseAsync() => _service.DisposeAsync();

    protected override Task<IReadOnlyList<Held>> ReceiveAsync(int atMost = 100, string queue = Queue) =>
        Task.FromResult<IReadOnlyList<Held>>([.. _service.Take(queue, atMost).Select(m => new Held(m.MessageId!, m.Body.ToString(), 1, m))]);

    protected override Task PassAsync(TimeSpan time)
    {
        _clock.Advance(time);
        return Task.CompletedTask;
    }
}
