using Segue.Customers;
using Segue.Ports;
using Segue.Surveys;

namespace Segue.Email;

/// <summary>Renders a customer's mail from the template in force.</summary>
internal sealed class EmailComposer(UnsubscribeLinks links, SurveyLinks surveys, MailReferences references)
{
    /// <summary>The mail, or why there is none.</summary>
    public (RenderedEmail? Email, string? Refusal) Compose(CustomerWork work, Send send, MailParts parts)
    {
        var (set, contact) = (work.Campaigns.Set, work.Profile.Contact);
        if (!set.Emails.TryGetValue(send.Email, out var template))
        {
            return (null, $"there is no e-mail '{send.Email}' any more");
        }

        if (parts.Lacks(template.For(contact.Locale).Front.Requires) is { } lacking)
        {
            return (null, $"no {lacking} to show");
        }

        try
        {
            var standing = work.Profile.Standing;
            var email = EmailRenderer.Render(template.For(contact.Locale), set.Settings, new EmailContent
            {
                SendId = send.Id,
                To = contact.Email ?? throw new EmailRefusedException("no address"),
                Name = contact.Name,
                Attributes = contact.Attributes,
                Offer = send.Offer is { } o ? new(o.Code, o.Percent, o.Amount, o.ExpiresAt) : null,
                Transactional = send.Transactional,
                Topic = send.Topic,
                UnsubscribeUrl = links.Of(set.Settings.PublicUrl, work.CustomerId, send.Id),
                Categories = send.Variant is { } variant ? [send.Journey, send.Step, variant] : [send.Journey, send.Step],
                Segment = standing?.Segment,
                Tags = standing?.Tags ?? [],
                Orders = work.Profile.Purchases.Orders,
                TotalSpend = work.Profile.Purchases.TotalSpend,
                Balance = contact.Balance,
                Event = send.Event,
                Parts = parts,
                SurveyUrl = value => surveys.Of(set.Settings.PublicUrl, new(work.CustomerId, send.Id, parts.Survey!.Id, value)),
            });
            return (email with { Reference = references.Of(work.CustomerId, send.Id) }, null);
        }
        catch (EmailRefusedException e)
        {
            return (null, e.Message);
        }
    }
}
