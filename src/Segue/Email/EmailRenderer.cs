using Segue.Campaigns;
using Segue.Ports;
using Segue.Recommendations;

namespace Segue.Email;

/// <summary>Renders e-mails.</summary>
public static class EmailRenderer
{
    private static readonly string[] _ofEvents = ["name", "productId", "category", "amount"];

    /// <summary>The words that templates ask for.</summary>
    private static readonly Dictionary<RecommendationReason, string> _reasons = new()
    {
        [RecommendationReason.Replenish] = "replenish",
        [RecommendationReason.AlsoBought] = "also-bought",
        [RecommendationReason.UpSell] = "up-sell",
        [RecommendationReason.FavouriteCategory] = "favourite-category",
        [RecommendationReason.BestSeller] = "best-seller",
    };

    /// <summary>Renders one e-mail: subject, HTML, and the plain text made from it.</summary>
    /// <param name="template">The template.</param>
    /// <param name="settings">Sender, postal address and the shop's name.</param>
    /// <param name="content">What it says to whom. What is not known (a name, an attribute) is shown as nothing.</param>
    /// <exception cref="EmailRefusedException">
    /// There is no sender's address, or it is marketing without topic, link to unsubscribe or postal address.
    /// </exception>
    public static RenderedEmail Render(EmailTemplate template, CampaignSettings settings, EmailContent content)
    {
        ArgumentNullException.ThrowIfNull(template);
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(content);
        if ((template.Front.From ?? settings.From) is not { } from)
        {
            throw new EmailRefusedException("settings.yaml names no sender: set 'from'.");
        }

        RefuseIncomplete(settings, content);
        var unsubscribe = content.Transactional ? null : content.UnsubscribeUrl;
        var shown = Shown(settings, content, unsubscribe);
        var subject = OneLine(template.Compiled.Subject(shown));
        var html = template.Compiled.Html(shown);
        if (template.Compiled.Layout is { } layout)
        {
            shown["subject"] = subject;
            shown["preheader"] = OneLine(template.Compiled.Preheader(shown));
            shown["body"] = html;
            html = layout(shown);
        }

        RefuseUnlawful(template, settings, unsubscribe, html);
        return new(content.SendId, from, OneLine(template.Front.FromName ?? settings.FromName ?? settings.ShopName), template.Front.ReplyTo ?? settings.ReplyTo, content.To,
            content.Name is { } name ? OneLine(name) : null, subject, html, HtmlText.From(html), unsubscribe, content.Categories);
    }

    private static void RefuseIncomplete(CampaignSettings settings, EmailContent content)
    {
        if (content.Transactional)
        {
            return;
        }

        var lacking = string.IsNullOrEmpty(content.Topic) ? "a topic"
            : content.UnsubscribeUrl is null ? "a link to unsubscribe"
            : string.IsNullOrWhiteSpace(settings.PostalAddress) ? "the shop's postal address ('postalAddress' in settings.yaml)" : null;
        if (lacking is not null)
        {
            throw new EmailRefusedException($"Marketing mail without {lacking} is refused.");
        }
    }

    // What the template's check has promised is looked at once more in the mail itself: a condition may have left it out.
    private static void RefuseUnlawful(EmailTemplate template, CampaignSettings settings, Uri? unsubscribe, string html)
    {
        if (unsubscribe is null)
        {
            return;
        }

        var link = HtmlEncoding.Encode(unsubscribe.AbsoluteUri);
        if (!html.Contains($"href=\"{link}\"", StringComparison.OrdinalIgnoreCase)
            && !html.Contains($"href='{link}'", StringComparison.OrdinalIgnoreCase))
        {
            throw new EmailRefusedException($"The e-mail '{template.Name}' came out without its link to unsubscribe.");
        }

        if (!html.Contains(HtmlEncoding.Encode(settings.PostalAddress!), StringComparison.Ordinal))
        {
            throw new EmailRefusedException($"The e-mail '{template.Name}' came out without the shop's postal address.");
        }
    }

    private static Dictionary<string, object?> Shown(CampaignSettings settings, EmailContent content, Uri? unsubscribe) => new()
    {
        ["customer"] = new Dictionary<string, object?>
        {
            ["email"] = content.To,
            ["name"] = content.Name,
            ["attributes"] = (content.Attributes ?? new Dictionary<string, string>()).ToDictionary(a => a.Key, a => (object?)a.Value),
            ["segment"] = content.Segment,
            ["tags"] = content.Tags.ToDictionary(t => t, _ => (object?)true),
            ["orders"] = content.Orders,
            ["totalSpend"] = content.TotalSpend,
            ["balance"] = content.Balance,
        },
        ["product"] = content.Parts.Product is { } product ? Shown(product, settings) : null,
        ["recommendations"] = content.Parts.Recommendations.Select(r => Shown(r, settings)).ToList(),
        ["cart"] = content.Parts.Cart.Count == 0 ? null : new Dictionary<string, object?>
        {
            ["items"] = content.Parts.Cart.Select(i => Shown(i, settings)).ToList(),
            ["total"] = content.Parts.Cart.Sum(i => i.Price * i.Quantity),
        },
        ["event"] = content.Event is not { } fact ? null : (fact.Attributes ?? new Dictionary<string, string>())
            .Concat(_ofEvents.Where(n => fact.Value(n) is not null).Select(n => KeyValuePair.Create(n, fact.Value(n)!)))
            .DistinctBy(a => a.Key).ToDictionary(a => a.Key, a => (object?)a.Value),
        ["survey"] = content.Parts.Survey is not { } survey ? null : new Dictionary<string, object?>
        {
            ["question"] = survey.Question,
            ["answers"] = survey.Answers.Select(a => new Dictionary<string, object?> { ["label"] = a.Label, ["url"] = content.SurveyUrl!(a.Value).AbsoluteUri }).ToList(),
        },
        ["offer"] = content.Offer is not { } offer ? null : new Dictionary<string, object?>
        {
            ["code"] = offer.Code,
            ["percent"] = offer.Percent,
            ["amount"] = offer.Amount,
            ["expiresAt"] = offer.ExpiresAt,
        },
        ["shop"] = new Dictionary<string, object?>
        {
            ["name"] = settings.ShopName,
            ["address"] = settings.PostalAddress,
            ["url"] = settings.ShopUrl?.AbsoluteUri,
        },
        ["unsubscribeUrl"] = unsubscribe?.AbsoluteUri,
    };

    private static Dictionary<string, object?> Shown(ShownProduct product, CampaignSettings settings) => new()
    {
        ["name"] = product.Name,
        ["url"] = (product.Url ?? settings.ShopUrl)?.AbsoluteUri,
        ["image"] = product.Image?.AbsoluteUri,
        ["category"] = product.Category,
        ["price"] = product.Price,
        ["was"] = product.Was,
        ["reason"] = product.Reason is { } reason ? _reasons[reason] : null,
        ["because"] = product.Because,
        ["quantity"] = product.Quantity,
    };

    // A line break in a header would begin another header.
    private static string OneLine(string text) =>
        string.Join(' ', new string([.. text.Select(c => char.IsControl(c) ? ' ' : c)]).Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
