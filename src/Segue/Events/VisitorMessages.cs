using Segue.Customers;

namespace Segue.Events;

/// <summary>A message about a visitor whom nobody knows: its customer id is <see cref="Visitors.IdOf"/>.</summary>
public abstract record VisitorMessage : CustomerMessage;

/// <summary>A visitor did something.</summary>
public sealed record VisitorEvent : VisitorMessage
{
    /// <summary>The event.</summary>
    public required CustomerEvent Event { get; init; }

    /// <summary>When it was accepted.</summary>
    public required DateTimeOffset ArrivedAt { get; init; }
}

/// <summary>A visitor turned out to be a customer.</summary>
public sealed record VisitorSignedIn : VisitorMessage
{
    /// <summary>The visitor's own id.</summary>
    public required string Visitor { get; init; }

    /// <summary>When that was said.</summary>
    public required DateTimeOffset ArrivedAt { get; init; }
}

/// <summary>A visitor may have been away for so long that they are forgotten.</summary>
public sealed record VisitorQuiet : VisitorMessage;
