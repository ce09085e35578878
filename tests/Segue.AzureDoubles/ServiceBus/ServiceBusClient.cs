using System.Globalization;
using System.Text;
using System.Text.Json;
using Azure.Core;

namespace Azure.Messaging.ServiceBus;

public class ServiceBusClient : IAsyncDisposable
{
    protected ServiceBusClient() { }
    public ServiceBusClient(string connectionString, ServiceBusClientOptions options) => FullyQualifiedNamespace = connectionString.Split(';')
        .First(p => p.StartsWith("Endpoint=", StringComparison.OrdinalIgnoreCase)).Replace("Endpoint=sb://", "", StringComparison.OrdinalIgnoreCase).TrimEnd('/');
    public ServiceBusClient(string fullyQualifiedNamespace, TokenCredential credential, ServiceBusClientOptions options) =>
        FullyQualifiedNamespace = fullyQualifiedNamespace;
    public virtual string FullyQualifiedNamespace { get; } = "";
    public virtual ServiceBusSender CreateSender(string queueOrTopicName) => new(FullyQualifiedNamespace, queueOrTopicName);
    // The SDK's has no connection either in a subclass made for tests, which must override this.
    public virtual ValueTask DisposeAsync() => FullyQualifiedNamespace.Length > 0 ? ValueTask.CompletedTask : throw new NullReferenceException();
}
/// <summary>Posts batches over the REST protocol ("Send Message Batch"), without a signature.</summary>
public class ServiceBusSender : IAsyncDisposable
{
    private const long MaxBatch = 256 * 1024;
    private static readonly HttpClient Http = new();
    private readonly Uri _address = null!;
    protected ServiceBusSender() { }
    internal ServiceBusSender(string host, string queue) =>
        (_address, EntityPath) = (new Uri($"{(host.StartsWith("localhost", StringComparison.Ordinal) || host.StartsWith("127.", StringComparison.Ordinal) ? "http" : "https")}://{host}/{queue}/messages"), queue);
    public virtual string EntityPath { get; } = "";
    public virtual ValueTask<ServiceBusMessageBatch> CreateMessageBatchAsync(CancellationToken cancellationToken = default) =>
        new(new ServiceBusMessageBatch(0, MaxBatch, [], null));
    public virtual async Task SendMessagesAsync(ServiceBusMessageBatch messageBatch, CancellationToken cancellationToken = default)
    {
        var batch = messageBatch.Messages.Select(m => new
        {
            Body = m.Body.ToString(),
            BrokerProperties = new
            {
                m.MessageId,
                ScheduledEnqueueTimeUtc = m.ScheduledEnqueueTime == default ? null : m.ScheduledEnqueueTime.ToString("R", CultureInfo.InvariantCulture),
            },
        });
        using var content = new StringContent(JsonSerializer.Serialize(batch), Encoding.UTF8, "application/vnd.microsoft.servicebus.json");
        try
        {
            using var answer = await Http.PostAsync(_address, content, cancellationToken);
            if (!answer.IsSuccessStatusCode)
            {
                throw new ServiceBusException($"{(int)answer.StatusCode}", ServiceBusFailureReason.ServiceBusy, EntityPath);
            }
        }
        catch (HttpRequestException e)
        {
            throw new ServiceBusException(e.Message, ServiceBusFailureReason.ServiceCommunicationProblem, EntityPath, e);
        }
    }
    public virtual ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
public class ServiceBusClientOptions
{
    public ServiceBusRetryOptions RetryOptions { get; set; } = new();
}
public class ServiceBusRetryOptions
{
    public int MaxRetries { get; set; } = 3;
    public TimeSpan TryTimeout { get; set; } = TimeSpan.FromMinutes(1);
}
public enum ServiceBusFailureReason
{
    GeneralError, MessagingEntityNotFound, MessageLockLost, MessageNotFound, MessageSizeExceeded, MessagingEntityDisabled, QuotaExceeded,
    ServiceBusy, ServiceTimeout, ServiceCommunicationProblem,
}
public class ServiceBusException(string message, ServiceBusFailureReason reason, string? entityPath = null, Exception? innerException = null)
    : Exception(message, innerException)
{
    public ServiceBusFailureReason Reason { get; } = reason;
    public string? EntityPath { get; } = entityPath;
}
