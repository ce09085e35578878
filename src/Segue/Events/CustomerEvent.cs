using System.Globalization;

namespace Segue.Events;

/// <summary>Something that a customer did, or that happened to them, besides ordering: viewed, reviewed, answered.</summary>
public sealed record CustomerEvent
{
    /// <summary>The sender's id: the same event sent again is one event.</summary>
    public required string EventId { get; init; }

    /// <summary>The customer.</summary>
    public required string CustomerId { get; init; }

    /// <summary>What happened, in its kept form: <see cref="EventNames"/> or the shop's own.</summary>
    public required string Name { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Whether <see cref="At"/> is the moment of arrival because the sender gave none.</summary>
    public bool AtArrival { get; init; }

    /// <summary>The product it is about, or null.</summary>
    public string? ProductId { get; init; }

    /// <summary>The category it is about, or null.</summary>
    public string? Category { get; init; }

    /// <summary>Money it is about, in the shop's currency: a price, a balance. Null for none.</summary>
    public decimal? Amount { get; init; }

    /// <summary>Everything else, by name; numbers and booleans in invariant notation. Null for none.</summary>
    public IReadOnlyDictionary<string, string>? Attributes { get; init; }

    /// <summary>A value by the name that rules and templates use: a field of the event's own, else an attribute; null for none.</summary>
    public string? Value(string name) => name switch
    {
        "name" => Name,
        "productId" => ProductId,
        "category" => Category,
        "amount" => Amount?.ToString("0.####", CultureInfo.InvariantCulture),
        _ => Attributes?.GetValueOrDefault(name),
    };

    /// <summary>Whether both say the same. A moment that was only that of arrival is not compared.</summary>
    public bool SaysTheSameAs(CustomerEvent other)
    {
        ArgumentNullException.ThrowIfNull(other);
        var withoutTime = AtArrival || other.AtArrival;
        return Bare(withoutTime) == other.Bare(withoutTime)
            && (Attributes?.Count ?? 0) == (other.Attributes?.Count ?? 0)
            && (Attributes is null || Attributes.All(a => other.Attributes!.TryGetValue(a.Key, out var value) && value == a.Value));
    }

    private CustomerEvent Bare(bool withoutTime) => this with
    {
        At = withoutTime ? default : At.ToUniversalTime(),
        AtArrival = false,
        Attributes = null,
    };
}
