using HandlebarsDotNet;
using Segue.Offers;

namespace Segue.Email;

/// <summary>One e-mail's template, checked and compiled; made by <see cref="EmailFiles"/>. Safe to use by many threads.</summary>
public sealed class EmailTemplate
{
    internal EmailTemplate(string name, CompiledEmail compiled, FrontMatter front, TemplateCheck check, TemplateCheck? layout)
    {
        Name = name;
        Compiled = compiled;
        Front = front;
        _missing = check.Missing;
        _showsRecommendations = check.ShowsRecommendations;
        _lacks =
        [
            .. check.LinksUnsubscribe || layout is { LinksUnsubscribe: true } ? Array.Empty<string>()
                : ["a link to unsubscribe (<a href=\"{{unsubscribeUrl}}\">)"],
            .. check.ShowsPostalAddress || layout is { ShowsPostalAddress: true } ? Array.Empty<string>()
                : ["the postal address ({{shop.address}})"],
        ];
    }

    private readonly IReadOnlyDictionary<string, OfferKinds> _missing;
    private readonly IReadOnlyList<string> _lacks;
    private readonly bool _showsRecommendations;

    /// <summary>The file's name without <c>.hbs</c> and language.</summary>
    public string Name { get; }

    /// <summary>The e-mail in other languages, by their tags.</summary>
    public IReadOnlyDictionary<string, EmailTemplate> Translations { get; init; } = new Dictionary<string, EmailTemplate>();

    /// <summary>What it must contain as marketing mail, in whatever language, and does not; empty where all is there.</summary>
    public IReadOnlyList<string> LacksForMarketing => [.. All.SelectMany(t => t._lacks).Distinct()];

    /// <summary>Whether it shows products chosen for the customer.</summary>
    public bool ShowsRecommendations => All.Any(t => t._showsRecommendations);

    /// <summary>The survey whose question it asks, or null.</summary>
    public string? Survey => Front.Survey;

    internal CompiledEmail Compiled { get; }

    internal FrontMatter Front { get; }

    private IEnumerable<EmailTemplate> All => Translations.Values.Prepend(this);

    /// <summary>The variables that it shows and that a step with this offer (or none) does not have.</summary>
    public IEnumerable<string> MissingFor(Offer? offer) =>
        All.SelectMany(t => t._missing).Where(m => m.Value.HasFlag(TemplateVariables.Of(offer))).Select(m => m.Key).Distinct();

    /// <summary>The same with its translations.</summary>
    internal EmailTemplate In(IReadOnlyDictionary<string, EmailTemplate> translations) => new(this) { Translations = translations };

    private EmailTemplate(EmailTemplate other) => (Name, Compiled, Front, _missing, _showsRecommendations, _lacks) =
        (other.Name, other.Compiled, other.Front, other._missing, other._showsRecommendations, other._lacks);

    /// <summary>The e-mail in a customer's language: of that very tag (de-CH), else of the language (de), else as it is written.</summary>
    public EmailTemplate For(string? locale)
    {
        if (locale is null || Translations.Count == 0)
        {
            return this;
        }

        var tag = locale.ToLowerInvariant();
        return Translations.GetValueOrDefault(tag) ?? Translations.GetValueOrDefault(tag.Split('-')[0]) ?? this;
    }
}

/// <summary>The parts of an e-mail as functions of what they show; no layout where the e-mail is a whole document.</summary>
internal sealed record CompiledEmail(
    HandlebarsTemplate<object, object> Subject,
    HandlebarsTemplate<object, object> Preheader,
    HandlebarsTemplate<object, object> Html,
    HandlebarsTemplate<object, object>? Layout);
