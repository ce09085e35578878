using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Azure.Messaging.ServiceBus;

namespace Segue.Functions.Tests.Support;

/// <summary>
/// A Service Bus namespace in memory, through the members that the SDK leaves open for tests. A batch holds so many bytes of
/// bodies; a message is visible from its scheduled time on.
/// </summary>
internal sealed class FakeServiceBus(TimeProvider clock, int bytesOfBatch = 256 * 1024) : ServiceBusClient
{
    private readonly ConcurrentDictionary<string, ConcurrentQueue<ServiceBusMessage>> _queues = new();

    /// <summary>Sizes of the batches sent, in messages.</summary>
    public ConcurrentQueue<int> Batches { get; } = new();

    /// <summary>Thrown by the next send, before or after the service has it.</summary>
    public Exception? Fault { get; set; }

    public override ServiceBusSender CreateSender(string queueOrTopicName) => new Sender(this, queueOrTopicName);

    [SuppressMessage("Usage", "CA2215", Justification = "The SDK's own closes a connection, and there is none in a subclass made for tests.")]
    public override ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    /// <summary>Takes what is visible.</summary>
    public IReadOnlyList<ServiceBusMessage> Take(string queue, int atMost)
    {
        var messages = QueueOf(queue);
        var taken = new List<ServiceBusMessage>();
        for (var left = messages.Count; left > 0 && taken.Count < atMost && messages.TryDequeue(out var message); left--)
        {
            if (message.ScheduledEnqueueTime <= clock.GetUtcNow())
            {
                taken.Add(message);
            }
            else
            {
                messages.Enqueue(message);
            }
        }

        return taken;
    }

    private ConcurrentQueue<ServiceBusMessage> QueueOf(string queue) => _queues.GetOrAdd(queue, _ => new());

    private sealed class Sender(FakeServiceBus bus, string queue) : ServiceBusSender
    {
        private readonly ConcurrentDictionary<ServiceBusMessageBatch, List<ServiceBusMessage>> _open = new();

        public override ValueTask<ServiceBusMessageBatch> CreateMessageBatchAsync(CancellationToken cancellationToken = default)
        {
            var messages = new List<ServiceBusMessage>();
            var left = bus.Size;
            var batch = ServiceBusModelFactory.ServiceBusMessageBatch(0, messages, null, message => (left -= message.Body.ToMemory().Length) >= 0);
            _open[batch] = messages;
            return new(batch);
        }

        public override Task SendMessagesAsync(ServiceBusMessageBatch messageBatch, CancellationToken cancellationToken = default)
        {
            if (bus.Fault is { } fault)
            {
                bus.Fault = null;
                return Task.FromException(fault);
            }

            _open.TryRemove(messageBatch, out var messages);
            bus.Batches.Enqueue(messages!.Count);
            messages.ForEach(bus.QueueOf(queue).Enqueue);
            return Task.CompletedTask;
        }
    }

    private int Size => bytesOfBatch;
}
