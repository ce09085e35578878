using System.Text.Json.Serialization;

namespace Segue.Email.Suppression;

/// <summary>Why an address gets no mail.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SuppressionReason>))]
public enum SuppressionReason
{
    /// <summary>There is no such box: nothing is sent there any more.</summary>
    [JsonStringEnumMemberName("bounce")]
    Bounce,

    /// <summary>A mail was called spam: no marketing, whatever is said later. Lifted by hand alone.</summary>
    [JsonStringEnumMemberName("complaint")]
    Complaint,

    /// <summary>The person wants no marketing, or none on a topic, until they say otherwise.</summary>
    [JsonStringEnumMemberName("unsubscribe")]
    Unsubscribe,
}

/// <summary>One reason, for all mail or a topic.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Topic">What it is limited to; null for everything that the reason covers.</param>
/// <param name="At">When it was said last.</param>
public sealed record SuppressionEntry(SuppressionReason Reason, string? Topic, DateTimeOffset At);

/// <summary>All that stands against mailing one address: row <c>suppression</c> of Addresses. Nothing in it tells whose it is.</summary>
public sealed record AddressSuppression
{
    /// <summary>Nothing.</summary>
    public static AddressSuppression None { get; } = new();

    /// <summary>The reasons, one of each kind and topic.</summary>
    public IReadOnlyList<SuppressionEntry> Entries { get; set; } = [];

    /// <summary>The person said that they want mail again: unsubscribing before that no longer holds. By topic; "" for all.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset> WantedAgain { get; set; } = new Dictionary<string, DateTimeOffset>();

    /// <summary>What still holds.</summary>
    [JsonIgnore]
    public IEnumerable<SuppressionEntry> InForce => Entries.Where(e =>
        e.Reason != SuppressionReason.Unsubscribe
        || !(WantedAgain.TryGetValue(e.Topic ?? "", out var again) && again >= e.At));

    /// <summary>Why a mail may not go to the address, or null.</summary>
    /// <param name="topic">The mail's topic.</param>
    /// <param name="transactional">Whether it needs no consent: then only a box that does not exist stops it.</param>
    public SuppressionEntry? Against(string? topic, bool transactional) => InForce.FirstOrDefault(e =>
        e.Reason == SuppressionReason.Bounce || (!transactional && (e.Topic is null || e.Topic == topic)));

    /// <summary>With one reason more, or said again.</summary>
    public AddressSuppression With(SuppressionEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var known = Entries.FirstOrDefault(e => e.Reason == entry.Reason && e.Topic == entry.Topic);
        return known is null ? this with { Entries = [.. Entries, entry] }
            : known.At >= entry.At ? this
            : this with { Entries = [.. Entries.Select(e => ReferenceEquals(e, known) ? entry : e)] };
    }

    /// <summary>With the person's word that they want mail again: on a topic, or (null) on all.</summary>
    public AddressSuppression WithWish(string? topic, DateTimeOffset at) =>
        WantedAgain.TryGetValue(topic ?? "", out var known) && known >= at ? this
            : this with { WantedAgain = new Dictionary<string, DateTimeOffset>(WantedAgain) { [topic ?? ""] = at } };
}
