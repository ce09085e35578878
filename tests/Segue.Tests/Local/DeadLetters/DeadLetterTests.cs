using System.Net;
using System.Text.Json;
using Segue.Local.Commands;
using Segue.Local.Serving;
using Segue.Local.Shop;
using Segue.Local.Storage;
using Segue.Messaging;
using Segue.Ports;
using Segue.Tests.Local.Shop;

namespace Segue.Tests.Local.DeadLetters;

/// <summary>A message that nobody can read, from the queue to the command line and back.</summary>
public sealed class DeadLetterTests : IDisposable
{
    private readonly ShopFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task List_AMessageThatNobodyCanRead_SaysWhyAndOthersAreHandled()
    {
        await PutAsync(new("poison", "{]"), new("good", Order("ann")));
        await ServeAsync(async (shop, client) =>
        {
            await Eventually.HoldsAsync(() => Letters().Count == 1 && Customers() == 1);
            var health = JsonDocument.Parse(await client.GetStringAsync("/health", Cancellation)).RootElement;
            Assert.Equal(1, health.GetProperty("deadLetters").GetInt64());
        });

        Assert.Equal(0, await _folder.RunAsync("deadletters", "list", "--format", "json"));
        var letter = JsonDocument.Parse(_folder.Output).RootElement.GetProperty("deadLetters").EnumerateArray().Single();
        Assert.Equal(("customers", "poison", "{]", 1), (
            letter.GetProperty("queue").GetString(), letter.GetProperty("id").GetString(), letter.GetProperty("body").GetString(),
            letter.GetProperty("deliveries").GetInt32()));
        Assert.StartsWith("The message is not one of ours", letter.GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Equal(0, await _folder.RunAsync("deadletters", "list"));
        Assert.Contains("The message is not one of ours", _folder.Output, StringComparison.Ordinal);
        Assert.Equal(0, await _folder.RunAsync("deadletters", "list", "--queue", "emails"));
        Assert.Equal("There are no dead letters.", _folder.Output.Trim());
    }

    [Fact]
    public async Task ReplayAndDrop_OfAFolder_TouchTheseAlone()
    {
        var (first, second, third) = await SetAsideAsync();

        Assert.Equal(0, await _folder.RunAsync("deadletters", "replay", Text(first), "--format", "json"));
        Assert.Equal([first], JsonDocument.Parse(_folder.Output).RootElement.GetProperty("replayed").EnumerateArray().Select(n => n.GetInt64()));
        Assert.Equal([second, third], Letters().Select(l => l.Number));
        Assert.Equal(1, await _folder.RunAsync("deadletters", "drop", Text(second), Text(first)));
        Assert.Contains($"There is no dead letter {first}.", _folder.Error, StringComparison.Ordinal);
        Assert.Equal([third], Letters().Select(l => l.Number));
        Assert.Equal(0, await _folder.RunAsync("deadletters", "drop", "--all"));
        Assert.Empty(Letters());
        using var database = SqliteDatabase.OpenReadOnly(_folder.Data);
        Assert.Equal(1, new SqliteMessageReceiver(database, _folder.Clock).Count(Queues.Customers).Ready);
    }

    [Fact]
    public async Task ReplayAndDrop_WhileAServerHoldsTheFolder_AskIt()
    {
        var (first, second, third) = await SetAsideAsync();
        await ServeAsync(async (_, client) =>
        {
            // Still as unreadable as before: replayed, it is set aside again under a new number.
            Assert.Equal(0, await _folder.RunAsync("deadletters", "replay", Text(first)));
            await Eventually.HoldsAsync(() => Letters().Count == 3 && Letters()[^1].Number > third);
            Assert.Equal(0, await _folder.RunAsync("deadletters", "drop", Text(second), Text(third)));
            Assert.Equal("a", Assert.Single(Letters()).Id);
            Assert.Equal(1, await _folder.RunAsync("deadletters", "drop", Text(second)));
            using var answer = await client.PostAsync($"/local/deadletters/{third}/replay", null, Cancellation);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        });
    }

    [Fact]
    public async Task List_NoData_IsRefused()
    {
        Assert.Equal(1, await _folder.RunAsync("deadletters", "list"));
        Assert.StartsWith("There is no data in", _folder.Error, StringComparison.Ordinal);
        Assert.Equal(1, await _folder.RunAsync("deadletters", "drop", "1"));
        Assert.False(Directory.Exists(_folder.Data));
    }

    private static string Text(long number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private string Order(string customer) => Segue.Orders.OrderMessages.Arrived(
        new(new() { OrderId = $"{customer}-1", CustomerId = customer, OrderedAt = _folder.Clock.GetUtcNow(), Amount = 5 }, Segue.Customers.CustomerFacts.None),
        _folder.Clock.GetUtcNow()).Body;

    private async Task<(long First, long Second, long Third)> SetAsideAsync()
    {
        await PutAsync(new("a", "{]"), new("b", "{]"), new("c", "{]"));
        await ServeAsync(async (_, _) => await Eventually.HoldsAsync(() => Letters().Count == 3));
        var letters = Letters();
        return (letters[0].Number, letters[1].Number, letters[2].Number);
    }

    private async Task PutAsync(params BusMessage[] messages)
    {
        await using (await _folder.OpenAsync(writes: true))
        {
            // Made, with all that a folder holds.
        }

        using var database = SqliteDatabase.Open(_folder.Data);
        await new SqliteMessageBus(database, _folder.Clock).SendAsync(Queues.Customers, messages, Cancellation);
    }

    private async Task ServeAsync(Func<IShop, HttpClient, Task> use)
    {
        await using var shop = await _folder.OpenAsync(writes: true);
        await using var server = await LocalServer.StartAsync(shop.Parts, "http://127.0.0.1:0", _folder.Clock, Cancellation);
        using var client = new HttpClient { BaseAddress = new(server.Addresses.Single()) };
        await use(shop, client);
    }

    private IReadOnlyList<DeadLetter> Letters() => _folder.Opener.ListDeadLetters(_folder.Data, null);

    private int Customers()
    {
        using var database = SqliteDatabase.OpenReadOnly(_folder.Data);
        return new SqliteTableStore(database).AllRows().Count(r => r.Row.Key == Segue.Customers.CustomerRows.Profile);
    }
}
