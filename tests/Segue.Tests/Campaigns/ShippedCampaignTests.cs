using AngleSharp.Html.Parser;
using Segue.Campaigns;
using Segue.Email;
using Segue.Files;
using Segue.Journeys;
using Segue.Offers;

namespace Segue.Tests.Campaigns;

/// <summary>What ships is right by its own checks, promises what the list of campaigns promises, and mails nobody by itself.</summary>
public sealed class ShippedCampaignTests
{
    private static readonly FileErrors _errors = new();
    private static readonly CampaignSet? _set = CampaignFolder.Load(CampaignFiles.Read(ShippedFolder.Path, _errors), _errors);

    public static TheoryData<string, string> Sends { get; } = new(
        _set!.Journeys.Values.SelectMany(j => j.Steps.Values.OfType<SendStep>().Select(s => (j.Id, s.Id))));

    [Fact]
    public void Load_ShippedFolder_HasNoErrorsAndWarnsOnlyOfSegmentsWithoutJourney()
    {
        Assert.Empty(_errors.Errors);
        Assert.All(_errors.Warnings, w => Assert.StartsWith("No journey begins for the segment", w.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Load_ShippedFolder_MailsNobody()
    {
        Assert.Equal(Sending.Off, _set!.Settings.Sending);
        Assert.All(_set.Journeys.Values, j => Assert.Equal(JourneyStatus.Draft, j.Status));
        Assert.All(_set.Journeys.Values, j => Assert.False(j.Enter.IncludeExisting));
    }

    [Fact]
    public void CoreReactivation_IsTheTwoStepsPromised()
    {
        var journey = _set!.Journeys["core-reactivation"];
        var twoWeeks = new Duration(14, default);
        Assert.Equal(new Entry("core-churned", false, new(true, new(180, default))), journey.Enter);
        Assert.Contains(new ExitRule("order", null), journey.ExitWhen);
        Assert.Equal(new Goal("order", new(28, default)), journey.Goal);
        Assert.Equal(0.1, journey.Holdout);
        var first = Assert.IsType<SendStep>(journey.Steps[journey.First]);
        var wait = Assert.IsType<WaitStep>(journey.Steps[first.Next!]);
        var second = Assert.IsType<SendStep>(journey.Steps[wait.Next!]);
        Assert.Equal(("five-percent", new Offer(5, null, twoWeeks)), (first.Email, first.Offer));
        Assert.Equal(twoWeeks, wait.For);
        Assert.Equal(("bigger-offer", new Offer(15, null, twoWeeks)), (second.Email, second.Offer));
    }

    [Theory]
    [InlineData("churned-one-time", "churned-one-time", 25)]
    [InlineData("one-time-only", "one-time-only", 20)]
    [InlineData("at-risk", "at-risk", 20)]
    [InlineData("core-reactivation", "core-churned", 15)]
    [InlineData("welcome", "new", 10)]
    public void Journey_OfASegment_OffersWhatWasPromised(string journey, string segment, int percent)
    {
        Assert.Equal(segment, _set!.Journeys[journey].Enter.Group);
        Assert.Equal(percent, _set.Journeys[journey].Steps.Values.OfType<SendStep>().Max(s => s.Offer?.Percent));
    }

    [Fact]
    public void Emails_Shipped_AreAllSentBySomeJourney() => Assert.Equal(
        _set!.Emails.Keys.Order(),
        _set.Journeys.Values.SelectMany(j => j.Steps.Values.OfType<SendStep>()).Select(s => s.Email).Distinct().Order());

    [Theory]
    [MemberData(nameof(Sends))]
    public void Email_OfEachStep_IsWholeReadableAndLawful(string journey, string step)
    {
        var send = (SendStep)_set!.Journeys[journey].Steps[step];
        foreach (var template in _set.Emails[send.Email].Translations.Values.Prepend(_set.Emails[send.Email]))
        {
            var mail = EmailRenderer.Render(template, _set.Settings, Content(send, "Anna <Smith>"));
            var page = new HtmlParser().ParseDocument(mail.Html);
            Assert.InRange(mail.Subject.Length, 10, 70);
            Assert.DoesNotContain("{{", mail.Html + mail.Subject + mail.Text, StringComparison.Ordinal);
            Assert.NotNull(page.QuerySelector("meta[name=viewport]"));
            Assert.Equal("light dark", page.QuerySelector("meta[name=color-scheme]")!.GetAttribute("content"));
            Assert.Contains("prefers-color-scheme: dark", page.Head!.TextContent, StringComparison.Ordinal);
            Assert.Single(page.QuerySelectorAll("h1"));
            Assert.Equal(mail.Subject, page.Title);
            Assert.Contains(page.QuerySelectorAll("a"), a => a.GetAttribute("href") == "https://segue.example.com/u/1?t=a&b=c");
            Assert.Contains("Segue Demo Shop, 1 Example Street", page.Body!.TextContent, StringComparison.Ordinal);
            Assert.Contains("Anna <Smith>", page.Body.TextContent, StringComparison.Ordinal);
            Assert.True(mail.Html.Length < 100_000, "Mail programs cut longer mails off.");
            Assert.DoesNotContain("\n\n\n", mail.Text, StringComparison.Ordinal);
            Assert.All(page.QuerySelectorAll("img"), i => Assert.True(i.HasAttribute("alt") && i.HasAttribute("width"), "Pictures have a text and a width."));
            Assert.All(page.QuerySelectorAll("a"), a => Assert.StartsWith("http", a.GetAttribute("href"), StringComparison.Ordinal));
            if (send.Offer is { } offer)
            {
                Assert.Equal("CODE-1", page.QuerySelector(".code strong")!.TextContent);
                Assert.Contains(offer.Percent is { } percent ? $"{percent:0}%" : "5.00", System.Net.WebUtility.HtmlDecode(mail.Text), StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Sends))]
    public void Email_InEnglish_SaysUntilWhenAndHowToStop(string journey, string step)
    {
        var send = (SendStep)_set!.Journeys[journey].Steps[step];
        var mail = EmailRenderer.Render(_set.Emails[send.Email], _set.Settings, Content(send, null));
        Assert.Contains("Unsubscribe (https://segue.example.com/u/1?t=a&b=c)", mail.Text, StringComparison.Ordinal);
        Assert.Contains("Hello there,", mail.Text, StringComparison.Ordinal);
        if (send.Offer is not null)
        {
            Assert.Contains("Your code: CODE-1\n", mail.Text, StringComparison.Ordinal);
            Assert.Contains("until 14 March 2026", mail.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Email_ThatShowsProducts_ShowsThemWithPriceAndLink()
    {
        var showing = _set!.Emails.Values.Where(e => e.ShowsRecommendations).ToList();
        Assert.InRange(showing.Count, 10, 40);
        foreach (var send in _set.Journeys.Values.SelectMany(j => j.Steps.Values).OfType<SendStep>().Where(s => _set.Emails[s.Email].ShowsRecommendations))
        {
            var mail = EmailRenderer.Render(_set.Emails[send.Email], _set.Settings, Content(send, "Anna"));
            Assert.Contains("Green tea (https://shop.example.com/tea)", mail.Text, StringComparison.Ordinal);
            Assert.Contains("$7.50", mail.Text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("club-silver", "Silver", 2)]
    [InlineData("club-gold", "Gold", 4)]
    [InlineData("club-platinum", "Platinum", 6)]
    public void Club_EachTier_HasItsBenefits(string tag, string tier, int benefits)
    {
        var send = _set!.Journeys[tag].Steps.Values.OfType<SendStep>().Single();
        var mail = EmailRenderer.Render(_set.Emails[send.Email], _set.Settings, Content(send, "Anna") with { Tags = [tag], TotalSpend = 1234 });
        Assert.StartsWith(tier, mail.Subject, StringComparison.Ordinal);
        Assert.Equal(benefits, new HtmlParser().ParseDocument(mail.Html).QuerySelectorAll("li").Length);
        Assert.Contains("$1,234.00", mail.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(299.99, null)]
    [InlineData(300, "club-silver")]
    [InlineData(1000, "club-gold")]
    [InlineData(3000, "club-platinum")]
    public void Club_TierBySpend_IsExactlyOne(double spend, string? tier)
    {
        var tags = _set!.Evaluator.Evaluate(Segmentation.Given.Customer(4, 0, 100, (decimal)spend), null, Segmentation.Given.Start.AddDays(101)).Tags;
        Assert.Equal(tier is null ? [] : [tier], tags.Where(t => t.StartsWith("club-", StringComparison.Ordinal)));
    }

    [Fact]
    public void Translations_Shipped_ShowWhatTheirOriginalsShow() => Assert.All(
        _set!.Emails.Values.SelectMany(e => e.Translations.Values.Select(t => (Original: e, Translation: t))),
        pair => Assert.Equal(pair.Original.MissingFor(null).Order(), pair.Translation.MissingFor(null).Order()));

    private static EmailContent Content(SendStep send, string? name) => new()
    {
        SendId = "send-1",
        To = "anna@example.com",
        Name = name,
        Topic = send.Topic,
        Offer = send.Offer is null ? null : new("CODE-1", send.Offer.Percent, send.Offer.Amount, new(2026, 3, 14, 9, 0, 0, TimeSpan.Zero)),
        Balance = 12.5m,
        Orders = 3,
        TotalSpend = 500,
        SurveyUrl = value => new($"https://segue.example.com/survey/{value}"),
        Parts = new()
        {
            Survey = _set!.Emails[send.Email].Survey is { } survey ? _set.Surveys[survey] : null,
            Recommendations = [new("tea", "Green tea", 7.5m) { Url = new("https://shop.example.com/tea"), Image = new("https://shop.example.com/tea.png"), Because = "Cup" }, new("mug", "Mug", 9)],
            Product = new("tea", "Green tea", 7.5m) { Url = new("https://shop.example.com/tea"), Was = 9 },
            Cart = [new("cup", "Cup & saucer", 4) { Quantity = 2 }],
        },
        UnsubscribeUrl = new("https://segue.example.com/u/1?t=a&b=c"),
    };
}
