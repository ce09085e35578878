using Segue.Offers;

namespace Segue.Email;

/// <summary>The kinds of offer that the step which sends a mail may have.</summary>
[Flags]
internal enum OfferKinds
{
    Impossible = 0,
    None = 1,
    Percent = 2,
    Amount = 4,
    Some = Percent | Amount,
    Any = None | Some,
}

/// <summary>What a template may show, and with which kinds of offer each is there.</summary>
internal static class TemplateVariables
{
    /// <summary>Begins the names of the shop's own facts about the customer.</summary>
    public const string Attribute = "customer.attributes.";

    public const string Unsubscribe = "unsubscribeUrl";

    public const string PostalAddress = "shop.address";

    /// <summary>Products chosen for the customer.</summary>
    public const string Recommendations = "recommendations";

    /// <summary>Begins what a survey's mail shows.</summary>
    public const string Survey = "survey";

    /// <summary>The e-mail itself, for the layout: it alone is HTML already.</summary>
    public const string Body = "body";

    /// <summary>Begin names whose rest is the shop's own: attributes, tags, and what the event that began the run says.</summary>
    private static readonly string[] _open = [Attribute, "customer.tags.", "event."];

    private static readonly Dictionary<string, OfferKinds> _mail = new()
    {
        ["customer.name"] = OfferKinds.Any,
        ["customer.email"] = OfferKinds.Any,
        ["customer.segment"] = OfferKinds.Any,
        ["customer.orders"] = OfferKinds.Any,
        ["customer.totalSpend"] = OfferKinds.Any,
        ["customer.balance"] = OfferKinds.Any,
        ["offer.code"] = OfferKinds.Some,
        ["offer.percent"] = OfferKinds.Percent,
        ["offer.amount"] = OfferKinds.Amount,
        ["offer.expiresAt"] = OfferKinds.Some,
        ["product.name"] = OfferKinds.Any,
        ["product.url"] = OfferKinds.Any,
        ["product.image"] = OfferKinds.Any,
        ["product.category"] = OfferKinds.Any,
        ["product.price"] = OfferKinds.Any,
        ["product.was"] = OfferKinds.Any,
        ["cart.total"] = OfferKinds.Any,
        ["survey.question"] = OfferKinds.Any,
        ["shop.name"] = OfferKinds.Any,
        ["shop.url"] = OfferKinds.Any,
        [PostalAddress] = OfferKinds.Any,
        [Unsubscribe] = OfferKinds.Any,
    };

    /// <summary>What may be missing when the mail is sent, so that it must stand in <c>{{#if …}}</c>.</summary>
    public static IReadOnlyList<string> Uncertain { get; } = ["product", "cart"];

    /// <summary>What <c>{{#each}}</c> goes through, with what each of them has.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Lists { get; } = new Dictionary<string, IReadOnlyList<string>>
    {
        [Recommendations] = ["name", "url", "image", "category", "price", "reason", "because"],
        ["cart.items"] = ["name", "url", "image", "category", "price", "quantity"],
        ["survey.answers"] = ["label", "url"],
    };

    /// <summary>What every item of a list has besides.</summary>
    public static IReadOnlyList<string> OfItems { get; } = ["@index", "@first", "@last"];

    private static readonly string[] _layout = ["subject", "preheader", Body];

    /// <summary>The names, for messages.</summary>
    public static IEnumerable<string> Names(bool layout) => [.. _mail.Keys, .. _open.Select(o => o + "NAME"), .. layout ? _layout : []];

    /// <summary>With which kinds of offer a variable is there; null for one that can't exist.</summary>
    public static OfferKinds? Exists(string name, bool layout) =>
        _mail.TryGetValue(name, out var kinds) ? kinds
        : Array.Find(_open, o => name.StartsWith(o, StringComparison.Ordinal)) is { } open && IsAttribute(name[open.Length..]) ? OfferKinds.Any
        : layout && _layout.Contains(name) ? OfferKinds.Any
        : null;

    /// <summary>The kind of an offer.</summary>
    public static OfferKinds Of(Offer? offer) =>
        offer is null ? OfferKinds.None : offer.Percent is null ? OfferKinds.Amount : OfferKinds.Percent;

    private static bool IsAttribute(string name) =>
        name.Length > 0 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');
}
