using System.Text.Json;
using Segue.Customers;
using Segue.Journeys;
using Segue.Measurement;
using Segue.Storage;

namespace Segue.Browser.Tests;

public sealed class JourneyTests(ServedShop shop)
{
    [Fact]
    public async Task Steps_ShowWhoStandsThereAndWhatWasSent()
    {
        await using var screen = await shop.OpenAsync();
        await screen.GoAsync($"/dashboard/journeys/{Views.Journey}");
        await screen.Page.GetByText("Show as a table").First.ClickAsync();
        var rows = shop.Rows();
        var runs = rows.Where(r => r.Table == Tables.Customers && r.Row.Key.StartsWith(CustomerRows.Enrolments, StringComparison.Ordinal))
            .Select(r => RowJson.Unpack(r.Row, SegueJson.Default.Enrolment)).Where(e => e.Journey == Views.Journey && !e.HeldOut).ToList();
        var sent = rows.Where(r => r.Table == Tables.Facts).Select(r => RowJson.Unpack(r.Row, SegueJson.Default.Fact))
            .Where(f => f.Journey == Views.Journey && f.Kind == FactKinds.Sent).ToList();
        var steps = (await shop.GetAsync($"/api/journeys/{Views.Journey}")).GetProperty("steps").EnumerateArray().ToList();
        var shown = await screen.TableAsync("Steps");

        Assert.NotEmpty(sent);
        Assert.Equal(runs.Count, Screen.Number(await screen.TileAsync("In it now")));
        Assert.Equal(sent.Count, Screen.Number(await screen.TileAsync("Mails sent")));
        Assert.Equal(steps.Count, shown.Count);
        Assert.All(steps.Zip(shown), pair =>
        {
            var id = pair.First.GetProperty("id").GetString();
            Assert.Equal(runs.Count(e => e.Step == id), Screen.Number(pair.Second[1]));
            Assert.Equal(sent.Count(f => f.Step == id), Screen.Number(pair.Second[2]));
        });
    }

    [Fact]
    public async Task Measures_CountTheFacts_AndEveryAttributionComesToTheSame()
    {
        await using var screen = await shop.OpenAsync();
        await screen.GoAsync($"/dashboard/journeys/{Views.Journey}");
        var facts = shop.Rows().Where(r => r.Table == Tables.Facts).Select(r => RowJson.Unpack(r.Row, SegueJson.Default.Fact)).ToList();
        var brought = facts.Where(f => f.Kind == FactKinds.Attributed && f.Touches![^1].Journey == Views.Journey).Sum(f => f.Amount ?? 0);

        Assert.Equal(facts.Count(f => f is { Journey: Views.Journey, Kind: FactKinds.Sent }), Screen.Number((await screen.TableAsync("Engagement"))[0][1]));
        Assert.Equal(decimal.Round(brought), Screen.Number(await screen.TileAsync("Attributed revenue")));
        await screen.Page.GetByLabel("An order is put down to").SelectOptionAsync("first-touch");
        await screen.SettledAsync();
        var first = facts.Where(f => f.Kind == FactKinds.Attributed && f.Touches![0].Journey == Views.Journey).Sum(f => f.Amount ?? 0);
        Assert.Equal(decimal.Round(first), Screen.Number(await screen.TileAsync("Attributed revenue")));
    }

    [Fact]
    public async Task Preview_ShowsTheMailInAFrameOfItsOwn()
    {
        await using var screen = await shop.OpenAsync();
        await screen.GoAsync($"/dashboard/journeys/{Views.Journey}");
        var customer = await shop.SomeoneAsync();
        await screen.Page.GetByLabel("Customer id").FillAsync(customer);
        await screen.Page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Preview" }).ClickAsync();
        var mail = await shop.GetAsync($"/api/journeys/{Views.Journey}/steps/{await screen.Page.Locator("select[name=step]").InputValueAsync()}/preview?customer={customer}");

        await Microsoft.Playwright.Assertions.Expect(screen.Page.Locator("iframe.mail")).ToBeVisibleAsync();
        Assert.Contains(mail.GetProperty("subject").GetString()!, await screen.Page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
        await Microsoft.Playwright.Assertions.Expect(screen.Page.FrameLocator("iframe.mail").Locator("body")).Not.ToBeEmptyAsync();
        Assert.Empty(screen.Errors);
    }

    [Fact]
    public async Task Flow_DrawsEveryStepAndTheEnd()
    {
        await using var screen = await shop.OpenAsync();
        var linked = 0;
        foreach (var journey in (await shop.GetAsync("/api/journeys")).GetProperty("journeys").EnumerateArray().Select(Id).ToList())
        {
            await screen.GoAsync($"/dashboard/journeys/{journey}");
            var picture = await shop.GetAsync($"/api/journeys/{journey}");
            var pictures = picture.GetProperty("steps").EnumerateArray().ToList();
            var steps = pictures.Select(Id).ToList();
            var reached = pictures.SelectMany(s => s.GetProperty("next").EnumerateArray().Select(n => n.GetProperty("to").GetString())).ToHashSet();
            Assert.Subset(reached.OfType<string>().Append(picture.GetProperty("first").GetString()!).ToHashSet(), steps.ToHashSet());
            linked += steps.Count;
            var titles = await screen.Page.Locator("svg.flow title").AllTextContentsAsync();
            Assert.Equal(steps.Count, titles.Count);
            Assert.Empty(screen.Errors);
        }

        Assert.True(linked > 50);
    }

    private static string Id(JsonElement element) => element.GetProperty("id").GetString()!;
}
