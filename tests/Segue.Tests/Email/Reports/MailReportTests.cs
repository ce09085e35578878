using Segue.Customers;
using Segue.Email;
using Segue.Email.Reports;
using Segue.Email.Suppression;
using Segue.Events;
using Segue.Measurement;
using Segue.Ports;
using Segue.Storage;
using Segue.Tests.Support;
using static Segue.Tests.Support.TestShop;

namespace Segue.Tests.Email.Reports;

/// <summary>What the mail service tells of a mail, in any order and number, ends in one and the same state.</summary>
public sealed class MailReportTests
{
    private static readonly string Once = TestCampaigns.Journey("  - id: mail\n    send: { email: hello, topic: offers }\n  - wait: { for: 30d }");
    private static readonly AddressNames Addresses = new(new DerivedNames(new byte[32]));

    [Theory]
    [InlineData(MailReport.Processed)]
    [InlineData(MailReport.Delivered)]
    [InlineData(MailReport.Opened)]
    [InlineData(MailReport.Scanned)]
    [InlineData(MailReport.Clicked)]
    [InlineData(MailReport.Bounced)]
    [InlineData(MailReport.Complained)]
    public async Task Unknown_WhateverProvesThatTheServiceHasIt_SettlesItAsAccepted(MailReport what)
    {
        var shop = await SendAsync(new SendAnswer.Unknown("timed out"));
        await shop.ReportAsync(60.1, what);
        Assert.Equal((SendStatus.Accepted, Day(60.1)), (shop.Sends("a")[0].Status, shop.Sends("a")[0].SettledAt));
        Assert.Equal(Day(60), Assert.Single(shop.Facts(FactKinds.Sent)).At);
        Assert.Single(shop.Sender.Tries);
    }

    [Fact]
    public async Task Unknown_GivenUpADayBefore_IsStillSettled()
    {
        var shop = await SendAsync(new SendAnswer.Unknown("timed out"));
        await shop.RunAsync(62);
        Assert.Equal((SendStatus.Unknown, Day(61)), (shop.Sends("a")[0].Status, shop.Sends("a")[0].SettledAt));
        await shop.ReportAsync(62, MailReport.Delivered);
        Assert.Equal(SendStatus.Accepted, Assert.Single(shop.Sends("a")).Status);
    }

    [Fact]
    public async Task Unknown_Dropped_WasNeverSent()
    {
        var shop = await SendAsync(new SendAnswer.Unknown("timed out"));
        await shop.ReportAsync(60.1, MailReport.Dropped, reason: "Invalid SMTPAPI header");
        Assert.Equal((SendStatus.Rejected, "Invalid SMTPAPI header"), (shop.Sends("a")[0].Status, shop.Sends("a")[0].Reason));
        Assert.Empty(shop.Facts(FactKinds.Sent));
    }

    /// <summary>The service asked for time and yet had taken the mail: a second copy must not follow.</summary>
    [Fact]
    public async Task Pending_ReportedMeanwhile_IsNotTriedAgain()
    {
        var shop = await SendAsync(new SendAnswer.TryAfter(TimeSpan.FromHours(5), "busy"));
        await shop.ReportAsync(60.1, MailReport.Delivered);
        await shop.RunAsync(62);
        Assert.Single(shop.Sender.Tries);
        Assert.Equal(SendStatus.Accepted, Assert.Single(shop.Sends("a")).Status);
    }

    [Fact]
    public async Task Reports_SentTwice_CountOnce()
    {
        var shop = await SendAsync(new SendAnswer.Accepted());
        foreach (var what in new[] { MailReport.Delivered, MailReport.Opened, MailReport.Clicked })
        {
            await shop.ReportAsync(60.1, what, id: $"{what}");
            await shop.ReportAsync(60.2, what, id: $"{what}", at: 60.1);
        }

        Assert.Single(shop.Facts(FactKinds.Delivered));
        Assert.Single(shop.Facts(FactKinds.Opened));
        Assert.Equal(Day(60.1), Assert.Single(shop.Facts(FactKinds.Clicked)).At);
        Assert.Equal("mail~Clicked", Assert.Single(shop.Events("a")).EventId);
    }

    [Fact]
    public async Task Clicked_IsAnEventThatRulesAndJourneysSee_AScannersIsNot()
    {
        var shop = await SendAsync(new SendAnswer.Accepted());
        await shop.ReportAsync(60.1, MailReport.Scanned);
        Assert.Null(shop.Profile("a")!.Mail!.LastClickAt);
        await shop.ReportAsync(60.2, MailReport.Clicked);
        var click = Assert.Single(shop.Events("a"));
        Assert.Equal((EventNames.EmailClicked, "hello", "mail"), (click.Name, click.Value("email"), click.Value("step")));
        Assert.Equal((Day(60.2), 1m), (shop.Profile("a")!.Mail!.LastClickAt, shop.Profile("a")!.Mail!.Share()));
    }

    [Fact]
    public async Task Bounced_TheAddressGetsNothingMore_NotEvenTransactional()
    {
        var shop = await SendAsync(new SendAnswer.Accepted());
        await shop.ReportAsync(60.1, MailReport.Bounced, reason: "550 no such user");
        Assert.Equal("a@example.com", shop.Profile("a")!.BouncedEmail);
        Assert.False(shop.Profile("a")!.Summary.Reachable);
        Assert.Equal("550 no such user", Assert.Single(shop.Facts(FactKinds.Bounced)).Reason);
        Assert.Equal(SuppressionReason.Bounce, Assert.Single(Suppression(shop, "a@example.com").Entries).Reason);
        Assert.NotNull(Suppression(shop, "a@example.com").Against(null, transactional: true));
    }

    /// <summary>The mail went to the old address: that box does not exist, the new one may.</summary>
    [Fact]
    public async Task Bounced_OfAnAddressNoLongerTheirs_LeavesTheNewOne()
    {
        var shop = await SendAsync(new SendAnswer.Accepted());
        await shop.Says("a", 60.05, new() { Email = "new@example.com" }).RunAsync(60.1);
        await shop.ReportAsync(60.1, MailReport.Bounced, to: "a@example.com");
        Assert.Null(shop.Profile("a")!.BouncedEmail);
        Assert.True(shop.Profile("a")!.Summary.Reachable);
        Assert.Single(Suppression(shop, "a@example.com").Entries);
        Assert.Empty(Suppression(shop, "new@example.com").Entries);
    }

    [Theory]
    [InlineData(4, 0, false)]
    [InlineData(5, 0, true)]
    [InlineData(5, 3, false)]
    public async Task Blocked_SeveralInARow_CountAsNoSuchBox(int blocked, int deliveredAfter, bool bounces)
    {
        var steps = string.Join('\n', Enumerable.Range(0, blocked).Select(i => $"  - id: m{i}\n    send: {{ email: hello, topic: offers }}\n  - wait: {{ for: 1h }}"));
        var shop = await OpenAsync(TestCampaigns.Journey(steps));
        await shop.Order("a", 0).RunAsync(61);
        for (var i = 0; i < blocked; i++)
        {
            await shop.ReportAsync(61 + (i * 0.01), MailReport.Blocked, index: i, id: $"b{i}");
            if (i + 1 == deliveredAfter)
            {
                await shop.ReportAsync(61 + (i * 0.01) + 0.001, MailReport.Delivered, index: i, id: $"d{i}");
            }
        }

        Assert.Equal(bounces, shop.Profile("a")!.BouncedEmail is not null);
    }

    [Fact]
    public async Task Complained_EndsAllMarketing_AndALaterGrantDoesNotUndoIt()
    {
        var shop = await SendAsync(new SendAnswer.Accepted());
        await shop.ReportAsync(60.1, MailReport.Complained);
        Assert.Equal((Consent.Refused, "complaint"), (shop.Profile("a")!.Contact.EmailConsent, shop.Profile("a")!.Contact.ConsentSource));
        await shop.Says("a", 60.5, new() { EmailConsent = Consent.Granted, ConsentAt = Day(60.5) }).RunAsync(61);
        Assert.NotNull(Suppression(shop, "a@example.com").Against("offers", transactional: false));
        Assert.Null(Suppression(shop, "a@example.com").Against(null, transactional: true));
    }

    [Fact]
    public async Task TopicUnsubscribed_EndsTheMailsTopicAlone()
    {
        var shop = await SendAsync(new SendAnswer.Accepted());
        await shop.ReportAsync(60.1, MailReport.TopicUnsubscribed);
        Assert.Equal(Consent.Granted, shop.Profile("a")!.Contact.EmailConsent);
        Assert.False(shop.Profile("a")!.Topics!["offers"].Wanted);
        var suppression = Suppression(shop, "a@example.com");
        Assert.NotNull(suppression.Against("offers", false));
        Assert.Null(suppression.Against("news", false));
    }

    /// <summary>Their rows are gone, and a complaint about an old mail comes in: the address stays known, and nothing else does.</summary>
    [Fact]
    public async Task Report_OnSomebodyWhoIsGone_KeepsOnlyTheSuppression()
    {
        var shop = await OpenAsync(Once);
        var report = new MailReported
        {
            CustomerId = "gone", SendId = "s1", What = MailReport.Complained, At = Day(1), EventId = "e1", Address = Addresses.Of("gone@example.com"),
        };
        await shop.Happens(1, report.ToBus(report.Name)).RunAsync(2);
        Assert.Equal(SuppressionReason.Complaint, Assert.Single(Suppression(shop, "gone@example.com").Entries).Reason);
        Assert.Empty(shop.Table(Tables.Customers));
        Assert.DoesNotContain("gone", string.Join(' ', shop.Table(Tables.Addresses).Select(r => r.Partition + string.Concat(r.Properties.Values))), StringComparison.Ordinal);
    }

    /// <summary>Whatever the order and however often each comes, the end is the same.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Reports_InAnyOrder_EndAlike(int seed)
    {
        MailReport[] kinds = [MailReport.Processed, MailReport.Delivered, MailReport.Opened, MailReport.Clicked, MailReport.Scanned, MailReport.Complained];
        var expected = await EndAsync(kinds);
        var random = new Random(seed);
        MailReport[] order = [.. kinds, .. random.GetItems(kinds, 3)];
        random.Shuffle(order);
        Assert.Equal(expected, await EndAsync(order));
    }

    private static async Task<string> EndAsync(MailReport[] order)
    {
        var shop = await SendAsync(new SendAnswer.Unknown("timed out"));
        for (var i = 0; i < order.Length; i++)
        {
            await shop.ReportAsync(61.2 + (i * 0.01), order[i], id: $"{order[i]}", at: 60.1 + ((int)order[i] * 0.01));
        }

        var (send, profile) = (Assert.Single(shop.Sends("a")), shop.Profile("a")!);
        var facts = new[] { FactKinds.Sent, FactKinds.Delivered, FactKinds.Opened, FactKinds.Clicked, FactKinds.Complained }.Select(k => $"{k} {shop.Facts(k).Count}");
        return string.Join("; ", [
            $"{send.Status}", .. send.Reported!.OrderBy(r => r.Key, StringComparer.Ordinal).Select(r => $"{r.Key} {r.Value:O}"), .. facts,
            $"{profile.Mail!.LastClickAt:O} {profile.Mail.Share()} {profile.Contact.EmailConsent} {shop.Events("a").Count} {Suppression(shop, "a@example.com").Entries.Count}"]);
    }

    private static async Task<TestShop> SendAsync(SendAnswer answer)
    {
        var shop = await OpenAsync(Once);
        shop.Sender.Answer = _ => answer;
        await shop.Order("a", 0).RunAsync(60.05);
        return shop;
    }

    private static AddressSuppression Suppression(TestShop shop, string email) =>
        shop.Table(Tables.Addresses).Where(r => r.Partition == Addresses.Of(email) && r.Key == "suppression")
            .Select(r => RowJson.Unpack(r, SegueJson.Default.AddressSuppression)).SingleOrDefault() ?? AddressSuppression.None;
}

/// <summary>Lets the mail service tell something, as it reaches the queue.</summary>
internal static class MailReporting
{
    public static async Task ReportAsync(
        this TestShop shop, double day, MailReport what, string? id = null, double? at = null, string? reason = null, string? to = null, int index = 0)
    {
        var send = shop.Sends("a")[index];
        var report = new MailReported
        {
            CustomerId = "a", SendId = send.Id, What = what, At = Day(at ?? day), EventId = id ?? $"{what}-{day}", Reason = reason,
            Address = to is null ? null : new AddressNames(shop.Names).Of(to),
        };
        await shop.Happens(day, report.ToBus(report.Name)).RunAsync(day + 0.005);
    }
}
