using Segue.Email;
using Segue.Ports;
using SendGrid.Helpers.Mail;

namespace Segue.Functions.Email;

/// <summary>A rendered e-mail as SendGrid takes it.</summary>
internal static class SendGridMail
{
    // SendGrid takes 10 unique categories of at most 255 characters.
    private const int Categories = 10;
    private const int CategoryLength = 255;

    /// <summary>The message.</summary>
    public static SendGridMessage Of(RenderedEmail email, SendGridSettings settings)
    {
        var message = new SendGridMessage
        {
            From = new(email.From, email.FromName),
            Subject = email.Subject,
            Categories = [.. email.Categories.Where(c => c.Length > 0).Select(Shortened).Distinct().Take(Categories)],
            CustomArgs = new() { [MailReferences.Argument] = email.Reference },
        };
        if (email.ReplyTo is not null)
        {
            message.ReplyTo = new(email.ReplyTo);
        }

        message.AddTo(new EmailAddress(email.To, email.ToName));
        AddContent(message, email, settings.TemplateId);
        if (email.UnsubscribeUrl is { } unsubscribe)
        {
            message.Headers = new()
            {
                ["List-Unsubscribe"] = $"<{unsubscribe.AbsoluteUri}>",
                ["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click",
            };
        }

        // The mail has an unsubscribe link of its own; SendGrid's would unsubscribe from a list that Segue can't see.
        message.SetSubscriptionTracking(false);
        message.SetSandBoxMode(settings.Sandbox);
        return message;
    }

    private static void AddContent(SendGridMessage message, RenderedEmail email, string? template)
    {
        if (string.IsNullOrEmpty(template))
        {
            message.PlainTextContent = email.Text;
            message.HtmlContent = email.Html;
            return;
        }

        message.TemplateId = template;
        message.SetTemplateData(new Dictionary<string, string>
        {
            ["subject"] = email.Subject,
            ["html"] = email.Html,
            ["text"] = email.Text,
            ["unsubscribe"] = email.UnsubscribeUrl?.AbsoluteUri ?? "",
        });
    }

    private static string Shortened(string category) => category.Length <= CategoryLength ? category : category[..CategoryLength];
}
