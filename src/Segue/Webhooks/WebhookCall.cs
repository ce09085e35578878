using System.Text.Json.Serialization;
using Segue.Customers;
using Segue.Events;
using Segue.Journeys;
using Segue.Measurement;
using Segue.Messaging;

namespace Segue.Webhooks;

/// <summary>Where a webhook's call stands.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<WebhookStatus>))]
public enum WebhookStatus
{
    /// <summary>To be made, or to be tried again.</summary>
    [JsonStringEnumMemberName("pending")]
    Pending,

    /// <summary>The receiver took it.</summary>
    [JsonStringEnumMemberName("taken")]
    Taken,

    /// <summary>Given up, for <see cref="WebhookCall.Reason"/>.</summary>
    [JsonStringEnumMemberName("failed")]
    Failed,

    /// <summary>Not made, for <see cref="WebhookCall.Reason"/>.</summary>
    [JsonStringEnumMemberName("withheld")]
    Withheld,
}

/// <summary>One call of one step: row <c>0-webhook-{id}</c> while it is open, <c>webhook-{id}</c> when it is settled.</summary>
public sealed record WebhookCall
{
    /// <summary>Derived from the step's token: the receiver sees it as <c>webhook-id</c>, the same at each try.</summary>
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

    /// <summary>What is called, and with what.</summary>
    public required WebhookTerms Terms { get; init; }

    /// <summary>When the step was due.</summary>
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>The customer's primary segment at entry, for reports.</summary>
    public required string Segment { get; init; }

    /// <summary>The variant of the test that the run is in, or null.</summary>
    public string? Variant { get; init; }

    /// <summary>The event that began the run, or null.</summary>
    public CustomerEvent? Event { get; init; }

    /// <summary>Where it stands.</summary>
    public WebhookStatus Status { get; init; }

    /// <summary>How often it was tried.</summary>
    public int Tries { get; init; }

    /// <summary>Not to be made before this moment.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>When it was settled.</summary>
    public DateTimeOffset? SettledAt { get; init; }

    /// <summary>Why it failed, was withheld, or must be tried again.</summary>
    public string? Reason { get; init; }

    /// <summary>Whether it is a run's.</summary>
    internal bool IsOf(Enrolment run) => Journey == run.Journey && Key == run.Key && Run == run.Run;

    /// <summary>When it is to be looked at next.</summary>
    internal DueMoment WakeAt(string customerId, DateTimeOffset at) =>
        new(at, Queues.Webhooks, $"webhook-{Id}", new WebhookDue { CustomerId = customerId, CallId = Id, At = at });

    /// <summary>What reports learn of it.</summary>
    internal Fact FactOf(string kind, string customerId, DateTimeOffset at, string? reason = null) =>
        new(kind, customerId, Id, at) { Journey = Journey, Step = Step, Variant = Variant, Segment = Segment, Reason = reason };
}

/// <summary>What a webhook's step says.</summary>
/// <param name="Url">Where to.</param>
/// <param name="Consent">What the customer must have agreed to.</param>
public sealed record WebhookTerms(Uri Url, WebhookConsent Consent)
{
    /// <summary>What the customer can unsubscribe from, or null.</summary>
    public string? Topic { get; init; }

    /// <summary>What of the customer goes along besides the id: some of <see cref="WebhookBody.Fields"/>.</summary>
    public IReadOnlyList<string> Customer { get; set; } = [];

    /// <summary>Values of the file's own that go along, or null.</summary>
    public IReadOnlyDictionary<string, string>? Data { get; init; }

    /// <summary>How long the receiver may take.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>What the journey does when it is given up.</summary>
    public OnFail OnFail { get; init; }
}

/// <summary>What a customer must have agreed to before a webhook about them is called.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<WebhookConsent>))]
public enum WebhookConsent
{
    /// <summary>Nothing: it is no message to them.</summary>
    [JsonStringEnumMemberName("none")]
    None,

    /// <summary>Marketing by e-mail, or what counts like it in the shop: push, letters.</summary>
    [JsonStringEnumMemberName("email")]
    Email,

    /// <summary>Marketing by phone: SMS, recorded calls.</summary>
    [JsonStringEnumMemberName("phone")]
    Phone,
}

/// <summary>A webhook to be called.</summary>
public sealed record WebhookDue : CustomerMessage
{
    /// <summary>The call.</summary>
    public required string CallId { get; init; }

    /// <summary>Not before this moment.</summary>
    public required DateTimeOffset At { get; init; }
}
