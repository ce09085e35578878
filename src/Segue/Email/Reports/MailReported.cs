using System.Text.Json.Serialization;
using Segue.Customers;

namespace Segue.Email.Reports;

/// <summary>What a mail service can tell of a mail.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<MailReport>))]
public enum MailReport
{
    /// <summary>The service has it and tries, or tries again, to deliver it.</summary>
    [JsonStringEnumMemberName("processed")]
    Processed,

    /// <summary>The recipient's server has taken it.</summary>
    [JsonStringEnumMemberName("delivered")]
    Delivered,

    /// <summary>The service had it and did not even try, for a reason.</summary>
    [JsonStringEnumMemberName("dropped")]
    Dropped,

    /// <summary>The recipient's server refused it for good: there is no such box.</summary>
    [JsonStringEnumMemberName("bounced")]
    Bounced,

    /// <summary>The recipient's server refused this one: full, too busy, not liked. Several in a row count as bounced.</summary>
    [JsonStringEnumMemberName("blocked")]
    Blocked,

    /// <summary>A person has opened it, as far as that can be told.</summary>
    [JsonStringEnumMemberName("opened")]
    Opened,

    /// <summary>A person has clicked in it.</summary>
    [JsonStringEnumMemberName("clicked")]
    Clicked,

    /// <summary>A mail program or scanner opened it or followed its links.</summary>
    [JsonStringEnumMemberName("scanned")]
    Scanned,

    /// <summary>The recipient unsubscribed at the mail service: from everything.</summary>
    [JsonStringEnumMemberName("unsubscribed")]
    Unsubscribed,

    /// <summary>The recipient unsubscribed at the mail service: from this mail's topic.</summary>
    [JsonStringEnumMemberName("topic-unsubscribed")]
    TopicUnsubscribed,

    /// <summary>The recipient called it spam.</summary>
    [JsonStringEnumMemberName("complained")]
    Complained,
}

/// <summary>The mail service tells something of a mail. Comes in any order, and more than once.</summary>
public sealed record MailReported : CustomerMessage
{
    /// <summary>The mail.</summary>
    public required string SendId { get; init; }

    /// <summary>What.</summary>
    public required MailReport What { get; init; }

    /// <summary>When, by the service's clock.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The service's own name of the event: sent again, it is one.</summary>
    public required string EventId { get; init; }

    /// <summary>Name of the address that the mail went to, which need not be the customer's any more; null where it was not told.</summary>
    public string? Address { get; init; }

    /// <summary>Why, for what failed; cut to 200 characters. Null for none.</summary>
    public string? Reason { get; init; }

    /// <summary>Its name on the bus.</summary>
    internal string Name => $"mail~{EventId}";
}
