using Segue.Customers;

namespace Segue.Privacy;

/// <summary>The customer is to be forgotten.</summary>
public sealed record EraseCustomer : CustomerMessage
{
    /// <summary>When that was said.</summary>
    public required DateTimeOffset ArrivedAt { get; init; }
}

/// <summary>Everything that was on its way when a customer was erased has had its time: what has come late goes, and the tombstone.</summary>
public sealed record SweepErased : CustomerMessage
{
    /// <summary>The erasure that this belongs to.</summary>
    public required DateTimeOffset ErasedAt { get; init; }
}
