using AngleSharp.Html.Parser;
using Segue.Events;
using Segue.Files;
using Segue.Http.Surveys;
using Segue.Surveys;
using Segue.Tests.Support;
using static Segue.Tests.Support.TestShop;

namespace Segue.Tests.Surveys;

/// <summary>A survey's question in a mail, its links, and the answer as an attribute that rules can ask for.</summary>
public sealed class SurveyTests
{
    private const string File = "question: How was it?\nanswers: [ { value: 5, label: Very good }, { value: 1, label: Not good } ]\nattribute: satisfaction\n";

    private static TestCampaigns Campaigns => new()
    {
        Segments = "segments:\n  - id: everyone\ntags:\n  - id: silent-60\n    when: { daysSinceLastOrder: \">= 60\" }\n  - id: happy\n    when: { attribute.satisfaction: \">= 4\" }\n",
        Files = new Dictionary<string, string>
        {
            ["surveys/how.yaml"] = File,
            ["emails/ask.hbs"] = "---\nsubject: \"{{survey.question}}\"\nsurvey: how\n---\n{{#each survey.answers}}<a class=answer href=\"{{url}}\">{{label}}</a>{{/each}}\n",
        },
        Journeys = [TestCampaigns.Journey("  - send: { email: ask, topic: surveys }")],
    };

    [Fact]
    public async Task Answer_ByTheLinkOfTheMail_BecomesAnAttributeAndMovesTags()
    {
        var shop = await OpenAsync(Campaigns);
        await shop.Order("a", 0).RunAsync(61);
        var mail = Assert.Single(shop.Sender.Tries).Email;
        Assert.Equal("How was it?", mail.Subject);
        var links = new HtmlParser().ParseDocument(mail.Html).QuerySelectorAll("a.answer").ToDictionary(a => a.TextContent, a => a.GetAttribute("href")!.Split('/')[^1]);
        var surveys = new SurveysByLink(shop.Engine);
        Assert.Equal("Very good", (await surveys.FindAsync(links["Very good"], TestContext.Current.CancellationToken))!.Answer);
        Assert.Empty(shop.Events("a"));

        await surveys.AnswerAsync(links["Very good"], TestContext.Current.CancellationToken);
        await surveys.AnswerAsync(links["Very good"], TestContext.Current.CancellationToken);
        await shop.RunAsync(62);
        Assert.Equal("5", shop.Profile("a")!.Contact.Attributes!["satisfaction"]);
        Assert.Contains("happy", shop.Profile("a")!.Standing!.Tags);
        Assert.Equal(EventNames.SurveyAnswered, Assert.Single(shop.Events("a")).Name);

        await surveys.AnswerAsync(links["Not good"], TestContext.Current.CancellationToken);
        await shop.RunAsync(63);
        Assert.Equal("1", shop.Profile("a")!.Contact.Attributes!["satisfaction"]);
        Assert.Empty(shop.Bus.DeadLetters);
    }

    [Fact]
    public async Task Link_ForgedOrOfASurveyThatIsGone_IsNotValid()
    {
        var shop = await OpenAsync(Campaigns);
        var surveys = new SurveysByLink(shop.Engine);
        var token = new SurveyLinks(new(new byte[32])).Of(new("https://x.example"), new("a", "s", "how", "5")).Segments[^1];
        Assert.NotNull(await surveys.FindAsync(token, TestContext.Current.CancellationToken));
        Assert.Null(await surveys.FindAsync(token[..^2] + "AA", TestContext.Current.CancellationToken));
        Assert.Null(await surveys.FindAsync("x", TestContext.Current.CancellationToken));
        Assert.Null(await surveys.AnswerAsync(shop.Engine.UnsubscribeLinks.Of(new("https://x.example"), "a", "s").Segments[^1], TestContext.Current.CancellationToken));
        var gone = new SurveyLinks(new(new byte[32])).Of(new("https://x.example"), new("a", "s", "how", "3")).Segments[^1];
        Assert.Null(await surveys.FindAsync(gone, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("answers: [ { value: 1 }, { value: 2 } ]", "question", "'question' is missing; expected the question, on one line.")]
    [InlineData("question: Why?\nanswers: [ { value: 1 } ]", "answers", "Found a list; expected a list of 2 to 11 answers, such as [ { value: 5, label: Very } ].")]
    [InlineData("question: Why?\nanswers: [ { value: 1 }, { value: 1 } ]", "answers[1]", "Found the value '1' a second time.")]
    [InlineData("question: Why?\nanswers: [ { value: 1 }, { valu: 2 } ]", "answers[1].valu", "Unknown key 'valu'. Did you mean 'value'?")]
    public void Parse_Fault_IsNamed(string text, string field, string message)
    {
        var errors = new FileErrors();
        Assert.Null(SurveyFile.Parse("surveys/why.yaml", text, errors));
        Assert.Contains((field, message), errors.Errors.Select(e => (e.Field, e.Message)));
    }

    [Fact]
    public void Load_MailOfASurveyThatThereIsNone_IsRefused()
    {
        var errors = new FileErrors();
        Segue.Campaigns.CampaignFolder.Load(
            new Dictionary<string, string>
            {
                ["segments.yaml"] = "segments:\n  - id: everyone\n",
                ["emails/ask.hbs"] = "---\nsubject: Hi\nsurvey: hwo\n---\n<p>x</p>",
                ["surveys/how.yaml"] = File,
            },
            errors);
        Assert.Equal("Found 'hwo'; expected a survey: there is no surveys/hwo.yaml. Did you mean 'how'?", Assert.Single(errors.Errors).Message);
    }
}
