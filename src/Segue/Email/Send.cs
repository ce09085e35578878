using System.Text.Json.Serialization;

namespace Segue.Email;

/// <summary>Where an e-mail stands: pending -> attempting -> accepted | rejected | unknown.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SendStatus>))]
public enum SendStatus
{
    /// <summary>Decided on; nobody has tried.</summary>
    [JsonStringEnumMemberName("pending")]
    Pending,

    /// <summary>Claimed: handed to the mail service, or about to be.</summary>
    [JsonStringEnumMemberName("attempting")]
    Attempting,

    /// <summary>The mail service has it.</summary>
    [JsonStringEnumMemberName("accepted")]
    Accepted,

    /// <summary>The mail service refused it for good.</summary>
    [JsonStringEnumMemberName("rejected")]
    Rejected,

    /// <summary>The mail service may have it or not. Never tried again under this send id.</summary>
    [JsonStringEnumMemberName("unknown")]
    Unknown,

    /// <summary>Not sent, for <see cref="Send.Reason"/>: no consent, sending off, the run ended first.</summary>
    [JsonStringEnumMemberName("withheld")]
    Withheld,
}

/// <summary>
/// One e-mail to one customer: row <c>0-send-{id}</c> while it is open, <c>send-{id}</c> when it is settled.
/// </summary>
public sealed record Send
{
    /// <summary>Derived from the step's token.</summary>
    public required string Id { get; init; }

    /// <summary>The journey.</summary>
    public required string Journey { get; init; }

    /// <summary>The definition that the run is on.</summary>
    public required string Version { get; init; }

    /// <summary>The run's key.</summary>
    public string Key { get; set; } = "";

    /// <summary>The run.</summary>
    public required int Run { get; init; }

    /// <summary>The step.</summary>
    public required string Step { get; init; }

    /// <summary>Name of the template.</summary>
    public required string Email { get; init; }

    /// <summary>What the customer can unsubscribe from.</summary>
    public string? Topic { get; init; }

    /// <summary>Needs no marketing consent.</summary>
    public bool Transactional { get; init; }

    /// <summary>When the step was due.</summary>
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>The variant of the test that the run is in, or null.</summary>
    public string? Variant { get; init; }

    /// <summary>The customer's primary segment at entry, for reports.</summary>
    public required string Segment { get; init; }

    /// <summary>The discount that goes with it, or null.</summary>
    public Offers.IssuedOffer? Offer { get; init; }

    /// <summary>The event that began the run, or null: what the mail is about.</summary>
    public Events.CustomerEvent? Event { get; init; }

    /// <summary>Where it stands.</summary>
    public SendStatus Status { get; init; }

    /// <summary>Not to be tried before this moment, because the mail service asked for time.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>The moment for which it has a place in the hour's rate, or null.</summary>
    public DateTimeOffset? PacedFor { get; init; }

    /// <summary>When it was claimed: the moment that consent, exit and caps were judged by.</summary>
    public DateTimeOffset? ClaimedAt { get; init; }

    /// <summary>When it was settled.</summary>
    public DateTimeOffset? SettledAt { get; init; }

    /// <summary>What the mail service told of it, by kind (<see cref="Reports.MailReport"/>), each with its earliest moment.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset>? Reported { get; init; }

    /// <summary>Why it was withheld or rejected, or what made it unknown.</summary>
    public string? Reason { get; init; }
}
