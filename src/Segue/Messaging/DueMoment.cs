using System.Globalization;
using System.Text.Json;
using Segue.Customers;
using Segue.Ports;
using Segue.Storage;

namespace Segue.Messaging;

/// <summary>A moment that must not be missed, and the message that is due then: a row of Due.</summary>
/// <param name="At">The moment.</param>
/// <param name="Queue">Where the message goes.</param>
/// <param name="What">Tells the customer's moments apart: <c>evaluate</c>, <c>outbox</c>, an enrolment, a send.</param>
/// <param name="Message">The message.</param>
public sealed record DueMoment(DateTimeOffset At, string Queue, string What, CustomerMessage Message)
{
    /// <summary>
    /// Row key: customer, what, and the moment itself, so that a moment written for a batch that then fails never takes
    /// another's place.
    /// </summary>
    public string Key => string.Create(
        CultureInfo.InvariantCulture,
        $"{Keys.Escape(Message.CustomerId)}~{Keys.Escape(What)}~{At.UtcDateTime:yyyyMMdd'T'HHmmss.fffffff}");

    /// <summary>The message as the bus takes it, at its moment.</summary>
    public BusMessage ToMessage(DateTimeOffset now) => Message.ToBus(Key, At > now ? At : null);

    /// <summary>The row's properties.</summary>
    public Dictionary<string, object> ToProperties() => new(3)
    {
        ["at"] = At,
        ["queue"] = Queue,
        ["message"] = JsonSerializer.Serialize(Message, SegueJson.Default.CustomerMessage),
    };

    /// <summary>The row's partition: the hour, never one already closed, and the customer's shard.</summary>
    public string PartitionAt(DateTimeOffset now) => Partition(At > now ? At : now, Shards.Of(Message.CustomerId));

    /// <summary>The partition of an hour (UTC) and shard.</summary>
    public static string Partition(DateTimeOffset hour, int shard) => Partition(HourOf(hour), shard);

    /// <summary>The partition of an hour, as <see cref="HourOf"/> writes it, and shard.</summary>
    public static string Partition(string hour, int shard) => string.Concat(hour, "-", Shards.Text(shard));

    /// <summary>An hour (UTC) as partitions write it.</summary>
    public static string HourOf(DateTimeOffset moment) =>
        moment.UtcDateTime.ToString("yyyyMMddHH", CultureInfo.InvariantCulture);
}
