using Segue.Measurement;

namespace Segue.Email;

/// <summary>What reports learn of an e-mail.</summary>
internal static class SendFacts
{
    /// <summary>The fact; its name is the send id, so that each kind is said once.</summary>
    public static Fact Of(string kind, string customerId, Send send, DateTimeOffset at, string? reason = null) =>
        new(kind, customerId, send.Id, at)
        {
            Journey = send.Journey,
            Step = send.Step,
            Variant = send.Variant,
            Segment = send.Segment,
            Reason = reason,
        };
}
