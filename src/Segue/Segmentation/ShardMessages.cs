using System.Text.Json;
using Segue.Messaging;
using Segue.Ports;

namespace Segue.Segmentation;

/// <summary>Messages of the queue <c>shard-work</c>.</summary>
internal static class ShardMessages
{
    /// <summary>The message; its name is the work's content.</summary>
    public static BusMessage Of(ShardWork work, DateTimeOffset? at)
    {
        var body = JsonSerializer.Serialize(work, SegueJson.Default.ShardWork);
        return new(MessageIds.Of(body), body, at);
    }
}
