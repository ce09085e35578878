using Segue.Journeys;

namespace Segue.Offers;

/// <summary>A discount that a step offers.</summary>
/// <param name="Percent">Percent off, over 0 up to 100, or null.</param>
/// <param name="Amount">Money off in the shop's currency, over 0, or null. One of the two is set.</param>
/// <param name="ValidFor">How long the customer's code holds, from the moment the step was due.</param>
public sealed record Offer(decimal? Percent, decimal? Amount, Duration ValidFor);
