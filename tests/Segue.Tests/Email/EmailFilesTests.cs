using Segue.Email;
using Segue.Files;
using Segue.Offers;
using static Segue.Tests.Email.Mails;

namespace Segue.Tests.Email;

public sealed class EmailFilesTests
{
    private static readonly Offer _percent = new(5, null, new(14, default));
    private static readonly Offer _amount = new(null, 5, new(14, default));

    private const string Known = "Known are: customer.name, customer.email, customer.segment, customer.orders, customer.totalSpend, customer.balance, "
        + "offer.code, offer.percent, offer.amount, offer.expiresAt, product.name, product.url, product.image, product.category, product.price, "
        + "product.was, cart.total, survey.question, shop.name, shop.url, shop.address, unsubscribeUrl, customer.attributes.NAME, customer.tags.NAME, event.NAME.";

    [Theory]
    [InlineData("{{customer.nam}}", "Unknown variable 'customer.nam'. Did you mean 'customer.name'?")]
    [InlineData("{{name}}", "Unknown variable 'name'. " + Known)]
    [InlineData("{{../customer.name}}", "Unknown variable '../customer.name'. Did you mean 'customer.name'?")]
    [InlineData("{{customer.attributes.}}", "Unknown variable 'customer.attributes.'. Did you mean 'customer.attributes.NAME'?")]
    [InlineData("{{body}}", "Unknown variable 'body'. " + Known)]
    [InlineData("{{mony customer.name}}", "Unknown helper 'mony'. Did you mean 'money'?")]
    [InlineData("{{money (mony customer.name)}}", "Found {{money (mony customer.name)}}; expected a variable, or a helper with what it takes: money (1), date (1), percent (1), default (2), insert (2), formatDate (2), length (1).", 2)]
    [InlineData("{{default customer.name}}", "Found {{default customer.name}}; expected a variable, or a helper with what it takes: money (1), date (1), percent (1), default (2), insert (2), formatDate (2), length (1).")]
    [InlineData("{{percent 5 6}}", "Found {{percent 5 6}}; expected a variable, or a helper with what it takes: money (1), date (1), percent (1), default (2), insert (2), formatDate (2), length (1).")]
    [InlineData("{{money}}", "Found {{money}}; expected a variable, or a helper with what it takes: money (1), date (1), percent (1), default (2), insert (2), formatDate (2), length (1).")]
    [InlineData("{{\"text\"}}", "Found {{\"text\"}}; expected a variable, or a helper with what it takes: money (1), date (1), percent (1), default (2), insert (2), formatDate (2), length (1).")]
    [InlineData("{{", "Found {{ without }} behind it; expected a variable such as {{customer.name}}, or for braces as text &#123;&#123;.")]
    [InlineData("{{~", "Found {{ without }} behind it; expected a variable such as {{customer.name}}, or for braces as text &#123;&#123;.")]
    [InlineData("{{}}", "Found {{}} with nothing in it; expected a variable such as {{customer.name}}.")]
    [InlineData("{{{customer.name}}}", "Found {{{customer.name}}}, which is not escaped; expected two braces: {{customer.name}}.")]
    [InlineData("{{&customer.name}}", "Found {{{customer.name}}}, which is not escaped; expected two braces: {{customer.name}}.")]
    [InlineData("<a href={{shop.url}}>x</a>", "Found {{shop.url}} as an attribute without quotes; expected =\"{{shop.url}}\".")]
    [InlineData("{{#if customer.name}}x", "{{#if}} is not closed; expected {{/if}} behind it.")]
    [InlineData("x{{/if}}", "Found {{/if}} that closes nothing.")]
    [InlineData("{{else}}", "Found {{else}} outside of {{#if}} and other blocks.")]
    [InlineData("{{#if offr}}x{{/if}}", "Unknown variable 'offr'. Did you mean 'offer'?")]
    [InlineData("{{#if}}x{{/if}}", "Found {{#if}}; expected one variable, such as {{#if offer}}.")]
    [InlineData("{{#with shop}}x{{/with}}", "Found the block 'with'; expected if, unless, each, equals, notEquals, greaterThan, lessThan, and, or.", 2)]
    [InlineData("{{#each items}}x{{/each}}", "Unknown list 'items'. Known are: recommendations, cart.items, survey.answers.")]
    [InlineData("{{#each}}x{{/each}}", "Found {{#each}}; expected one list, such as {{#each recommendations}}.")]
    [InlineData("{{#each recommendations}}{{shop.url}}{{/each}}", "Unknown variable 'shop.url' inside of {{#each recommendations}}. Known are: name, url, image, category, price, reason, because. What is outside is reached by @root., such as @root.shop.url.")]
    [InlineData("{{#each recommendations}}{{../shop.ur}}{{/each}}", "Unknown variable '../shop.ur' inside of {{#each recommendations}}. Known are: name, url, image, category, price, reason, because. What is outside is reached by @root., such as @root.shop.url.")]
    [InlineData("{{product.name}}", "Found {{product.name}} outside of {{#if product}}; it may be gone when the mail is sent: put it in {{#if product}}…{{else}}…{{/if}}.")]
    [InlineData("{{#if product}}a{{else}}{{product.name}}{{/if}}", "Found {{product.name}} outside of {{#if product}}; it may be gone when the mail is sent: put it in {{#if product}}…{{else}}…{{/if}}.")]
    [InlineData("{{#equals customer.segment}}x{{/equals}}", "Found {{#equals customer.segment}}; expected two words, such as {{#equals customer.segment \"new\"}}.")]
    [InlineData("{{@index}}", "Unknown variable '@index'. " + Known)]
    [InlineData("{{> offr}}", "Found the partial 'offr'; expected one of emails/: there is no emails/_offr.hbs. Did you mean 'offer'?")]
    public void Parse_FaultInTheHtml_IsNamedWithItsLine(string html, string message, int count = 1)
    {
        var (template, errors) = Compile($"<p>\n{html}\n</p>", files: new() { ["emails/_offer.hbs"] = "<p>offer</p>" });
        Assert.Null(template);
        Assert.Equal(count, errors.Errors.Count);
        Assert.Contains(new FileError("emails/mail.hbs", 5, "html", message), errors.Errors);
    }

    [Fact]
    public void Parse_BlocksThatCross_NameTheOneThatIsOpen()
    {
        var (_, errors) = Compile("{{#if offer}}\n{{#unless offer}}\n{{/if}}{{/unless}}{{/if}}");
        var error = Assert.Single(errors.Errors);
        Assert.Equal((6, "Found {{/if}}; expected {{/unless}} for the block of line 5."), (error.Line, error.Message));
    }

    [Theory]
    [InlineData("subject: \"{{custmer.name}}\"", 2, "subject", "Unknown variable 'custmer.name'. Did you mean 'customer.name'?")]
    [InlineData("subject: Hi\npreheader: \"{{offer.cod}}\"", 3, "preheader", "Unknown variable 'offer.cod'. Did you mean 'offer.code'?")]
    [InlineData("subjct: Hi\nsubject: Hi", 2, "subjct", "Unknown key 'subjct'. Did you mean 'subject'?")]
    [InlineData("preheader: Hi", 2, "subject", "'subject' is missing; expected the subject line.")]
    [InlineData("subject: \"\"", 2, "subject", "Found nothing; expected text on one line; in double quotes where it begins with '{'.")]
    [InlineData("subject: \"a\\nb\"", 2, "subject", "Found 'a\nb'; expected text on one line; in double quotes where it begins with '{'.")]
    public void Parse_FaultInTheFrontMatter_IsNamedWithItsLine(string front, int line, string field, string message) =>
        Assert.Equal(new FileError("emails/mail.hbs", line, field, message), Assert.Single(Compile("<p>Hi</p>", front).Errors.Errors));

    [Theory]
    [InlineData("subject: 15% off: today")]
    [InlineData("subject: {{customer.name}}, hello")]
    public void Parse_FrontMatterThatIsNoYaml_SaysHowToQuote(string front)
    {
        var error = Assert.Single(Compile("<p>Hi</p>", front).Errors.Errors);
        Assert.Equal(("emails/mail.hbs", 2), (error.File, error.Line));
        Assert.EndsWith("A text that begins with '{' or holds ': ' or ' #' must stand in double quotes.", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<p>Hi</p>", "Found no front matter")]
    [InlineData("---\nsubject: Hi\n<p>Hi</p>", "Found no front matter")]
    [InlineData("---\nsubject: Hi\n---\n \n", "Found no HTML behind the front matter.")]
    [InlineData("", "Found no front matter")]
    public void Parse_FileOfAnotherForm_SaysWhatIsExpected(string text, string message)
    {
        var errors = new FileErrors();
        Assert.Null(EmailFiles.Parse(new Dictionary<string, string> { ["emails/a.hbs"] = text }, new("EUR", "UTC"), errors)["a"]);
        Assert.StartsWith(message, Assert.Single(errors.Errors).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_NameWithCapitals_IsRefused()
    {
        var errors = new FileErrors();
        EmailFiles.Parse(new Dictionary<string, string> { ["emails/Hello.hbs"] = "---\nsubject: Hi\n---\n<p>Hi</p>" }, new("EUR", "UTC"), errors);
        Assert.Equal("emails/Hello.hbs", Assert.Single(errors.Errors).File);
    }

    [Fact]
    public void Parse_LayoutWithoutBody_IsRefused() => Assert.Equal(
        new FileError("emails/_layout.hbs", 1, "html", "The layout lacks {{{body}}}, the place of the e-mail itself."),
        Assert.Single(Compile("<p>Hi</p>", files: new() { ["emails/_layout.hbs"] = "<html>{{body}}</html>" }).Errors.Errors));

    [Fact]
    public void Parse_FaultInAPart_IsToldOnceAndThere()
    {
        var (template, errors) = Compile("{{> foot}}{{> foot}}", files: new() { ["emails/_foot.hbs"] = "a\n{{shop.nme}}" });
        Assert.Null(template);
        var error = Assert.Single(errors.Errors);
        Assert.Equal(("emails/_foot.hbs", 2), (error.File, error.Line));
    }

    [Fact]
    public void Parse_PartsThatContainEachOther_AreRefused()
    {
        var (template, errors) = Compile("{{> a}}", files: new() { ["emails/_a.hbs"] = "{{> b}}", ["emails/_b.hbs"] = "{{> a}}" });
        Assert.Null(template);
        Assert.Contains(errors.Errors, e => e.Message.EndsWith("contains itself.", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("{{offer.code}}", "offer.code", "", "")]
    [InlineData("{{offer.percent}}", "offer.percent", "", "offer.percent")]
    [InlineData("{{#if offer}}{{offer.code}}{{/if}}", "", "", "")]
    [InlineData("{{#if offer.percent}}{{offer.percent}} {{offer.code}}{{/if}}", "", "", "")]
    [InlineData("{{#if offer}}{{#if offer.percent}}{{offer.percent}}{{else}}{{offer.amount}}{{/if}}{{/if}}", "", "", "")]
    [InlineData("{{#if offer.percent}}{{offer.percent}}{{else}}{{offer.amount}}{{/if}}", "offer.amount", "", "")]
    [InlineData("{{#if offer.percent}}a{{else if offer.amount}}{{offer.code}}{{else}}{{offer.code}}{{/if}}", "offer.code", "", "")]
    [InlineData("{{#unless offer}}{{offer.code}}{{else}}{{offer.code}}{{/unless}}", "offer.code", "", "")]
    [InlineData("{{#if customer.name}}{{offer.code}}{{/if}}", "offer.code", "", "")]
    [InlineData("{{money (default offer.amount 5)}}", "offer.amount", "offer.amount", "")]
    [InlineData("{{! offer.code }}{{!-- {{offer.code}} --}}", "", "", "")]
    public void MissingFor_EachKindOfOffer_FollowsTheConditions(string html, string without, string withPercent, string withAmount)
    {
        var template = Compile(html).Template!;
        Assert.Equal(without, string.Join(' ', template.MissingFor(null)));
        Assert.Equal(withPercent, string.Join(' ', template.MissingFor(_percent)));
        Assert.Equal(withAmount, string.Join(' ', template.MissingFor(_amount)));
    }

    [Fact]
    public void MissingFor_VariableInASubjectOrAPart_Counts()
    {
        Assert.Equal(["offer.code"], Compile("<p>Hi</p>", "subject: Your {{offer.code}}").Template!.MissingFor(null));
        var template = Compile("{{> code}}", files: new() { ["emails/_code.hbs"] = "{{offer.code}}" }).Template!;
        Assert.Equal(["offer.code"], template.MissingFor(null));
        var guarded = Compile("{{#if offer}}{{> code}}{{/if}}", files: new() { ["emails/_code.hbs"] = "{{offer.code}}" }).Template!;
        Assert.Empty(guarded.MissingFor(null));
    }

    [Theory]
    [InlineData("<p>Hi</p>", 0)]
    [InlineData("<!doctype html><p>Hi</p>", 2)]
    [InlineData("<html><p>{{shop.address}} {{unsubscribeUrl}}</p></html>", 1)]
    [InlineData("<html><p>{{shop.address}} <a href=\"{{unsubscribeUrl}}\">Stop</a></p></html>", 0)]
    [InlineData("<html><p>{{shop.address}} <a href='{{unsubscribeUrl}}'>Stop</a></p></html>", 0)]
    public void LacksForMarketing_LayoutOrWholeDocument_IsWhatIsNotThere(string html, int lacks) =>
        Assert.Equal(lacks, Compile(html).Template!.LacksForMarketing.Count);
}
