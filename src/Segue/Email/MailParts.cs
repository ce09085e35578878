using Segue.Recommendations;
using Segue.Surveys;

namespace Segue.Email;

/// <summary>What a mail shows besides what the send knows: looked up at the moment it is made.</summary>
public sealed record MailParts
{
    /// <summary>Nothing.</summary>
    public static MailParts None { get; } = new();

    /// <summary>The product that the run is about; null for none, or where it is gone or dearer than it was announced.</summary>
    public ShownProduct? Product { get; init; }

    /// <summary>Products chosen for the customer, best first.</summary>
    public IReadOnlyList<ShownProduct> Recommendations { get; init; } = [];

    /// <summary>What is in the cart and can be had.</summary>
    public IReadOnlyList<ShownProduct> Cart { get; init; } = [];

    /// <summary>The survey that it asks, or null.</summary>
    public Survey? Survey { get; init; }

    /// <summary>Which of the things that a template requires is not there; null where all are.</summary>
    public string? Lacks(IEnumerable<string> required)
    {
        ArgumentNullException.ThrowIfNull(required);
        return required.FirstOrDefault(name => name switch
        {
            "product" => Product is null,
            "cart" => Cart.Count == 0,
            _ => Recommendations.Count == 0,
        });
    }
}

/// <summary>A product as mails show it.</summary>
/// <param name="ProductId">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Price">Its price a piece, in the shop's currency; null where nobody says it.</param>
public sealed record ShownProduct(string ProductId, string Name, decimal? Price)
{
    /// <summary>Its page; null leaves the link to the shop.</summary>
    public Uri? Url { get; init; }

    /// <summary>Its picture, or null.</summary>
    public Uri? Image { get; init; }

    /// <summary>Its category, or null.</summary>
    public string? Category { get; init; }

    /// <summary>What it cost before, or null.</summary>
    public decimal? Was { get; init; }

    /// <summary>Why it is recommended; null where it is not.</summary>
    public RecommendationReason? Reason { get; init; }

    /// <summary>Name of the product that it goes with, or null.</summary>
    public string? Because { get; init; }

    /// <summary>Pieces, in a cart.</summary>
    public int Quantity { get; init; } = 1;
}
