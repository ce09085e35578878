using Segue.Email;
using Segue.Files;
using static Segue.Tests.Email.Mails;

namespace Segue.Tests.Email;

/// <summary>An e-mail in the customer's language, with its layout and parts; the one it is written in where there is no other.</summary>
public sealed class TranslationTests
{
    private static readonly Dictionary<string, string> _files = new()
    {
        ["emails/mail.hbs"] = "---\nsubject: Hello\n---\n<p>{{money offer.amount}} until {{date offer.expiresAt}}</p>{{> foot}}{{> same}}",
        ["emails/mail.de.hbs"] = "---\nsubject: Hallo\n---\n<p>{{money offer.amount}} bis {{date offer.expiresAt}}</p>{{> foot}}{{> same}}",
        ["emails/mail.fr-CH.hbs"] = "---\nsubject: Bonjour\n---\n<p>{{money offer.amount}} jusqu'au {{date offer.expiresAt}}</p>",
        ["emails/_foot.hbs"] = "<i>Bye</i>",
        ["emails/_foot.de.hbs"] = "<i>Tschüss</i>",
        ["emails/_same.hbs"] = "<b>=</b>",
        ["emails/_layout.de.hbs"] = "<html lang=de>{{{body}}}{{shop.address}}<a href=\"{{unsubscribeUrl}}\">Abmelden</a></html>",
    };

    [Theory]
    [InlineData(null, "Hello", "€7.50 until 14 March 2026", "Bye")]
    [InlineData("en-GB", "Hello", "€7.50 until 14 March 2026", "Bye")]
    [InlineData("de", "Hallo", "7,50\u00a0€ bis 14. März 2026", "Tschüss")]
    [InlineData("de-AT", "Hallo", "7,50\u00a0€ bis 14. März 2026", "Tschüss")]
    [InlineData("fr-CH", "Bonjour", "7,50\u00a0€ jusqu'au 14 mars 2026", "")]
    [InlineData("fr-FR", "Hello", "€7.50 until 14 March 2026", "Bye")]
    public void For_Locale_IsTheNearestTranslation(string? locale, string subject, string text, string foot)
    {
        var errors = new FileErrors();
        var template = EmailFiles.Parse(_files, new("EUR", "UTC"), errors)["mail"]!;
        Assert.Empty(errors.Errors);
        var mail = EmailRenderer.Render(template.For(locale), Settings, Content with { Offer = Amount });
        Assert.Equal(subject, mail.Subject);
        Assert.Contains(text, System.Net.WebUtility.HtmlDecode(mail.Html), StringComparison.Ordinal);
        Assert.Contains(foot, mail.Html, StringComparison.Ordinal);
        Assert.Equal(locale?.StartsWith("de", StringComparison.Ordinal) == true, mail.Html.Contains("Abmelden", StringComparison.Ordinal));
    }

    [Fact]
    public void Parse_TranslationOfNothing_IsAnError()
    {
        var errors = new FileErrors();
        EmailFiles.Parse(new Dictionary<string, string>(_files) { ["emails/mails.de.hbs"] = "---\nsubject: Hallo\n---\n<p>x</p>" }, new("EUR", "UTC"), errors);
        Assert.Equal(new FileError("emails/mails.de.hbs", 0, "", "This translates 'mails', which there is none of. Did you mean 'mail'?"), Assert.Single(errors.Errors));
    }

    [Fact]
    public void Parse_FaultInATranslation_IsNamedThereAndOnce()
    {
        var errors = new FileErrors();
        EmailFiles.Parse(new Dictionary<string, string>(_files) { ["emails/mail.de.hbs"] = "---\nsubject: Hallo\n---\n<p>{{offer.cod}}</p>" }, new("EUR", "UTC"), errors);
        Assert.Equal(("emails/mail.de.hbs", 4), (Assert.Single(errors.Errors).File, errors.Errors[0].Line));
    }

    [Fact]
    public void MissingFor_ATranslationThatShowsMore_IsToldOfTheMail()
    {
        var files = new Dictionary<string, string>(_files) { ["emails/mail.hbs"] = "---\nsubject: Hello\n---\n<p>Hi</p>" };
        Assert.Equal(["offer.amount", "offer.expiresAt"], EmailFiles.Parse(files, new("EUR", "UTC"), new())["mail"]!.MissingFor(null).Order());
    }
}
