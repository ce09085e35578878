using System.Text;
using Azure.Messaging.ServiceBus;
using Microsoft.Extensions.DependencyInjection;
using Segue.Functions.Tests.Support;
using Segue.Http.Customers;
using Segue.Http.Orders;
using Segue.Messaging;
using Segue.Ports;
using Segue.Tests.Ports;

namespace Segue.Functions.Tests.Triggers;

/// <summary>Queue triggers with the bodies that the product sends, and with those that it never would.</summary>
public sealed class QueueTriggerTests : IAsyncLifetime
{
    private readonly ManualTime _clock = new();
    private readonly RecordedActions _actions = new();
    private FunctionsShop _shop = null!;

    public static TheoryData<string> Functions { get; } = [.. Support.Triggers.All.Where(t => t.Queue is not null).Select(t => t.Name)];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task HandleCustomer_RealMessage_IsRecordedAndCompleted()
    {
        await _shop.RunAsync("HandleCustomer", Received(await OrderAsync()), _actions);

        Assert.Equal(["completed"], _actions.Settled);
        var customer = await _shop.Services.GetRequiredService<ICustomerDirectory>().FindAsync("ann", Cancellation);
        Assert.NotNull(customer);
    }

    [Fact]
    public async Task HandleCustomer_SameMessageTwice_IsRecordedOnce()
    {
        var message = await OrderAsync();
        await _shop.RunAsync("HandleCustomer", Received(message), _actions);
        await _shop.RunAsync("HandleCustomer", Received(message, deliveries: 2), _actions);

        Assert.Equal(["completed", "completed"], _actions.Settled);
        await _shop.RunAsync("RollUpReports", new Microsoft.Azure.Functions.Worker.TimerInfo());
        var overview = await _shop.Services.GetRequiredService<Segue.Http.Reports.IShopReports>().OverviewAsync(Cancellation);
        Assert.Equal((1, 1), (overview.Customers, overview.Orders));
    }

    [Theory]
    [MemberData(nameof(Functions))]
    public async Task Queue_PoisonMessage_IsDeadAtOnceWithAReason(string function)
    {
        foreach (var poison in new[] { "", "{", "null", "[]", "42", """{"$type":"nothing-we-know"}""", "\uFFFD\0" })
        {
            var actions = new RecordedActions();
            await _shop.RunAsync(function, Received(poison), actions);
            Assert.StartsWith("dead: Permanent: ", Assert.Single(actions.Settled), StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Functions))]
    public async Task Queue_BytesThatAreNoText_AreDeadAtOnce(string function)
    {
        var message = ServiceBusModelFactory.ServiceBusReceivedMessage(body: BinaryData.FromBytes(new byte[] { 0xFF, 0xFE, 0x7B }), messageId: "1", deliveryCount: 1);
        await _shop.RunAsync(function, message, _actions);
        Assert.StartsWith("dead: ", Assert.Single(_actions.Settled), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Queue_LongReason_IsCutToWhatTheServiceTakes()
    {
        await _shop.RunAsync("HandleCustomer", Received($$"""{"$type":"{{new string('x', 9000)}}"}"""), _actions);
        Assert.True(Assert.Single(_actions.Settled).Length < 4096 + 32);
    }

    [Fact]
    public async Task Queue_TablesAwayAtTheFirstUse_WaitsInsteadOfCountingDeliveries()
    {
        await using var shop = await FunctionsShop.StartAsync(_clock);
        shop.Store.IsAway = call => call <= 3;
        var running = shop.RunAsync("HandleCustomer", Received("{"), _actions);
        for (var i = 0; i < 3; i++)
        {
            await UntilWaitingAsync(running);
            Assert.Empty(_actions.Settled);
            _clock.Advance(TimeSpan.FromSeconds(30));
        }

        await running;
        Assert.StartsWith("dead: ", Assert.Single(_actions.Settled), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Queue_TablesAwayWhileHandling_ComesBackLaterAsACopyThatHasCountedNoDelivery()
    {
        var message = await OrderAsync();
        _shop.Store.IsAway = _ => true;
        var running = _shop.RunAsync("HandleCustomer", Received(message), _actions);
        await UntilDoneAsync(running);

        Assert.Equal(["completed"], _actions.Settled);
        Assert.Empty(_shop.Bus.Take(Queues.Customers, 10));
        _shop.Store.IsAway = _ => false;
        _clock.Advance(TimeSpan.FromMinutes(1));
        var copy = Assert.Single(_shop.Bus.Take(Queues.Customers, 10));
        await _shop.RunAsync("HandleCustomer", FunctionsShop.Received(copy), _actions);
        Assert.NotNull(await _shop.Services.GetRequiredService<ICustomerDirectory>().FindAsync("ann", Cancellation));
    }

    [Fact]
    public async Task Queue_TablesAndQueueAwayWhileHandling_IsGivenBackAndNotSettled()
    {
        var message = await OrderAsync();
        _shop.Store.IsAway = _ => true;
        _shop.Bus.Fault = new ServiceBusException("cut", ServiceBusFailureReason.ServiceCommunicationProblem);
        var running = _shop.RunAsync("HandleCustomer", Received(message), _actions);

        await Assert.ThrowsAsync<PortUnavailableException>(() => UntilDoneAsync(running));
        Assert.Empty(_actions.Settled);
    }

    [Fact]
    public async Task Queue_FaultThatNobodyForesaw_IsGivenBackAfterAWaitAndNotSettled()
    {
        var message = await OrderAsync();
        _shop.Store.IsAway = _ => throw new InvalidCastException("a bug");

        var running = _shop.RunAsync("HandleCustomer", Received(message, deliveries: 3), _actions);
        await UntilWaitingAsync(running);
        _clock.Advance(TimeSpan.FromSeconds(3.9));
        Assert.False(running.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(0.2));

        await Assert.ThrowsAsync<InvalidCastException>(() => running);
        Assert.Empty(_actions.Settled);
    }

    public async ValueTask InitializeAsync() => _shop = await FunctionsShop.StartAsync(_clock);

    public async ValueTask DisposeAsync() => await _shop.DisposeAsync();

    /// <summary>An order's message, made by the intake itself.</summary>
    private async Task<string> OrderAsync()
    {
        await _shop.Services.GetRequiredService<Segue.Functions.Hosting.AzureShop>().OpenAsync(Cancellation);
        var receipt = await _shop.Services.GetRequiredService<IOrderIntake>().TakeAsync(
            new(Encoding.UTF8.GetBytes("""{"orderId":"1","customerId":"ann","orderedAt":"2026-01-05T08:30:00Z","status":"paid","currency":"USD","amount":10}"""), null, false),
            Cancellation);
        Assert.Empty(receipt.Faults);
        return Assert.Single(_shop.Bus.Take(Queues.Customers, 10)).Body.ToString();
    }

    /// <summary>Lets time go by whenever nothing else can happen, until it is done.</summary>
    private async Task UntilDoneAsync(Task running)
    {
        for (var tries = 0; !running.IsCompleted && tries < 3000; tries++)
        {
            if (_clock.Waiting > 0)
            {
                _clock.Advance(TimeSpan.FromSeconds(1));
            }

            await Task.WhenAny(running, Task.Delay(10, Cancellation));
        }

        await running;
    }

    private async Task UntilWaitingAsync(Task running)
    {
        for (var tries = 0; _clock.Waiting == 0 && !running.IsCompleted; tries++)
        {
            Assert.True(tries < 3000, "It neither waits nor ends.");
            await Task.Delay(10, Cancellation);
        }

        Assert.False(running.IsCompleted, "It ended instead of waiting.");
    }

    private static ServiceBusReceivedMessage Received(string body, int deliveries = 1) =>
        ServiceBusModelFactory.ServiceBusReceivedMessage(body: BinaryData.FromString(body), messageId: "1", deliveryCount: deliveries, sequenceNumber: 7);
}
