using Segue.Journeys;

namespace Segue.Offers;

/// <summary>A discount that a step offers.</summary>
/// <param name="Percent">Percent off, over 0 up to 100, or null.</param>
/// <param name="Amount">Money off in the shop's currency, over 0, or null. One of the two is set.</param>
/// <param name="ValidFor">How long the customer's code holds, from the moment the step was due.</param>
public sealed record Offer(decimal? Percent, decimal? Amount, Duration ValidFor)
{
    /// <summary>Where its codes come from; null for what the settings say.</summary>
    public CodeSource? Codes { get; init; }

    /// <summary>The products that it is off, by id; null for the whole order.</summary>
    public IReadOnlyList<string>? Products { get; init; }

    /// <summary>Whether <see cref="Products"/> must be ordered together.</summary>
    public bool IsBundle { get; init; }

    /// <summary>The most money that a percentage takes off, in the shop's currency; null for no limit.</summary>
    public decimal? MaxDiscount { get; init; }

    /// <summary>The least share of the price that must be left after discount and cost, 0 to 1; null for no limit.</summary>
    public decimal? MinMargin { get; init; }

    /// <summary>What may be given away; null for no limit.</summary>
    public OfferBudget? Budget { get; init; }

    /// <summary>Whether it is made although the customer holds a better one.</summary>
    public bool Stack { get; init; }
}

/// <summary>Where codes come from that the shop's checkout knows.</summary>
/// <param name="Pool">The pool of codes that the shop has made and imported; null with no <see cref="Request"/>: the checkout asks <c>GET /api/codes/{code}</c>.</param>
public sealed record CodeSource(string? Pool)
{
    /// <summary>Where the shop makes a code when a mail is about to go; null where it does not.</summary>
    public Uri? Request { get; init; }

    /// <summary>The checkout asks.</summary>
    public static CodeSource Lookup { get; } = new((string?)null);
}

/// <summary>What a step may give away in a period: codes, or the money that they may cost at most.</summary>
/// <param name="Codes">Codes, 1 or more, or null.</param>
/// <param name="Liability">Money in the shop's currency, or null. One of the two is set.</param>
/// <param name="Days">The period's length in days; null for ever.</param>
public sealed record OfferBudget(int? Codes, decimal? Liability, int? Days);
