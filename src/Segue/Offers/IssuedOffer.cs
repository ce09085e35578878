namespace Segue.Offers;

/// <summary>A discount given to one customer: row <c>code-{code}</c>, and what the e-mail shows.</summary>
/// <param name="Code">What the customer types at the checkout; empty while the pool or the shop has not given one yet.</param>
/// <param name="Percent">Percent off, or null.</param>
/// <param name="Amount">Money off in the shop's currency, or null.</param>
/// <param name="ExpiresAt">Holds until this moment, exclusive.</param>
/// <param name="Journey">Where it came from.</param>
/// <param name="Step">Where it came from.</param>
public sealed record IssuedOffer(
    string Code, decimal? Percent, decimal? Amount, DateTimeOffset ExpiresAt, string Journey, string Step)
{
    /// <summary>The products that it is off, by id; null for the whole order.</summary>
    public IReadOnlyList<string>? Products { get; init; }

    /// <summary>Whether <see cref="Products"/> must be ordered together.</summary>
    public bool IsBundle { get; init; }

    /// <summary>The most money that a percentage takes off, in the shop's currency; null for no limit.</summary>
    public decimal? MaxDiscount { get; init; }

    /// <summary>The least share of the price that must be left after discount and cost, 0 to 1; null for no limit.</summary>
    public decimal? MinMargin { get; init; }

    /// <summary>Whether it may be used together with others.</summary>
    public bool Stack { get; init; }

    /// <summary>The pool that its code comes from; null where the shop asks for it.</summary>
    public string? Pool { get; init; }

    /// <summary>Where the shop makes its code; null where it does not.</summary>
    public Uri? Request { get; init; }

    /// <summary>The budget that it is taken from, or null.</summary>
    public OfferBudget? Budget { get; init; }

    /// <summary>The order that it was used for, or null.</summary>
    public string? RedeemedBy { get; init; }

    /// <summary>When that order was placed.</summary>
    public DateTimeOffset? RedeemedAt { get; init; }

    /// <summary>A code as it is compared: customers type small letters and spaces.</summary>
    public static string Normal(string code)
    {
        ArgumentNullException.ThrowIfNull(code);
        return code.Trim().ToUpperInvariant();
    }

    /// <summary>Whether it is worth at least as much to the customer as another; a percentage is taken of their usual order.</summary>
    /// <param name="other">The other.</param>
    /// <param name="usualOrder">The customer's average order, in the shop's currency.</param>
    public bool IsAsGoodAs(IssuedOffer other, decimal usualOrder)
    {
        ArgumentNullException.ThrowIfNull(other);

        // Off some products is not as good as off all, nor as off others.
        return (Products is null || (other.Products is { } same && IsBundle == other.IsBundle && Products.Order(StringComparer.Ordinal).SequenceEqual(same.Order(StringComparer.Ordinal))))
            && IsWorthAsMuch(other, usualOrder);
    }

    /// <summary>What it may cost at most, in the shop's currency; null where nothing bounds it.</summary>
    public decimal? Liability => Amount ?? MaxDiscount;

    private bool IsWorthAsMuch(IssuedOffer other, decimal usualOrder) =>
        (Percent, other.Percent) is ({ } mine, { } theirs) && MaxDiscount is null && other.MaxDiscount is null
            ? mine >= theirs : Worth(usualOrder) >= other.Worth(usualOrder);

    private decimal Worth(decimal usualOrder) => Amount ?? Math.Min(usualOrder * Percent!.Value / 100, MaxDiscount ?? decimal.MaxValue);
}
