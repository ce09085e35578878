namespace Segue.Offers;

/// <summary>A discount given to one customer: row <c>code-{code}</c>, and what the e-mail shows.</summary>
/// <param name="Code">What the customer types at the checkout.</param>
/// <param name="Percent">Percent off, or null.</param>
/// <param name="Amount">Money off in the shop's currency, or null.</param>
/// <param name="ExpiresAt">Holds until this moment, exclusive.</param>
/// <param name="Journey">Where it came from.</param>
/// <param name="Step">Where it came from.</param>
public sealed record IssuedOffer(
    string Code, decimal? Percent, decimal? Amount, DateTimeOffset ExpiresAt, string Journey, string Step);
