using Segue.Events;

namespace Segue.Journeys;

/// <summary>Which events are meant.</summary>
/// <param name="Name">The event's kept name, <c>order</c> for an order.</param>
/// <param name="Where">Fields and attributes that it must have, each with one of some values; null for any.</param>
public sealed record EventMatch(string Name, IReadOnlyDictionary<string, IReadOnlyList<string>>? Where = null)
{
    /// <summary>Whether an event is one of them.</summary>
    public bool Matches(CustomerEvent fact)
    {
        ArgumentNullException.ThrowIfNull(fact);
        return fact.Name == Name && (Where is null || Where.All(w => fact.Value(w.Key) is { } value && w.Value.Contains(value)));
    }
}
