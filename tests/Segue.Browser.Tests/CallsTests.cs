using Microsoft.Playwright;

namespace Segue.Browser.Tests;

public sealed class CallsTests(ServedShop shop)
{
    [Fact]
    public async Task Outcome_Chosen_IsToldToTheApiAndNoted()
    {
        await using var screen = await shop.OpenAsync();
        await screen.Page.RouteAsync("**/api/calls", route => route.FulfillAsync(new()
        {
            ContentType = "application/json",
            Body = """
                { "queues": [ { "queue": "accounts", "capacity": 20, "madeToday": 3, "waiting": 1, "calls": [
                  { "id": "call-1", "customerId": "c1", "name": "Ann", "phone": "+41 44 000 00 00", "segment": "vip-inactive", "reason": "Ask what they miss",
                    "priority": 2, "value": 1840.50, "journey": "vip-reactivation", "step": "ask-why", "outcomes": [ "will-return", "no-interest" ],
                    "addedAt": "2026-11-20T10:00:00Z", "dueAt": "2026-11-27T10:00:00Z" } ] } ] }
                """,
        }));
        var told = new TaskCompletionSource<string>();
        await screen.Page.RouteAsync("**/api/calls/call-1/outcome", async route =>
        {
            told.TrySetResult(route.Request.PostData ?? "");
            await route.FulfillAsync(new() { Status = 202, ContentType = "application/json", Body = """{ "accepted": 1, "outcome": "will-return" }""" });
        });
        await screen.GoAsync("/dashboard/calls");
        await screen.Page.GetByRole(AriaRole.Button, new() { Name = "Ann: will-return" }).ClickAsync();

        await Assertions.Expect(screen.Page.GetByText("will-return: noted")).ToBeVisibleAsync();
        Assert.Equal("""{"outcome":"will-return"}""", await told.Task);
    }

    [Fact]
    public async Task Queues_AreThoseThatJourneysAsk()
    {
        await using var screen = await shop.OpenAsync();
        await screen.GoAsync("/dashboard/calls");
        var queues = (await shop.GetAsync("/api/calls")).GetProperty("queues").EnumerateArray().Select(q => q.GetProperty("queue").GetString()!).ToList();

        Assert.NotEmpty(queues);
        Assert.Equal(queues, await screen.Page.Locator(".panel h2").AllInnerTextsAsync());
    }
}
