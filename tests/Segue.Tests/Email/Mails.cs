using Segue.Campaigns;
using Segue.Email;
using Segue.Files;
using Segue.Ports;

namespace Segue.Tests.Email;

/// <summary>Compiles and renders single e-mails.</summary>
internal static class Mails
{
    public static CampaignSettings Settings { get; } = new()
    {
        ShopName = "Corner & Sons",
        ShopUrl = new("https://shop.example.com"),
        From = "hello@example.com",
        PostalAddress = "1 Example Street, \"Yard\"",
    };

    public static EmailContent Content { get; } = new()
    {
        SendId = "send-1",
        To = "anna@example.com",
        Name = "Anna",
        Topic = "offers",
        UnsubscribeUrl = new("https://segue.example.com/u/1?t=a&b=c"),
    };

    public static EmailOffer Percent { get; } = new("CODE-1", 15, null, new(2026, 3, 14, 9, 0, 0, TimeSpan.Zero));

    public static EmailOffer Amount { get; } = new("CODE-2", null, 7.5m, new(2026, 3, 14, 9, 0, 0, TimeSpan.Zero));

    public static (EmailTemplate? Template, FileErrors Errors) Compile(string html, string front = "subject: Hello", Dictionary<string, string>? files = null)
    {
        files = files is null ? [] : new(files);
        files["emails/mail.hbs"] = $"---\n{front}\n---\n{html}";
        var errors = new FileErrors();
        return (EmailFiles.Parse(files, new("EUR", "UTC"), errors).GetValueOrDefault("mail"), errors);
    }

    public static RenderedEmail Render(string html, string front = "subject: Hello", EmailContent? content = null, Dictionary<string, string>? files = null)
    {
        var (template, errors) = Compile(html, front, files);
        Assert.Empty(errors.Errors);
        return EmailRenderer.Render(template!, Settings, content ?? Content);
    }
}
