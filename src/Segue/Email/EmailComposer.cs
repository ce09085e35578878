using Segue.Customers;
using Segue.Ports;

namespace Segue.Email;

/// <summary>Renders a customer's mail from the template in force.</summary>
internal sealed class EmailComposer(UnsubscribeLinks links)
{
    /// <summary>The mail, or why there is none.</summary>
    public (RenderedEmail? Email, string? Refusal) Compose(CustomerWork work, Send send)
    {
        var (set, contact) = (work.Campaigns.Set, work.Profile.Contact);
        if (!set.Emails.TryGetValue(send.Email, out var template))
        {
            return (null, $"there is no e-mail '{send.Email}' any more");
        }

        try
        {
            return (EmailRenderer.Render(template, set.Settings, new EmailContent
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
            }), null);
        }
        catch (EmailRefusedException e)
        {
            return (null, e.Message);
        }
    }
}
