using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Segue.Customers;
using Segue.Email;
using Segue.Local;
using Segue.Local.Serving;
using Segue.Local.Shop;
using Segue.Local.Storage;
using Segue.Messaging;
using Segue.Storage;
using Segue.Tests.Ports;

namespace Segue.Tests.Local.Processes;

/// <summary>A shop that mails everybody twice with their second order, and the orders that lead to it.</summary>
internal static class MailingShop
{
    private const string Journey = """
        id: welcome
        name: Welcome regulars
        status: live
        enter: { segment: regular }
        steps:
          - send: { email: hello, topic: news }
          - wait: { for: 2s }
          - send: { email: again, topic: news }
        """;

    /// <summary>Sets a folder up; another one with the same secret gives every mail the same name.</summary>
    public static ProcessShop Make(byte[] secret)
    {
        var shop = new ProcessShop();
        shop.Write("campaigns/segments.yaml", "segments:\n  - { id: regular, name: Regular, when: { orders: \">= 2\" } }\n  - { id: other, name: Everyone else }\n");
        shop.Write("campaigns/settings.yaml", "shopName: Test shop\ncurrency: USD\nsending: on\ncodes: lookup\nfrom: hello@example.com\npostalAddress: 1 Example Street\n");
        shop.Write("campaigns/emails/again.hbs", "---\nsubject: Again\n---\n<p>Again</p>\n");
        shop.Write("campaigns/journeys/wake.yaml", Journey.Replace("\r", "", StringComparison.Ordinal));
        File.Move(shop.PathOf("campaigns/journeys/wake.yaml"), shop.PathOf("campaigns/journeys/welcome.yaml"));
        DataFolder.Open(shop.Data);
        File.WriteAllBytes(Path.Combine(shop.Data, "secret.key"), secret);
        return shop;
    }

    /// <summary>Puts the journey live: only what is ordered from then on enters it.</summary>
    public static async Task PublishAsync(ProcessShop shop)
    {
        await using var opened = await new LocalShopOpener(TimeProvider.System, NullLoggerFactory.Instance)
            .OpenAsync(new(shop.Data, shop.Campaigns, true), TestContext.Current.CancellationToken);
    }

    /// <summary>Orders of as many customers: two each, one after the other.</summary>
    public static List<object> Orders(int customers, DateTimeOffset at) => [.. Enumerable.Range(0, 2 * customers).Select(i => (object)new
    {
        orderId = $"o{i}", customerId = $"c{i / 2}", orderedAt = at.AddMilliseconds(i), amount = 1.25m + (i % 7), currency = "USD",
        email = $"c{i / 2}@example.com", emailConsent = "granted", consentSource = "checkout",
    })];

    /// <summary>Lets all that is left happen, on a clock that runs ahead; claims of dead processes are settled on it.</summary>
    public static async Task FinishAsync(ProcessShop shop)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var clock = new ManualClock(TimeProvider.System.GetUtcNow());
        await using var opened = await new LocalShopOpener(clock, NullLoggerFactory.Instance).OpenAsync(new(shop.Data, shop.Campaigns, true), cancellation);
        await using var server = await LocalServer.StartAsync(opened.Parts, "http://127.0.0.1:0", clock, cancellation);
        using var database = SqliteDatabase.OpenReadOnly(shop.Data);
        var queues = new SqliteMessageReceiver(database, clock);
        var began = TimeProvider.System.GetTimestamp();
        for (var minutes = 0.0; minutes < 50;)
        {
            var counts = Queues.All.Select(queues.Count).ToList();
            if (counts.All(c => c is { Ready: 0, Locked: 0 }))
            {
                clock.Advance(TimeSpan.FromSeconds(30));
                minutes += 0.5;
            }
            else
            {
                // Whoever lost a conflict waits on the clock, too.
                clock.Advance(TimeSpan.FromMilliseconds(50));
            }

            Assert.True(TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromMinutes(3), "It did not come to rest.");
            await Task.Delay(5, cancellation);
        }
    }

    /// <summary>Who was mailed what, read from the folder: twice where two files say so.</summary>
    public static IReadOnlyList<string> Mails(ProcessShop shop)
    {
        var folder = Path.Combine(shop.Data, "mails");
        return !Directory.Exists(folder) ? [] : [.. Directory.EnumerateFiles(folder, "*.eml")
            .Select(f => EmlFile.Parse(File.ReadAllText(f))).Select(m => $"{m["To"]} {m["Subject"]}").Order(StringComparer.Ordinal)];
    }

    /// <summary>How every send of every customer stands.</summary>
    public static IReadOnlyDictionary<string, SendStatus> Sends(ProcessShop shop) => shop.Rows(Tables.Customers)
        .Where(r => r.Key.StartsWith(CustomerRows.OpenSends, StringComparison.Ordinal) || r.Key.StartsWith(CustomerRows.SettledSends, StringComparison.Ordinal))
        .Select(r => (r.Partition, Send: RowJson.Unpack(r, SegueJson.Default.Send)))
        .ToDictionary(s => $"{s.Partition} {s.Send.Step} {s.Send.Run.ToString(CultureInfo.InvariantCulture)}", s => s.Send.Status);

    /// <summary>Customers, runs that have ended and runs that have not, outboxes and dead letters, a line each.</summary>
    public static IReadOnlyList<string> State(ProcessShop shop)
    {
        var rows = shop.Rows(Tables.Customers);
        using var database = SqliteDatabase.OpenReadOnly(shop.Data);
        return
        [
            .. shop.Profiles().Select(p => p.ToString()),
            .. rows.Where(r => r.Key == CustomerRows.Profile).Select(r => RowJson.Unpack(r, SegueJson.Default.CustomerProfile))
                .Select(p => $"{p.CustomerId} {p.Standing?.Segment} {string.Join(' ', p.Journeys.Select(j => $"{j.Key}x{j.Value.Runs}"))}"),
            .. rows.Where(r => r.Key.StartsWith(CustomerRows.EndedEnrolments, StringComparison.Ordinal)).Select(r => RowJson.Unpack(r, SegueJson.Default.Enrolment))
                .Select(e => $"{e.Id} {e.Run} ended: {e.EndReason}"),
            .. rows.Where(r => r.Key.StartsWith(CustomerRows.Enrolments, StringComparison.Ordinal)).Select(r => $"{r.Partition} {r.Key} is under way"),
            .. rows.Where(r => r.Key.StartsWith(Outbox.Prefix, StringComparison.Ordinal)).Select(r => $"{r.Partition} has an outbox"),
            .. new SqliteDeadLetters(database, TimeProvider.System).List().Select(d => $"dead letter {d.Queue}: {d.Reason}"),
        ];
    }
}
