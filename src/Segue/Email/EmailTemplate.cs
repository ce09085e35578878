using HandlebarsDotNet;
using Segue.Offers;

namespace Segue.Email;

/// <summary>One e-mail's template, checked and compiled; made by <see cref="EmailFiles"/>. Safe to use by many threads.</summary>
public sealed class EmailTemplate
{
    internal EmailTemplate(string name, CompiledEmail compiled, TemplateCheck check, TemplateCheck? layout)
    {
        Name = name;
        Compiled = compiled;
        _missing = check.Missing;
        LacksForMarketing =
        [
            .. check.LinksUnsubscribe || layout is { LinksUnsubscribe: true } ? Array.Empty<string>()
                : ["a link to unsubscribe (<a href=\"{{unsubscribeUrl}}\">)"],
            .. check.ShowsPostalAddress || layout is { ShowsPostalAddress: true } ? Array.Empty<string>()
                : ["the postal address ({{shop.address}})"],
        ];
    }

    private readonly IReadOnlyDictionary<string, OfferKinds> _missing;

    /// <summary>The file's name without <c>.hbs</c>.</summary>
    public string Name { get; }

    /// <summary>What it must contain as marketing mail and does not; empty where all is there.</summary>
    public IReadOnlyList<string> LacksForMarketing { get; }

    internal CompiledEmail Compiled { get; }

    /// <summary>The variables that it shows and that a step with this offer (or none) does not have.</summary>
    public IEnumerable<string> MissingFor(Offer? offer) =>
        _missing.Where(m => m.Value.HasFlag(TemplateVariables.Of(offer))).Select(m => m.Key);
}

/// <summary>The parts of an e-mail as functions of what they show; no layout where the e-mail is a whole document.</summary>
internal sealed record CompiledEmail(
    HandlebarsTemplate<object, object> Subject,
    HandlebarsTemplate<object, object> Preheader,
    HandlebarsTemplate<object, object> Html,
    HandlebarsTemplate<object, object>? Layout);
