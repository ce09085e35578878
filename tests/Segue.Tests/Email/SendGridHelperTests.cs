using AngleSharp.Html.Parser;
using Segue.Email;
using Segue.Events;
using static Segue.Tests.Email.Mails;

namespace Segue.Tests.Email;

/// <summary>Templates written for SendGrid's dynamic templates read the same here.</summary>
public sealed class SendGridHelperTests
{
    private static EmailContent Full => Content with
    {
        Offer = Percent,
        Segment = "vip-active",
        Tags = ["club-gold"],
        Orders = 4,
        TotalSpend = 1250,
        Balance = 12.5m,
        Attributes = new Dictionary<string, string> { ["score"] = "7", ["since"] = "2024-03-01" },
        Event = new() { EventId = "e", CustomerId = "c", Name = "price-dropped", At = default, Amount = 8, Attributes = new Dictionary<string, string> { ["was"] = "10" } },
        Parts = new()
        {
            Product = new("p", "Tea", 8) { Was = 10, Image = new("https://shop.example.com/tea.png") },
            Recommendations = [new("a", "A & B", 3) { Url = new("https://shop.example.com/a") }, new("b", "B", null) { Because = "Tea", Reason = Segue.Recommendations.RecommendationReason.AlsoBought }],
            Cart = [new("c", "Cup", 4) { Quantity = 3 }],
        },
    };

    [Theory]
    [InlineData("{{#equals customer.segment \"vip-active\"}}a{{else}}b{{/equals}}", "a")]
    [InlineData("{{#equals customer.orders 4}}a{{/equals}}", "a")]
    [InlineData("{{#notEquals customer.segment \"new\"}}a{{/notEquals}}", "a")]
    [InlineData("{{#greaterThan customer.totalSpend 1000}}a{{else}}b{{/greaterThan}}", "a")]
    [InlineData("{{#greaterThan customer.attributes.score 10}}a{{else}}b{{/greaterThan}}", "b")]
    [InlineData("{{#lessThan customer.attributes.score 10}}a{{/lessThan}}", "a")]
    [InlineData("{{#and customer.name customer.tags.club-gold}}a{{/and}}", "a")]
    [InlineData("{{#and customer.name customer.tags.club-silver}}a{{else}}b{{/and}}", "b")]
    [InlineData("{{#or customer.tags.club-silver customer.tags.club-gold}}a{{/or}}", "a")]
    [InlineData("{{#if customer.tags.club-gold}}a{{/if}}", "a")]
    [InlineData("{{insert customer.attributes.unknown \"default=there\"}}", "there")]
    [InlineData("{{insert customer.name \"default=there\"}}", "Anna")]
    [InlineData("{{formatDate customer.attributes.since \"DD.MM.YY\"}}", "01.03.24")]
    [InlineData("{{formatDate customer.attributes.since \"MMM D, YYYY\"}}", "Mar 1, 2024")]
    [InlineData("{{length recommendations}}", "2")]
    [InlineData("{{#each recommendations}}{{@index}}{{name}}{{#if @last}}.{{else}},{{/if}}{{/each}}", "0A & B,1B.")]
    [InlineData("{{#each recommendations}}{{url}} {{/each}}", "https://shop.example.com/a https://shop.example.com/ ")]
    [InlineData("{{#each recommendations}}{{#if price}}{{money price}}{{else}}{{reason}} {{because}}{{/if}};{{/each}}", "€3.00;also-bought Tea;")]
    [InlineData("{{#each recommendations}}{{@root.shop.name}}|{{/each}}", "Corner & Sons|Corner & Sons|")]
    [InlineData("{{#each recommendations}}{{../customer.name}}{{/each}}", "AnnaAnna")]
    [InlineData("{{#if product}}{{product.name}} {{money product.price}} {{money product.was}}{{/if}}", "Tea €8.00 €10.00")]
    [InlineData("{{#if cart}}{{#each cart.items}}{{quantity}} {{name}}{{/each}} {{money cart.total}}{{/if}}", "3 Cup €12.00")]
    [InlineData("{{event.was}} {{money event.amount}} {{event.name}}", "10 €8.00 price-dropped")]
    [InlineData("{{money customer.balance}} {{money customer.totalSpend}}", "€12.50 €1,250.00")]
    public void Render_Helper_DoesWhatItDoesThere(string html, string shown)
    {
        var mail = Render($"<p id=it>{html}</p>", content: Full);
        Assert.Equal(shown, new HtmlParser().ParseDocument(mail.Html).GetElementById("it")!.TextContent);
    }

    [Fact]
    public void Render_NothingThere_TakesTheOtherBranches()
    {
        var mail = Render("{{#if product}}a{{else}}b{{/if}}{{#each recommendations}}c{{else}}d{{/each}}{{#if cart}}e{{else}}f{{/if}}{{event.was}}");
        Assert.Contains("bdf", mail.Html, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_FrontMatter_NamesSenderAndAnswers()
    {
        var mail = Render("<p>Hi</p>", "subject: Hello\nfrom: ceo@example.com\nfromName: The founder\nreplyTo: me@example.com");
        Assert.Equal(("ceo@example.com", "The founder", "me@example.com"), (mail.From, mail.FromName, mail.ReplyTo));
    }

    [Fact]
    public void Render_NamedLayout_StandsAroundTheMail() => Assert.Contains("<main>", Render(
        "<p>Hi</p>", "subject: Hello\nlayout: plain",
        files: new() { ["emails/_layout-plain.hbs"] = "<main>{{{body}}}</main>{{shop.address}}<a href=\"{{unsubscribeUrl}}\">Stop</a>" }).Html, StringComparison.Ordinal);

    [Theory]
    [InlineData("subject: Hi\nlayout: plan", "layout", "Found 'plan'; there is no emails/_layout-plan.hbs. Did you mean 'plain'?")]
    [InlineData("subject: Hi\nrequires: produc", "requires", "Found 'produc'; expected one of recommendations, product, cart, or a list of them.")]
    [InlineData("subject: Hi\nfrom: nobody", "from", "Found 'nobody'; expected an e-mail address such as hello@example.com.")]
    public void Parse_FrontMatterWithAFault_IsTold(string front, string field, string message)
    {
        var error = Assert.Single(Compile("<p>Hi</p>", front, new() { ["emails/_layout-plain.hbs"] = "{{{body}}}" }).Errors.Errors);
        Assert.Equal((field, message), (error.Field, error.Message));
    }

    [Fact]
    public void Parse_RequiredProduct_NeedsNoCondition() =>
        Assert.Empty(Compile("{{product.name}}", "subject: \"{{product.name}}\"\nrequires: product").Errors.Errors);

    [Fact]
    public void Parse_SurveyShownAndNotNamed_IsAnError() => Assert.Equal(
        "survey", Assert.Single(Compile("{{survey.question}}{{#each survey.answers}}<a href=\"{{url}}\">{{label}}</a>{{/each}}").Errors.Errors).Field);
}
