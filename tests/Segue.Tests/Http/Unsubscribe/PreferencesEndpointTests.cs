using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Segue.Customers;
using Segue.Email.Reports;
using Segue.Email.Suppression;
using Segue.Http.Unsubscribe;
using Segue.Measurement;
using Segue.Storage;
using Segue.Tests.Support;
using static Segue.Tests.Support.TestShop;

namespace Segue.Tests.Http.Unsubscribe;

/// <summary>What a person can do by the link of a mail, from the page over the bus to what they get afterwards.</summary>
public sealed class PreferencesEndpointTests : IAsyncLifetime
{
    private static readonly TestCampaigns Campaigns = new()
    {
        Settings = "shopName: Alder\ntopics: { offers: Offers and discounts, news: What is new }",
        Journeys =
        [
            TestCampaigns.Journey("  - id: first\n    send: { email: hello, topic: offers }", enter: "event: go, key: n, reentry: always", id: "with-offers"),
            TestCampaigns.Journey("  - id: picks\n    send: { email: hello, topic: weekly-picks }", enter: "event: go, key: n, reentry: always", id: "with-picks"),
            TestCampaigns.Journey("  - id: hidden\n    send: { email: hello, topic: secret }", id: "draft", status: "draft"),
            TestCampaigns.Journey("  - id: sms\n    webhook: { url: https://sms.example.com/, consent: phone, topic: texts }", enter: "event: text", id: "texts"),
        ],
    };

    private ApiHost _host = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private TestShop Shop => _host.Shop;

    private CustomerProfile Ann => Shop.Profile("ann")!;

    public async ValueTask InitializeAsync()
    {
        var shop = await OpenAsync(Campaigns);
        shop.Order("ann", 0).Says("ann", 0.1, new() { Email = "ann@example.com", Phone = "+41 44 000 00 00", Name = "Ann Arbor" });
        Go(shop, 1);
        await shop.RunAsync(2);
        _host = await ApiHost.StartAsync(shop);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Get_ShowsWhatThereIsToChoose_AndChangesNothing()
    {
        var before = _host.Fingerprint();
        var page = await PageAsync();
        Assert.Equal(before, _host.Fingerprint());
        Assert.Equal("Your mails from Alder", page.QuerySelector("h1")!.TextContent);
        Assert.Contains("Offers and discounts", page.QuerySelector("main > p")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(
            [("topic:offers", "Offers and discounts", true), ("topic:news", "What is new", true), ("topic:texts", "Texts", true), ("topic:weekly-picks", "Weekly picks", true), ("calls", "Calls and text messages", false)],
            Boxes(page));
        Assert.All(page.QuerySelectorAll("form"), f => Assert.Equal("post", f.GetAttribute("method")));
        Assert.All(page.QuerySelectorAll("form"), f => Assert.False(f.HasAttribute("action")));
    }

    [Fact]
    public async Task Get_TellsNothingOfWhoTheyAre()
    {
        var text = await _host.Client.GetStringAsync(Address(), Cancellation);
        Assert.All(new[] { "ann", "Arbor", "example.com", "+41" }, w => Assert.DoesNotContain(w, text, StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("List-Unsubscribe=One-Click")]
    public async Task OneClick_EndsTheMailsTopicAndNoOther(string? body)
    {
        Assert.Contains("Offers and discounts", await PostAsync(body), StringComparison.Ordinal);
        await PostAsync(body);
        await Shop.RunAsync(3);
        Assert.Equal(Consent.Granted, Ann.Contact.EmailConsent);
        Assert.Equal(["offers"], Ann.Topics!.Where(t => !t.Value.Wanted).Select(t => t.Key));
        Assert.Equal("offers", Assert.Single(Shop.Facts(FactKinds.Unsubscribed)).Reason);
        Go(Shop, 3);
        await Shop.RunAsync(4);
        Assert.Equal(["picks"], Shop.Sent().Where(s => s.Day > 2).Select(s => s.Step));
        Assert.False(Boxes(await PageAsync())[0].Ticked);
    }

    /// <summary>Retention may have taken the mail's row: then nobody knows its topic, and all of it ends.</summary>
    [Fact]
    public async Task OneClick_OfAMailThatIsNotKnownAnyMore_EndsAll()
    {
        var send = Send("first");
        await Shop.Rows.CommitAsync(Tables.Customers, "ann", [Segue.Ports.RowChange.Delete(CustomerRows.SettledSend(send))], Cancellation);
        var token = Token("first", send);
        using var answer = await _host.Client.PostAsync($"/unsubscribe/{token}", null, Cancellation);
        Assert.Contains("no more marketing mails", await answer.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        await Shop.RunAsync(3);
        Assert.Equal(Consent.Refused, Ann.Contact.EmailConsent);
    }

    [Fact]
    public async Task EndAll_EndsAllMarketing_AndThePageOffersTheWayBack()
    {
        Assert.Contains("no more marketing mails", await PostAsync("choose=none"), StringComparison.Ordinal);
        await Shop.RunAsync(3);
        Assert.Equal(Consent.Refused, Ann.Contact.EmailConsent);
        var page = await PageAsync();
        Assert.All(Boxes(page).Where(b => b.Name != "calls"), b => Assert.False(b.Ticked));
        Assert.DoesNotContain(page.QuerySelectorAll("button"), b => b.TextContent.Contains("Unsubscribe", StringComparison.Ordinal));

        await PostAsync(Form(page, tick: ["topic:news"]));
        await Shop.RunAsync(4);
        Assert.Equal((Consent.Granted, "preferences", ChosenPreferences.Words, Day(3)), (Ann.Contact.EmailConsent, Ann.Contact.ConsentSource, Ann.Contact.ConsentText, Ann.Contact.ConsentAt));
        Assert.Equal(["news"], Ann.Topics!.Where(t => t.Value.Wanted).Select(t => t.Key));
        Go(Shop, 4);
        await Shop.RunAsync(5);
        Assert.DoesNotContain(Shop.Sent(), s => s.Day > 2);
    }

    [Fact]
    public async Task Choose_KeepsWhatIsTickedAndEndsTheRest()
    {
        var page = await PageAsync();
        await PostAsync(Form(page, tick: ["topic:weekly-picks", "calls"], untick: ["topic:offers", "topic:texts"]));
        await Shop.RunAsync(3);
        Assert.Equal(Consent.Granted, Ann.Contact.EmailConsent);
        Assert.Equal(Consent.Granted, Ann.Contact.PhoneConsent);
        Assert.Equal(["offers", "texts"], Ann.Topics!.Where(t => !t.Value.Wanted).Select(t => t.Key).Order());
        Assert.Equal(Send("first"), Assert.Single(Shop.Facts(FactKinds.Unsubscribed)).Name);

        await PostAsync(Form(await PageAsync(), tick: ["topic:offers"], untick: ["calls"]));
        await Shop.RunAsync(4);
        Assert.True(Ann.Topics!["offers"].Wanted);
        Assert.Equal(Consent.Refused, Ann.Contact.PhoneConsent);
    }

    [Fact]
    public async Task Choose_NothingOfAllThereIs_EndsAllMarketing()
    {
        await PostAsync(Form(await PageAsync(), untick: ["topic:offers", "topic:news", "topic:texts", "topic:weekly-picks"]));
        await Shop.RunAsync(3);
        Assert.Equal(Consent.Refused, Ann.Contact.EmailConsent);
    }

    [Fact]
    public async Task Choose_WhatTheShopHasNot_IsNotKept()
    {
        await PostAsync("choose=topics&shown=topic:invented&on=topic:invented&shown=topic:offers&on=topic:offers&shown=nonsense");
        await Shop.RunAsync(3);
        Assert.Equal(["offers"], Ann.Topics!.Keys);
        Assert.Equal(Consent.Granted, Ann.Contact.EmailConsent);
    }

    /// <summary>A complaint ends all, whatever its mail was about, and no box lifts it.</summary>
    [Fact]
    public async Task Complaint_EndsAll_AndNoFormLiftsIt()
    {
        Shop.Happens(2, new MailReported { CustomerId = "ann", SendId = Send("first"), What = MailReport.Complained, At = Day(2), EventId = "spam" }.ToBus("spam"));
        await Shop.RunAsync(3);
        Assert.Equal((Consent.Refused, "complaint"), (Ann.Contact.EmailConsent, Ann.Contact.ConsentSource));
        var page = await PageAsync();
        Assert.Empty(page.QuerySelectorAll("fieldset"));
        Assert.Contains("reported as spam", page.Body!.TextContent, StringComparison.Ordinal);

        await PostAsync("choose=topics&again=yes&shown=topic:offers&on=topic:offers");
        await Shop.RunAsync(4);
        Assert.Equal(Consent.Refused, Ann.Contact.EmailConsent);
        Assert.Contains(Suppressions(), s => s.Reason == SuppressionReason.Complaint && s.Topic is null);
    }

    [Theory]
    [InlineData("choose=everything", HttpStatusCode.BadRequest)]
    [InlineData("choose=none&choose=topics", HttpStatusCode.BadRequest)]
    [InlineData("choose=", HttpStatusCode.BadRequest)]
    public async Task Post_OfAnotherForm_IsRefusedAndKeepsNothing(string body, HttpStatusCode status)
    {
        var before = _host.Fingerprint();
        using var answer = await SendAsync(body);
        Assert.Equal(status, answer.StatusCode);
        Assert.Equal(before, _host.Fingerprint());
    }

    [Fact]
    public async Task Post_FarLargerThanTheForm_IsRefused()
    {
        using var large = await SendAsync("choose=topics&x=" + new string('x', 40_000));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, large.StatusCode);
        using var many = await SendAsync("choose=topics" + string.Concat(Enumerable.Range(0, 3000).Select(i => $"&a{i}=1")));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, many.StatusCode);
    }

    [Fact]
    public async Task Erased_LinkOfAnOldMail_StillShowsThePageOfAStranger()
    {
        var token = Token("first");
        await Shop.Engine.Erasures.AcceptAsync("ann", Shop.Now, Cancellation);
        await Shop.RunAsync(5);
        var text = await _host.Client.GetStringAsync($"/unsubscribe/{token}", Cancellation);
        Assert.Contains("Unsubscribe from all marketing mails", text, StringComparison.Ordinal);
        using var answer = await _host.Client.PostAsync($"/unsubscribe/{token}", null, Cancellation);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await Shop.RunAsync(6);
        Assert.Empty(Shop.Bus.DeadLetters);
    }

    private static void Go(TestShop shop, double day) => shop.Event("ann", day, "go", change: e => e with { Attributes = new Dictionary<string, string> { ["n"] = $"{day}" } });

    private string Send(string step) => Shop.Sends("ann").First(s => s.Step == step).Id;

    private string Token(string step, string? send = null) =>
        Shop.Engine.UnsubscribeLinks.Of(new("https://shop.example.com"), "ann", send ?? Send(step)).Segments[^1];

    private string Address() => $"/unsubscribe/{Token("first")}";

    private IEnumerable<SuppressionEntry> Suppressions() => Shop.Table(Tables.Addresses).Where(r => r.Key == "suppression")
        .SelectMany(r => RowJson.Unpack(r, SegueJson.Default.AddressSuppression).Entries);

    private async Task<IHtmlDocument> PageAsync() => new HtmlParser().ParseDocument(await _host.Client.GetStringAsync(Address(), Cancellation));

    private static List<(string Name, string Words, bool Ticked)> Boxes(IHtmlDocument page) => [.. page.QuerySelectorAll<IHtmlInputElement>("fieldset input[type=checkbox]")
        .Select(b => (b.Value, b.ParentElement!.TextContent.Trim(), b.HasAttribute("checked")))];

    /// <summary>What a browser would post of the page's form of boxes.</summary>
    private static string Form(IHtmlDocument page, string[]? tick = null, string[]? untick = null)
    {
        var form = page.QuerySelectorAll("form").Single(f => f.QuerySelector("fieldset") is not null);
        return string.Join('&', form.QuerySelectorAll<IHtmlInputElement>("input")
            .Where(i => i.Type != "checkbox" || (i.HasAttribute("checked") && untick?.Contains(i.Value) != true) || tick?.Contains(i.Value) == true)
            .Select(i => $"{WebUtility.UrlEncode(i.Name)}={WebUtility.UrlEncode(i.Value)}"));
    }

    private async Task<HttpResponseMessage> SendAsync(string? body)
    {
        using var content = body is null ? null : new StringContent(body, null, "application/x-www-form-urlencoded");
        return await _host.Client.PostAsync(Address(), content, Cancellation);
    }

    private async Task<string> PostAsync(string? body)
    {
        using var answer = await SendAsync(body);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync(Cancellation);
    }
}
