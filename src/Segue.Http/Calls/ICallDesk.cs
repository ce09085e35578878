using Segue.Calls;

namespace Segue.Http.Calls;

/// <summary>The agents' lists, for the people who call and the systems that they work in.</summary>
public interface ICallDesk
{
    /// <summary>The queues that there are, by the journeys in force.</summary>
    Task<IReadOnlyList<string>> QueuesAsync(CancellationToken cancellation);

    /// <summary>Today's calls of a queue.</summary>
    Task<CallList> ReadAsync(string queue, CancellationToken cancellation);

    /// <summary>Takes what came of a call.</summary>
    /// <exception cref="Segue.Ports.PortUnavailableException">Nothing was lost: the same answer may be given again.</exception>
    Task<CallAnswer> AnswerAsync(string id, string outcome, string? by, CancellationToken cancellation);
}

/// <summary>The lists as the engine has them.</summary>
public sealed class CallDesk(SegueEngine engine) : ICallDesk
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> QueuesAsync(CancellationToken cancellation)
    {
        var set = (await engine.Campaigns.CurrentAsync(cancellation)).Set;
        return [.. set.Journeys.Values.SelectMany(j => j.Steps.Values).OfType<Segue.Journeys.CallStep>().Select(s => s.Queue)
            .Concat(set.Settings.Calls.Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    /// <inheritdoc/>
    public async Task<CallList> ReadAsync(string queue, CancellationToken cancellation)
    {
        var settings = (await engine.Campaigns.CurrentAsync(cancellation)).Set.Settings;
        return await engine.Calls.ReadAsync(queue, settings.Calls.TryGetValue(queue, out var capacity) ? capacity : null, cancellation);
    }

    /// <inheritdoc/>
    public Task<CallAnswer> AnswerAsync(string id, string outcome, string? by, CancellationToken cancellation) =>
        engine.Calls.AnswerAsync(id, outcome, by, cancellation);
}
