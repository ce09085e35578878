namespace Azure.Messaging.ServiceBus;

public class ServiceBusMessage(BinaryData body)
{
    public ServiceBusMessage(string body)
        : this(BinaryData.FromString(body))
    {
    }
    public BinaryData Body { get; set; } = body;
    public string? MessageId { get; set; }
    public string? ContentType { get; set; }
    public DateTimeOffset ScheduledEnqueueTime { get; set; }
}
public class ServiceBusReceivedMessage
{
    internal ServiceBusReceivedMessage(BinaryData body, string? messageId, int deliveryCount, long sequenceNumber) =>
        (Body, MessageId, DeliveryCount, SequenceNumber) = (body, messageId, deliveryCount, sequenceNumber);
    public BinaryData Body { get; }
    public string? MessageId { get; }
    public int DeliveryCount { get; }
    public long SequenceNumber { get; }
}
public sealed class ServiceBusMessageBatch : IDisposable
{
    private readonly IList<ServiceBusMessage> _messages;
    private readonly Func<ServiceBusMessage, bool>? _fits;
    private readonly long _limit;
    internal ServiceBusMessageBatch(long size, long limit, IList<ServiceBusMessage> messages, Func<ServiceBusMessage, bool>? fits) =>
        (SizeInBytes, _limit, _messages, _fits) = (size, limit, messages, fits);
    public int Count => _messages.Count;
    public long SizeInBytes { get; private set; }
    internal IEnumerable<ServiceBusMessage> Messages => _messages;
    public bool TryAddMessage(ServiceBusMessage message)
    {
        var size = message.Body.ToMemory().Length + 256;
        if (SizeInBytes + size > _limit || _fits?.Invoke(message) == false)
        {
            return false;
        }
        SizeInBytes += size;
        _messages.Add(message);
        return true;
    }
    public void Dispose() => _messages.Clear();
}
public static class ServiceBusModelFactory
{
    public static ServiceBusMessageBatch ServiceBusMessageBatch(
        long batchSizeBytes, IList<ServiceBusMessage> batchMessageStore, CreateMessageBatchOptions? batchOptions = null, Func<ServiceBusMessage, bool>? tryAddCallback = null) =>
        new(batchSizeBytes, batchOptions?.MaxSizeInBytes ?? long.MaxValue, batchMessageStore, tryAddCallback);
    public static ServiceBusReceivedMessage ServiceBusReceivedMessage(
        BinaryData? body = null, string? messageId = null, int deliveryCount = 0, long sequenceNumber = -1) =>
        new(body ?? BinaryData.FromString(""), messageId, deliveryCount, sequenceNumber);
}
public class CreateMessageBatchOptions
{
    public long? MaxSizeInBytes { get; set; }
}
