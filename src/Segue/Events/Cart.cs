namespace Segue.Events;

/// <summary>What a customer has put into the cart and not ordered.</summary>
/// <param name="Since">When the first of it was put there.</param>
/// <param name="LastAt">When it was last changed.</param>
/// <param name="Lines">What is in it, in the order it came.</param>
/// <param name="AbandonedAt">When it was found abandoned; null while it was not, or has been changed since.</param>
public sealed record Cart(DateTimeOffset Since, DateTimeOffset LastAt, IReadOnlyList<CartLine> Lines, DateTimeOffset? AbandonedAt = null)
{
    /// <summary>Products that are remembered at most; further ones are not.</summary>
    public const int MaxLines = 50;

    /// <summary>The cart after an event; null where it is empty. Events older than its last change alter nothing but add.</summary>
    public static Cart? After(Cart? cart, CustomerEvent fact)
    {
        ArgumentNullException.ThrowIfNull(fact);
        if (fact.ProductId is not { } product || fact.Name is not (EventNames.AddedToCart or EventNames.RemovedFromCart))
        {
            return cart;
        }

        var others = cart?.Lines.Where(l => l.ProductId != product).ToList() ?? [];
        if (fact.Name == EventNames.RemovedFromCart)
        {
            return cart is null || fact.At < cart.LastAt ? cart
                : others.Count == 0 ? null : cart with { Lines = others, LastAt = fact.At, AbandonedAt = null };
        }

        if (others.Count == MaxLines)
        {
            return cart;
        }

        var line = new CartLine(product, fact.Value("title"), fact.Category, fact.Amount, Quantity(fact));
        return cart is null ? new(fact.At, fact.At, [line])
            : fact.At < cart.LastAt && cart.Lines.Any(l => l.ProductId == product) ? cart
            : new(Earlier(cart.Since, fact.At), Later(cart.LastAt, fact.At), [.. others, line], fact.At > cart.LastAt ? null : cart.AbandonedAt);
    }

    private static int Quantity(CustomerEvent fact) =>
        int.TryParse(fact.Value("quantity"), System.Globalization.CultureInfo.InvariantCulture, out var n) && n is > 0 and <= 1_000_000 ? n : 1;

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}

/// <summary>One product in a cart.</summary>
/// <param name="ProductId">The product.</param>
/// <param name="Name">Its name, if it was said.</param>
/// <param name="Category">Its category, if it was said.</param>
/// <param name="Price">Its price a piece, if it was said.</param>
/// <param name="Quantity">Pieces.</param>
public sealed record CartLine(string ProductId, string? Name, string? Category, decimal? Price, int Quantity);
