using Segue.Orders;

namespace Segue.Events;

/// <summary>
/// Names of events. Shops write them in many ways; they are kept and compared in one: lower-case words with hyphens between
/// (<c>Added to cart</c>, <c>added_to_cart</c> and <c>added-to-cart</c> are one).
/// </summary>
public static class EventNames
{
    /// <summary>UTF-16 characters of a name.</summary>
    public const int MaxLength = 100;

    /// <summary>Looked at a product.</summary>
    public const string Viewed = "viewed";

    /// <summary>Put a product into the cart; once more for the same product changes its quantity.</summary>
    public const string AddedToCart = "added-to-cart";

    /// <summary>Took a product out of the cart.</summary>
    public const string RemovedFromCart = "removed-from-cart";

    /// <summary>Left a cart and did not come back to it: found by Segue, or told by the shop.</summary>
    public const string CartAbandoned = "cart-abandoned";

    /// <summary>A product that the customer looked at or bought costs less.</summary>
    public const string PriceDropped = "price-dropped";

    /// <summary>A product of a category that the customer is interested in is new.</summary>
    public const string Released = "released";

    /// <summary>A product that the customer looked at can be had again.</summary>
    public const string Restocked = "restocked";

    /// <summary>Wrote a review.</summary>
    public const string Reviewed = "reviewed";

    /// <summary>Answered a survey's question.</summary>
    public const string SurveyAnswered = "survey-answered";

    /// <summary>A subscription began, was renewed, changed or ended.</summary>
    public const string SubscriptionChanged = "subscription-changed";

    /// <summary>The money that the shop holds for the customer changed.</summary>
    public const string BalanceChanged = "balance-changed";

    /// <summary>A person, no scanner, clicked in one of our mails (attribute <c>sendId</c>).</summary>
    public const string EmailClicked = "email-clicked";

    /// <summary>An agent called the customer (attributes <c>queue</c>, <c>outcome</c>, <c>journey</c>).</summary>
    public const string Called = "called";

    /// <summary>Those that mean something to Segue, beside the shop's own.</summary>
    public static IReadOnlyList<string> WellKnown { get; } =
    [
        Viewed, AddedToCart, RemovedFromCart, CartAbandoned, PriceDropped, Released, Restocked, Reviewed, SurveyAnswered,
        SubscriptionChanged, BalanceChanged, EmailClicked, Called,
    ];

    /// <summary>What only the shop's server, or Segue, can know: a web page that says so is not believed.</summary>
    public static IReadOnlyList<string> OnlyFromServers { get; } =
    [
        CartAbandoned, PriceDropped, Released, Restocked, SurveyAnswered, SubscriptionChanged, BalanceChanged, EmailClicked, Called,
    ];

    /// <summary>Names that are no events: an order is posted as one.</summary>
    public static IReadOnlyList<string> Reserved { get; } = ["order"];

    /// <summary>Whether the customer does it, rather than that it happens to them: what they do tells their habits.</summary>
    public static bool AreDoings(string name) =>
        name is not (CartAbandoned or PriceDropped or Released or Restocked or SubscriptionChanged or BalanceChanged or Called);

    /// <summary>The kept form of a name; null where it is none: letters, digits and <c>.:-</c>, 1 to 100, a letter first.</summary>
    public static string? Normalise(string? text)
    {
        var name = text?.Trim().ToLowerInvariant().Replace(' ', '-').Replace('_', '-');
        return name is { Length: > 0 and <= MaxLength } && char.IsAsciiLetter(name[0])
            && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or ':') ? name : null;
    }

    /// <summary>The kept form of a name that a request or file gives, or null with an error kept.</summary>
    public static string? Check(string path, string? text, FieldChecks checks)
    {
        ArgumentNullException.ThrowIfNull(checks);
        if (text is null)
        {
            return null;
        }

        var name = Normalise(text);
        if (name is null)
        {
            checks.Fail(path, $"found {FieldError.Quote(text)}; an event's name is 1 to {MaxLength} letters, digits and hyphens, a letter first, such as added-to-cart");
        }
        else if (Reserved.Contains(name))
        {
            checks.Fail(path, $"found {FieldError.Quote(text)}; orders are sent to /api/orders, not as events");
            return null;
        }

        return name;
    }
}
