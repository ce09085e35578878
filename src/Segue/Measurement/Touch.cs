namespace Segue.Measurement;

/// <summary>Where a mail that an order follows came from.</summary>
/// <param name="Journey">The journey.</param>
/// <param name="Step">The step.</param>
/// <param name="Variant">The variant, or null.</param>
/// <param name="Segment">The customer's primary segment at entry.</param>
public sealed record Touch(string Journey, string Step, string? Variant, string Segment);

/// <summary>A mail that orders may still be attributed to.</summary>
/// <param name="Touch">Where it came from.</param>
/// <param name="At">When it went.</param>
/// <param name="Until">When the window of its run's goal closes, inclusive.</param>
public sealed record SentTouch(Touch Touch, DateTimeOffset At, DateTimeOffset Until);

/// <summary>An order that follows mails.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="At">When it was placed.</param>
/// <param name="Net">What is left of it, 0 where it does not count any more.</param>
/// <param name="Discount">What was given off.</param>
/// <param name="Counts">Whether it counts.</param>
/// <param name="Touches">The mails, oldest first.</param>
public sealed record AttributedOrder(
    string OrderId, DateTimeOffset At, decimal Net, decimal Discount, bool Counts, IReadOnlyList<Touch> Touches);
