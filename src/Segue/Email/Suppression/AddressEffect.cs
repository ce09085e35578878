using System.Text.Json.Serialization;

namespace Segue.Email.Suppression;

/// <summary>What a batch has to say to the table Addresses.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AddressChange>))]
public enum AddressChange
{
    /// <summary>The address is the customer's from now on.</summary>
    [JsonStringEnumMemberName("link")]
    Link,

    /// <summary>It is theirs no longer.</summary>
    [JsonStringEnumMemberName("unlink")]
    Unlink,

    /// <summary>It may not be mailed, for a reason.</summary>
    [JsonStringEnumMemberName("suppress")]
    Suppress,

    /// <summary>The person wants mail again.</summary>
    [JsonStringEnumMemberName("wanted-again")]
    WantedAgain,

    /// <summary>A mail that was counted against its caps did not go after all.</summary>
    [JsonStringEnumMemberName("not-mailed")]
    NotMailed,
}

/// <summary>One change, in an outbox. Doing it twice is doing it once.</summary>
/// <param name="Address">The address's name (<see cref="AddressNames"/>).</param>
/// <param name="Change">What changes.</param>
/// <param name="At">When it was said.</param>
public sealed record AddressEffect(string Address, AddressChange Change, DateTimeOffset At)
{
    /// <summary>Why, for a suppression.</summary>
    public SuppressionReason? Reason { get; init; }

    /// <summary>The mail, for one that did not go.</summary>
    public string? SendId { get; init; }

    /// <summary>What it is limited to; null for everything.</summary>
    public string? Topic { get; init; }
}
