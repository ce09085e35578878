using Segue.Customers;
using Segue.Ports;
using Segue.Storage;

namespace Segue.Tests.Simulation;

/// <summary>
/// Bugs that an engine like this could have, planted between it and its ports: who proves an engine sound with a harness that
/// misses them proves nothing.
/// </summary>
internal static class PlantedBugs
{
    private static readonly Dictionary<string, Func<EnginePorts, EnginePorts>> Bugs = new(StringComparer.Ordinal)
    {
        ["keeps no due rows"] = Commits((table, _, change) => table == Tables.Due ? null : change),
        ["deletes due rows without their messages"] = ports => ports with { Bus = new BuggyBus(ports.Bus, m => m.DeliverAt is null ? m : null) },
        ["keeps no outbox"] = Commits((_, _, change) => change.Key.StartsWith(Segue.Messaging.Outbox.Prefix, StringComparison.Ordinal) ? null : change),
        ["never clears its outbox"] = Commits((_, _, change) =>
            change.Kind == RowChangeKind.Delete && change.Key.StartsWith(Segue.Messaging.Outbox.Prefix, StringComparison.Ordinal) ? null : change),
        ["ignores the profile's ETag"] = Commits((_, _, change) => Blind(change, change.Key == CustomerRows.Profile)),
        ["ignores every ETag of a customer"] = Commits((table, _, change) => Blind(change, table == Tables.Customers)),
        ["lets an older summary replace a newer"] = Commits((table, _, change) => Blind(change, table == Tables.Summaries)),
        ["loses summaries"] = Commits((table, _, change) => table == Tables.Summaries ? null : change),
        ["claims no order for its customer"] = ports => ports with { Store = new BuggyStore(ports.Store, (_, _, c) => c, hidden: (t, _) => t == Tables.Orders) },
        ["forgets which orders it has"] = ports => ports with
        {
            Store = new BuggyStore(ports.Store, (_, _, c) => c, hidden: (t, key) => t == Tables.Customers && key.StartsWith(CustomerRows.Orders, StringComparison.Ordinal)),
        },
        ["sends without the claim"] = Commits((_, partition, change) => IsClaim(change) ? null : change),
        ["tries again what may have been sent"] = ports => ports with { Sender = new HopefulSender(ports.Sender) },
        ["names facts anew each time"] = NamesFactsAnew,
        ["loses a fact"] = Commits((table, _, change) => table == Tables.Facts && change.Key.Contains("converted", StringComparison.Ordinal) ? null : change),
    };

    /// <summary>The bugs, in words.</summary>
    public static TheoryData<string> Names => [.. Bugs.Keys];

    /// <summary>Puts a bug into an engine's ports.</summary>
    public static Func<EnginePorts, EnginePorts> Plant(string bug) => Bugs[bug];

    private static Func<EnginePorts, EnginePorts> Commits(Func<string, string, RowChange, RowChange?> change) =>
        ports => ports with { Store = new BuggyStore(ports.Store, change) };

    private static RowChange Blind(RowChange change, bool here) => !here ? change : change.Kind switch
    {
        RowChangeKind.Replace => RowChange.Upsert(change.Key, change.Properties!),
        RowChangeKind.Insert => RowChange.Upsert(change.Key, change.Properties!),
        RowChangeKind.Delete => RowChange.Delete(change.Key),
        _ => change,
    };

    private static bool IsClaim(RowChange change) => change.Key.StartsWith(CustomerRows.OpenSends, StringComparison.Ordinal)
        && change.Properties?.Values.OfType<string>().Any(text => text.Contains("attempting", StringComparison.Ordinal)) == true;

    private static EnginePorts NamesFactsAnew(EnginePorts ports)
    {
        var number = 0;
        return ports with
        {
            Store = new BuggyStore(ports.Store, (table, _, change) => table == Tables.Facts ? change with { Key = $"{change.Key}~{ports.GetHashCode()}{number++}" } : change),
        };
    }

    /// <summary>A store that does not do what it is told.</summary>
    private sealed class BuggyStore(
        ITableStore inner, Func<string, string, RowChange, RowChange?> change, Func<string, string, bool>? hidden = null) : ITableStore
    {
        public async Task<Row?> GetAsync(string table, string partition, string key, CancellationToken cancellation = default)
        {
            var row = await inner.GetAsync(table, partition, key, cancellation);
            return hidden?.Invoke(table, key) == true ? null : row;
        }

        public async Task<RowPage> ReadAsync(
            string table, string partition, KeyRange range, string? continuation = null, int pageSize = TableLimits.PageSize, CancellationToken cancellation = default)
        {
            var page = await inner.ReadAsync(table, partition, range, continuation, pageSize, cancellation);
            return hidden is null ? page : page with { Rows = [.. page.Rows.Where(r => !hidden(table, r.Key))] };
        }

        public async Task<IReadOnlyList<string?>> CommitAsync(
            string table, string partition, IReadOnlyList<RowChange> changes, CancellationToken cancellation = default)
        {
            var kept = changes.Select(c => change(table, partition, c)).ToList();
            var real = kept.OfType<RowChange>().Select(c => hidden?.Invoke(table, c.Key) == true ? Blind(c, true) : c).ToList();
            var tags = new Queue<string?>(real.Count == 0 ? [] : await inner.CommitAsync(table, partition, real, cancellation));
            return [.. kept.Select(c => c is null ? "1" : tags.Dequeue())];
        }
    }

    /// <summary>A bus that loses what it doesn't like.</summary>
    private sealed class BuggyBus(IMessageBus inner, Func<BusMessage, BusMessage?> keep) : IMessageBus
    {
        public Task SendAsync(string queue, IReadOnlyList<BusMessage> messages, CancellationToken cancellation = default)
        {
            var kept = messages.Select(keep).OfType<BusMessage>().ToList();
            return kept.Count == 0 ? Task.CompletedTask : inner.SendAsync(queue, kept, cancellation);
        }
    }

    /// <summary>Takes "nobody knows" for "no".</summary>
    private sealed class HopefulSender(IEmailSender inner) : IEmailSender
    {
        public async Task<SendAnswer> SendAsync(RenderedEmail email, CancellationToken cancellation = default) =>
            await inner.SendAsync(email, cancellation) is SendAnswer.Unknown unknown
                ? new SendAnswer.TryAfter(TimeSpan.FromSeconds(1), unknown.Reason) : new SendAnswer.Accepted();

        public Task<bool?> WasAcceptedAsync(string sendId, CancellationToken cancellation = default) => inner.WasAcceptedAsync(sendId, cancellation);
    }
}
