using AngleSharp.Html.Parser;
using Segue.Email;
using static Segue.Tests.Email.Mails;

namespace Segue.Tests.Email;

public sealed class EmailRendererTests
{
    [Fact]
    public void Render_Mail_CarriesWhatTheSenderNeeds()
    {
        var mail = Render("<p>Hi</p>", content: Content with { Categories = ["journey", "step"] });
        Assert.Equal(("send-1", "hello@example.com", "Corner & Sons", "anna@example.com", "Anna"),
            (mail.SendId, mail.From, mail.FromName, mail.To, mail.ToName));
        Assert.Equal(Content.UnsubscribeUrl, mail.UnsubscribeUrl);
        Assert.Equal(["journey", "step"], mail.Categories);
        Assert.Null(mail.ReplyTo);
    }

    [Theory]
    [InlineData("{{customer.name}}", "Anna")]
    [InlineData("{{customer.email}}", "anna@example.com")]
    [InlineData("{{customer.attributes.favourite-colour}}", "blue & green")]
    [InlineData("{{customer.attributes.unknown}}", "")]
    [InlineData("{{default customer.attributes.unknown \"none\"}}", "none")]
    [InlineData("{{default customer.name 'none'}}", "Anna")]
    [InlineData("{{money customer.attributes.points}}", "€1,250.00")]
    [InlineData("{{date customer.attributes.since}}", "1 March 2024")]
    [InlineData("{{percent offer.percent}}", "15%")]
    [InlineData("{{offer.percent}}", "15")]
    [InlineData("{{money offer.amount}}", "")]
    [InlineData("{{date offer.expiresAt}}", "14 March 2026")]
    [InlineData("{{offer.code}}", "CODE-1")]
    [InlineData("{{shop.name}}", "Corner & Sons")]
    [InlineData("{{shop.url}}", "https://shop.example.com/")]
    [InlineData("{{percent (default customer.attributes.unknown 5)}}", "5%")]
    [InlineData("{{#if customer.attributes.unknown}}a{{else if customer.name}}b{{else}}c{{/if}}", "b")]
    [InlineData("{{#unless customer.attributes.unknown}}a{{/unless}}", "a")]
    [InlineData("x {{~customer.name~}} y", "xAnnay")]
    [InlineData("{{! a note }}{{!-- {{customer.name}} --}}a", "a")]
    public void Render_Variable_IsShown(string html, string shown)
    {
        var mail = Render($"<p id=it>{html}</p>", content: Content with
        {
            Offer = Percent,
            Attributes = new Dictionary<string, string> { ["favourite-colour"] = "blue & green", ["points"] = "1250", ["since"] = "2024-03-01" },
        });
        Assert.Equal(shown, new HtmlParser().ParseDocument(mail.Html).GetElementById("it")!.TextContent);
    }

    [Fact]
    public void Render_AmountOff_IsShownAsMoney() => Assert.Contains(
        "<b>€7.50 off</b>",
        Render("<b>{{#if offer.percent}}{{percent offer.percent}}{{else}}{{money offer.amount}}{{/if}} off</b>", content: Content with { Offer = Amount }).Html,
        StringComparison.Ordinal);

    [Fact]
    public void Render_NoOffer_LeavesItsPartOut() =>
        Assert.Contains("<p>AB</p>", Render("<p>A{{#if offer}}{{offer.code}}{{/if}}B</p>").Html, StringComparison.Ordinal);

    [Fact]
    public void Render_SubjectAndNames_AreNotEscapedAndStayOnOneLine()
    {
        var mail = Render("<p>Hi</p>", "subject: \"{{customer.name}} & {{shop.name}}\"", Content with { Name = "Anna\r\nBcc: <b@example.com>" });
        Assert.Equal("Anna Bcc: <b@example.com> & Corner & Sons", mail.Subject);
        Assert.Equal("Anna Bcc: <b@example.com>", mail.ToName);
    }

    [Fact]
    public void Render_Preheader_IsHiddenInTheHtmlAndAbsentFromTheText()
    {
        var mail = Render("<p>Hi</p>", "subject: Hello\npreheader: Just for {{customer.name}}", Content with { Name = "A<b>" });
        Assert.Contains("Just for A&lt;b&gt;</div>", mail.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("Just for", mail.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_LayoutOfTheFolder_StandsAroundTheMail()
    {
        const string Layout = "<html><b>{{subject}}</b>{{{body}}}<i>{{shop.address}}</i><a href='{{unsubscribeUrl}}'>Stop</a></html>";
        var mail = Render("<p>{{customer.name}}</p>", files: new() { ["emails/_layout.hbs"] = Layout });
        Assert.Equal("<html><b>Hello</b><p>Anna</p><i>1 Example Street, &quot;Yard&quot;</i><a href='https://segue.example.com/u/1?t=a&amp;b=c'>Stop</a></html>", mail.Html);
    }

    [Fact]
    public void Render_WholeDocument_HasNoLayoutAroundIt()
    {
        var mail = Render("<!doctype html><p>{{shop.address}} <a href=\"{{unsubscribeUrl}}\">Stop</a></p>");
        Assert.StartsWith("<!doctype html><p>1 Example Street", mail.Html, StringComparison.Ordinal);
        Assert.Equal("1 Example Street, \"Yard\" Stop (https://segue.example.com/u/1?t=a&b=c)\n", mail.Text);
    }

    [Fact]
    public void Render_Marketing_HasLinkToUnsubscribeAndPostalAddress()
    {
        var page = new HtmlParser().ParseDocument(Render("<p>Hi</p>").Html);
        Assert.Equal("https://segue.example.com/u/1?t=a&b=c", page.QuerySelector("a")!.GetAttribute("href"));
        Assert.Contains("1 Example Street, \"Yard\"", page.Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_Transactional_NeedsNeitherTopicNorUnsubscribe()
    {
        var mail = Render("<p>Hi</p>", content: Content with { Transactional = true, Topic = null });
        Assert.Null(mail.UnsubscribeUrl);
        Assert.DoesNotContain("Unsubscribe", mail.Html, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_MarketingWithoutWhatTheLawAsksFor_IsRefused()
    {
        var template = Compile("<p>Hi</p>").Template!;
        Refused("settings.yaml names no sender", () => EmailRenderer.Render(template, Settings with { From = null }, Content));
        Refused("without a topic", () => EmailRenderer.Render(template, Settings, Content with { Topic = null }));
        Refused("without a link to unsubscribe", () => EmailRenderer.Render(template, Settings, Content with { UnsubscribeUrl = null }));
        Refused("without the shop's postal address", () => EmailRenderer.Render(template, Settings with { PostalAddress = null }, Content));
    }

    [Theory]
    [InlineData("<html>{{shop.address}}{{#if customer.name}}<a href=\"{{unsubscribeUrl}}\">Stop</a>{{/if}}</html>", "came out without its link to unsubscribe")]
    [InlineData("<html><a href=\"{{unsubscribeUrl}}\">Stop</a>{{#if customer.name}}{{shop.address}}{{/if}}</html>", "came out without the shop's postal address")]
    public void Render_ConditionThatLeavesItOut_IsRefused(string html, string why)
    {
        var template = Compile(html).Template!;
        Assert.Empty(template.LacksForMarketing);
        Refused(why, () => EmailRenderer.Render(template, Settings, Content with { Name = null }));
    }

    [Fact]
    public void Render_ByManyThreads_MixesNothingUp()
    {
        var template = Compile("<p id=it>{{customer.name}}</p>").Template!;
        Parallel.For(0, 500, i => Assert.Contains(
            $">n{i}</p>", EmailRenderer.Render(template, Settings, Content with { Name = $"n{i}" }).Html, StringComparison.Ordinal));
    }

    private static void Refused(string why, Func<object> render) =>
        Assert.Contains(why, Assert.Throws<EmailRefusedException>(render).Message, StringComparison.Ordinal);
}
