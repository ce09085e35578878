using Segue.Customers;

namespace Segue.Email.Suppression;

/// <summary>An address that this customer has, or had when this was sent, may not be mailed.</summary>
public sealed record AddressSuppressed : CustomerMessage
{
    /// <summary>The address's name: where the customer has another by now, this does not concern them.</summary>
    public required string Address { get; init; }

    /// <summary>Why.</summary>
    public required SuppressionReason Reason { get; init; }

    /// <summary>What it is limited to; null for everything.</summary>
    public string? Topic { get; init; }

    /// <summary>When it was said.</summary>
    public required DateTimeOffset At { get; init; }
}
