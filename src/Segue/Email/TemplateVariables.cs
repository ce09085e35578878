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

    /// <summary>The e-mail itself, for the layout: it alone is HTML already.</summary>
    public const string Body = "body";

    private static readonly Dictionary<string, OfferKinds> _mail = new()
    {
        ["customer.name"] = OfferKinds.Any,
        ["customer.email"] = OfferKinds.Any,
        ["offer.code"] = OfferKinds.Some,
        ["offer.percent"] = OfferKinds.Percent,
        ["offer.amount"] = OfferKinds.Amount,
        ["offer.expiresAt"] = OfferKinds.Some,
        ["shop.name"] = OfferKinds.Any,
        ["shop.url"] = OfferKinds.Any,
        [PostalAddress] = OfferKinds.Any,
        [Unsubscribe] = OfferKinds.Any,
    };

    private static readonly string[] _layout = ["subject", "preheader", Body];

    /// <summary>The names, for messages.</summary>
    public static IEnumerable<string> Names(bool layout) => [.. _mail.Keys, Attribute + "NAME", .. layout ? _layout : []];

    /// <summary>With which kinds of offer a variable is there; null for one that can't exist.</summary>
    public static OfferKinds? Exists(string name, bool layout) =>
        _mail.TryGetValue(name, out var kinds) ? kinds
        : name.StartsWith(Attribute, StringComparison.Ordinal) && IsAttribute(name[Attribute.Length..]) ? OfferKinds.Any
        : layout && _layout.Contains(name) ? OfferKinds.Any
        : null;

    /// <summary>The kind of an offer.</summary>
    public static OfferKinds Of(Offer? offer) =>
        offer is null ? OfferKinds.None : offer.Percent is null ? OfferKinds.Amount : OfferKinds.Percent;

    private static bool IsAttribute(string name) =>
        name.Length > 0 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');
}
