using Segue.Campaigns;
using Segue.Email;
using Segue.Ports;
using Segue.Tests.Support;
using static Segue.Tests.Support.TestShop;

namespace Segue.Tests.Campaigns;

/// <summary>A whole campaigns folder is put in force while the product runs: at once or not at all, and back again.</summary>
public sealed class CampaignPublisherTests
{
    private static readonly TestCampaigns One = new() { Journeys = [Mails("first")] };
    private static readonly TestCampaigns Two = new() { Journeys = [Mails("second")] };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Publish_AnotherFolder_IsInForceForTheNextWhoEnters()
    {
        var shop = await OpenAsync(One);
        await shop.Order("a", 0).Event("a", 1, "go").Order("b", 0).Event("b", 3, "go").RunAsync(2);
        var result = await shop.Publisher.PublishAsync(Two.Load().Files, "ann", cancellation: Cancellation);
        await shop.RunAsync(4);

        Assert.Equal([("a", "first", 1.0), ("b", "second", 3.0)], shop.Sent());
        Assert.Equal((One.Load().Version, Two.Load().Version, true), (result.Previous, result.Version, result.InForce));
        var change = Assert.Single(result.Changes);
        Assert.Equal(("journeys/0.yaml", "changed"), (change.File, change.What));
        Assert.NotEmpty(change.Says);
        var (current, history) = await shop.Publisher.HistoryAsync(Cancellation);
        Assert.Equal((Two.Load().Version, "ann", Day(2)), (current!.Version, current.By, current.At));
        Assert.Equal([Two.Load().Version, One.Load().Version], history.Select(p => p.Version));
    }

    [Fact]
    public async Task Publish_NotValid_NamesEachFaultAndChangesNothing()
    {
        var shop = await OpenAsync(One);
        var before = Rows(shop);
        var files = new Dictionary<string, string>(Two.Load().Files) { ["journeys/1.yaml"] = "id: broken\nname: B\nenter: { tag: no-such }\nsteps: []\n" };
        var result = await shop.Publisher.PublishAsync(files, "ann", cancellation: Cancellation);

        Assert.Equal((null, false), (result.Version, result.InForce));
        Assert.Contains(result.Errors, e => e is { File: "journeys/1.yaml", Line: 3, Field: "enter.tag" });
        Assert.Equal(before, Rows(shop));
    }

    [Fact]
    public async Task Publish_DryRun_SaysWhatItWouldDoAndChangesNothing()
    {
        var shop = await OpenAsync(new TestCampaigns { Journeys = [Mails("first"), Mails("other", "goes")] });
        var before = Rows(shop);
        var next = new TestCampaigns { Journeys = [Mails("first", status: "draft"), Mails("other", "comes")] }.Load();
        var result = await shop.Publisher.PublishAsync(next.Files, "ann", dryRun: true, cancellation: Cancellation);

        Assert.Equal((next.Version, false), (result.Version, result.InForce));
        Assert.Equal(["comes"], result.GoesLive);
        Assert.Equal(["goes", "journey"], result.Stops);
        Assert.Equal(before, Rows(shop));
    }

    [Fact]
    public async Task Publish_WhatIsInForce_LeavesEveryRowAsItWas()
    {
        var shop = await OpenAsync(One);
        var before = Rows(shop);
        Assert.Empty((await shop.Publisher.PublishAsync(One.Load().Files, "ann", cancellation: Cancellation)).Changes);
        Assert.Equal(before, Rows(shop));
    }

    [Fact]
    public async Task Publish_SomebodyElseDidMeanwhile_IsRefused()
    {
        var shop = await OpenAsync(One);
        await shop.Publisher.PublishAsync(Two.Load().Files, "ann", One.Load().Version, cancellation: Cancellation);
        var late = new TestCampaigns { Journeys = [Mails("third")] }.Load();
        var refused = await Assert.ThrowsAsync<CampaignsMovedOnException>(() => shop.Publisher.PublishAsync(late.Files, "bob", One.Load().Version, cancellation: Cancellation));
        Assert.Equal(Two.Load().Version, refused.Found);
        Assert.Equal(Two.Load().Version, (await shop.Publisher.HistoryAsync(Cancellation)).Current!.Version);
    }

    [Fact]
    public async Task Revert_NothingSaid_IsTheFolderBefore_AndAnyOtherByName()
    {
        var shop = await OpenAsync(One);
        await shop.Publisher.PublishAsync(Two.Load().Files, "ann", cancellation: Cancellation);
        await shop.Publisher.RevertAsync(null, "bob", cancellation: Cancellation);
        await shop.Order("a", 0).Event("a", 1, "go").RunAsync(2);
        Assert.Equal([("a", "first", 1.0)], shop.Sent());
        Assert.Equal("bob", (await shop.Publisher.HistoryAsync(Cancellation)).Current!.By);
        Assert.Equal(Two.Load().Version, (await shop.Publisher.RevertAsync(Two.Load().Version, "bob", cancellation: Cancellation)).Version);
        Assert.Equal(One.Load().Files, await shop.Publisher.FilesAsync(One.Load().Version, Cancellation));
        await Assert.ThrowsAsync<CampaignVersionNotFoundException>(() => shop.Publisher.RevertAsync("0123456789abcdef", "bob", cancellation: Cancellation));
    }

    [Fact]
    public async Task Revert_NothingBefore_SaysSo()
    {
        var shop = await OpenAsync(One);
        await Assert.ThrowsAsync<CampaignVersionNotFoundException>(() => shop.Publisher.RevertAsync(null, "bob", cancellation: Cancellation));
    }

    [Fact]
    public async Task Publish_ProcessStopsAtAnyStep_OneFolderIsInForceWholeAndTellingAgainDoesTheRest()
    {
        var stopped = 0;
        for (var steps = 0; ; steps++)
        {
            var shop = await OpenAsync(new TestCampaigns { Journeys = [Mails("first"), Mails("other", "goes")] });
            var next = new TestCampaigns { Segments = TestCampaigns.PlainSegments.Replace(">= 3", ">= 4", StringComparison.Ordinal), Journeys = [Mails("second"), Mails("other", "goes", "draft"), Mails("new", "comes")] }.Load();
            var store = new StoppingStore(shop.Store, steps);
            var (_, publisher) = shop.Another(shop.Set, store, new StoppingBus(shop.Bus, store));
            try
            {
                await publisher.PublishAsync(next.Files, "ann", cancellation: Cancellation);
            }
            catch (PortUnavailableException)
            {
                stopped++;
            }

            // Whichever folder another process finds, it finds it whole, and no draft of it is live.
            var (catalog, again) = shop.Another(shop.Set);
            var state = await catalog.CurrentAsync(Cancellation);
            Assert.Contains(state.Set.Version, new[] { shop.Set.Version, next.Version });
            Assert.DoesNotContain(state.Entrances, j => state.Set.Version == next.Version && j.Id == "goes");

            await again.PublishAsync(next.Files, "ann", cancellation: Cancellation);
            state = await catalog.CurrentAsync(Cancellation);
            Assert.Equal(next.Version, state.Set.Version);
            Assert.Equal(["comes", "journey"], state.Entrances.Select(j => j.Id));
            await shop.Order("a", 0).Order("a", 0.1).Order("a", 0.2).Event("a", 1, "go").RunAsync(0.9);
            if (!store.HasStopped)
            {
                break;
            }
        }

        Assert.InRange(stopped, 6, 30);
    }

    [Fact]
    public async Task Publish_ChangedSegments_MovesEveryone()
    {
        var shop = await OpenAsync(One);
        await shop.Order("a", 0).Order("a", 0.1).Order("a", 0.2).RunAsync(1);
        Assert.Contains("loyal", shop.Profile("a")!.Standing!.Tags);
        var next = One with { Segments = TestCampaigns.PlainSegments.Replace(">= 3", ">= 4", StringComparison.Ordinal) };
        await shop.Publisher.PublishAsync(next.Load().Files, "ann", cancellation: Cancellation);
        await shop.RunAsync(1.1);
        Assert.DoesNotContain("loyal", shop.Profile("a")!.Standing!.Tags);
    }

    [Fact]
    public async Task Publish_LiveJourneyThatIncludesExisting_TakesThemInOnce()
    {
        var shop = await OpenAsync(One);
        await shop.Order("there", 0).RunAsync(65);
        var next = new TestCampaigns { Journeys = [TestCampaigns.TwoSteps(enter: "tag: silent-60, existing: include")] }.Load();
        await shop.Publisher.PublishAsync(next.Files, "ann", cancellation: Cancellation);
        await shop.Publisher.PublishAsync(next.Files, "ann", cancellation: Cancellation);
        await shop.RunAsync(90);
        Assert.Equal(["first", "second"], shop.Sent().Select(s => s.Step));
    }

    [Fact]
    public async Task Publish_JourneyThatIsLiveByHandWithoutCodes_IsRefused()
    {
        const string Offer = "  - id: mail\n    send: { email: offer, topic: offers }\n    offer: { percent: 5 }";
        var shop = await OpenAsync(new TestCampaigns { Journeys = [TestCampaigns.Journey(Offer, enter: "event: go", status: "draft")] });
        await shop.Engine.Switches.GoLiveAsync(shop.Set.Journeys["journey"], "ann", shop.Bus, Cancellation);
        var files = shop.Set.Files.ToDictionary(f => f.Key, f => f.Value.Replace("codes: lookup\n", "", StringComparison.Ordinal));
        var result = await shop.Publisher.PublishAsync(files, "ann", cancellation: Cancellation);
        Assert.Equal(("settings.yaml", "codes"), (Assert.Single(result.Errors).File, result.Errors[0].Field));
    }

    [Fact]
    public async Task Follow_AnotherProcessPublishes_IsTakenUpWithinSeconds()
    {
        var shop = await OpenAsync(One);
        var (other, _) = shop.Another(One.Load());
        Assert.Equal(One.Load().Version, (await other.CurrentAsync(Cancellation)).Set.Version);
        await shop.Publisher.PublishAsync(Two.Load().Files, "ann", cancellation: Cancellation);
        shop.StandStillUntil(CampaignCatalog.MaxAge.TotalDays * 1.1);
        Assert.Equal(Two.Load().Version, (await other.CurrentAsync(Cancellation)).Set.Version);
    }

    [Fact]
    public async Task Follow_FolderOfANewerProgram_GoesOnByWhatItHas()
    {
        var shop = await OpenAsync(One);
        var (other, publisher) = shop.Another(One.Load());
        var newer = Two.Load() with { Version = "feedfacefeedface", Files = new Dictionary<string, string> { ["segments.yaml"] = "segments:\n  - { id: a, when: { notYetKnown: 1 } }\n" } };
        await shop.Another(newer).Catalog.PublishAsync(Cancellation);
        Assert.Equal(One.Load().Version, (await other.CurrentAsync(Cancellation)).Set.Version);

        // As an instance of the older program starts, it leaves in force what it can't read.
        Assert.False(await publisher.BringAsync(One.Load(), once: true, Cancellation));
        Assert.Equal("feedfacefeedface", (await publisher.HistoryAsync(Cancellation)).Current!.Version);
    }

    [Fact]
    public async Task Bring_TheSameFolderAgain_LeavesWhatWasPublishedSince()
    {
        var shop = await OpenAsync(One);
        await shop.Publisher.PublishAsync(Two.Load().Files, "ann", cancellation: Cancellation);
        var (restarted, publisher) = shop.Another(One.Load());
        Assert.False(await publisher.BringAsync(One.Load(), once: false, Cancellation));
        Assert.Equal(Two.Load().Version, restarted.Set.Version);
        Assert.Equal("ann", (await publisher.HistoryAsync(Cancellation)).Current!.By);
        Assert.Equal(Two.Load().Version, (await publisher.InForceInsteadAsync(One.Load(), Cancellation))!.Version);
    }

    [Fact]
    public async Task Bring_AnotherFolder_TakesThePlaceOfWhatWasPublished()
    {
        var shop = await OpenAsync(One);
        await shop.Publisher.PublishAsync(Two.Load().Files, "ann", cancellation: Cancellation);
        var deployed = new TestCampaigns { Journeys = [Mails("third")] }.Load();
        Assert.True(await shop.Another(deployed).Publisher.BringAsync(deployed, once: true, Cancellation));
        Assert.Equal((deployed.Version, "file"), ((await shop.Publisher.HistoryAsync(Cancellation)).Current!.Version, (await shop.Publisher.HistoryAsync(Cancellation)).Current!.By));
    }

    [Theory]
    [InlineData(true, "third")]
    [InlineData(false, "first")]
    public async Task Bring_FolderOfAnEarlierDeployment_ComesBackOnlyOnAMachineOfItsOwn(bool once, string inForce)
    {
        var shop = await OpenAsync(One);
        var deployed = new TestCampaigns { Journeys = [Mails("third")] }.Load();
        await shop.Another(deployed).Publisher.BringAsync(deployed, once, Cancellation);
        var (catalog, straggler) = shop.Another(One.Load());
        Assert.Equal(!once, await straggler.BringAsync(One.Load(), once, Cancellation));
        Assert.Contains(inForce, (await catalog.CurrentAsync(Cancellation)).Set.Journeys["journey"].Steps.Keys);
    }

    [Fact]
    public async Task Keep_FolderThatIsTooLarge_IsRefused()
    {
        var shop = await OpenAsync(One);
        var random = new Random(1);
        var files = new Dictionary<string, string>(Two.Load().Files) { ["rates.csv"] = string.Concat(Enumerable.Range(0, 1_500_000).Select(_ => (char)random.Next(0x4E00, 0x9FFF))) };
        await Assert.ThrowsAsync<TableLimitException>(() => shop.Publisher.PublishAsync(files, "ann", cancellation: Cancellation));
        Assert.Equal(One.Load().Version, (await shop.Publisher.HistoryAsync(Cancellation)).Current!.Version);
    }

    private static string Mails(string step, string id = "journey", string status = "live") =>
        TestCampaigns.Journey($"  - id: {step}\n    send: {{ email: hello, topic: offers }}", enter: "event: go", id: id, status: status);

    private static string Rows(TestShop shop) => string.Join('\n', shop.Rows.AllRows().Select(r => $"{r.Table} {r.Row.Partition} {r.Row.Key} {r.Row.ETag}"));
}
