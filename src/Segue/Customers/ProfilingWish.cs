namespace Segue.Customers;

/// <summary>What a customer said about being profiled (GDPR, articles 21 and 22): worked out what they are like, and treated by it.</summary>
/// <param name="Objects">Whether they object.</param>
/// <param name="At">When it was said; of two answers the later one holds.</param>
/// <param name="Source">Where: the shop's own system, <c>preferences</c>. Null where that was not told.</param>
public sealed record ProfilingWish(bool Objects, DateTimeOffset At, string? Source);
