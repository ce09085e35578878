using System.Globalization;
using Segue.Messaging;
using Segue.Ports;

namespace Segue.Tests.Simulation;

/// <summary>
/// A small application on the ports with everything that goes wrong in a large one: transfers between accounts, each
/// counted once, and an hour later an e-mail for each.
/// </summary>
/// <remarks>
/// A fact <c>debit id from to cents</c> takes from one account and sends <c>credit id to cents</c> to the customers queue and
/// <c>receipt id</c>, for an hour later, to the steps. Bodies are words, since no format is what is tested.
/// </remarks>
internal sealed class ToyLedger(
    ITableStore store, IMessageBus bus, IEmailSender sender, TimeProvider clock, bool uniqueInserts = true)
{
    public const string Table = "Accounts";
    private static readonly TimeSpan ReceiptAfter = TimeSpan.FromHours(1);

    /// <summary>The application as it should be.</summary>
    public static EngineFactory Engine { get; } = (store, bus, sender, clock) =>
        new ToyLedger(store, bus, sender, clock).Triggers();

    /// <summary>The same, but a credit is not written down as counted: a second delivery counts it again.</summary>
    public static EngineFactory ForgetfulEngine { get; } =
        (store, bus, sender, clock) => new ToyLedger(store, bus, sender, clock, uniqueInserts: false).Triggers();

    public (IReadOnlyList<QueueTrigger>, IReadOnlyList<TimerTrigger>) Triggers() => (
        [
            new("Ledger", Queues.Customers, (body, _) => TryAsync(Queues.Customers, body, CountAsync)),
            new("Receipts", Queues.JourneySteps, (body, _) => TryAsync(Queues.JourneySteps, body, ReceiptAsync)),
            new("Mail", Queues.Emails, (body, _) => TryAsync(Queues.Emails, body, MailAsync)),
        ],
        [new("Tick", "0 */15 * * * *", _ => TickAsync())]);

    private static string Text(DateTimeOffset at) => at.ToString("O", CultureInfo.InvariantCulture);

    /// <summary>Tries again at once after a conflict and soon after a failure; then puts the message back for later.</summary>
    private async Task TryAsync(string queue, string body, Func<string[], Task> handle)
    {
        for (var attempt = 1; attempt <= 4; attempt++)
        {
            try
            {
                await handle(body.Split(' '));
                return;
            }
            catch (TableConflictException)
            {
            }
            catch (PortUnavailableException e)
            {
                await Task.Delay(e.RetryAfter ?? TimeSpan.FromMilliseconds(200 * attempt), clock);
            }
        }

        await bus.SendAsync(queue, [new(body, body, clock.GetUtcNow().AddSeconds(30))]);
    }

    private async Task CountAsync(string[] words)
    {
        var (id, account) = (words[1], words[2]);
        var debit = words[0] == "debit";
        var cents = long.Parse(words[^1], CultureInfo.InvariantCulture) * (debit ? -1 : 1);
        var (counted, outbox, profile) = ($"{words[0]}-{id}", $"0-outbox-{id}", "0-profile");
        var known = debit || uniqueInserts ? await store.GetAsync(Table, account, counted) : null;
        if (known is null)
        {
            var row = await store.GetAsync(Table, account, profile);
            var balance = cents + (row is null ? 0 : (long)row.Properties["cents"]);
            var changed = new Dictionary<string, object> { ["cents"] = balance };
            List<RowChange> changes =
                [row is null ? RowChange.Insert(profile, changed) : RowChange.Replace(profile, changed, row.ETag)];
            if (debit)
            {
                var credit = $"credit {id} {words[3]} {words[^1]}";
                changes.Add(RowChange.Insert(
                    outbox, new Dictionary<string, object> { ["credit"] = credit, ["at"] = Text(clock.GetUtcNow()) }));
            }

            if (debit || uniqueInserts)
            {
                changes.Add(RowChange.Insert(counted, new Dictionary<string, object>()));
            }

            await store.CommitAsync(Table, account, changes);
        }

        if (debit)
        {
            await DispatchAsync(account, id, outbox);
        }
    }

    private async Task DispatchAsync(string account, string id, string key)
    {
        if (await store.GetAsync(Table, account, key) is { } outbox)
        {
            var due = DateTimeOffset.Parse((string)outbox.Properties["at"], CultureInfo.InvariantCulture) + ReceiptAfter;
            var credit = (string)outbox.Properties["credit"];
            await bus.SendAsync(Queues.Customers, [new(credit, credit)]);
            await bus.SendAsync(Queues.JourneySteps, [new($"receipt-{id}", $"receipt {id} {Text(due)}", due)]);
            await DeleteAsync(account, outbox);
        }
    }

    private async Task DeleteAsync(string account, Row row)
    {
        try
        {
            await store.CommitAsync(Table, account, [RowChange.Delete(row.Key, row.ETag)]);
        }
        catch (TableConflictException)
        {
            // Somebody else has dispatched it, too.
        }
    }

    private async Task ReceiptAsync(string[] words)
    {
        var due = DateTimeOffset.Parse(words[2], CultureInfo.InvariantCulture);
        if (clock.GetUtcNow() < due)
        {
            await bus.SendAsync(Queues.JourneySteps, [new($"receipt-{words[1]}", string.Join(' ', words), due)]);
        }
        else
        {
            await bus.SendAsync(Queues.Emails, [new($"mail-{words[1]}", $"mail {words[1]}")]);
        }
    }

    /// <summary>Sends at most once: who finds the e-mail attempted leaves it, unless the service can say.</summary>
    private async Task MailAsync(string[] words)
    {
        var id = words[1];
        var row = await store.GetAsync("Mails", id, "state");
        if (row is not null
            && ((string)row.Properties["state"] != "attempting" || await sender.WasAcceptedAsync(id) is null))
        {
            return;
        }

        var attempting = new Dictionary<string, object> { ["state"] = "attempting" };
        var etags = await store.CommitAsync(
            "Mails", id, [row is null ? RowChange.Insert("state", attempting) : RowChange.Replace("state", attempting, row.ETag)]);
        SendAnswer answer;
        try
        {
            answer = await sender.SendAsync(new(id, "a@b.example", "A", null, "c@d.example", null, id, "", "", null, []));
        }
        catch (PortUnavailableException e)
        {
            answer = new SendAnswer.Unknown(e.Message);
        }

        if (answer is SendAnswer.TryAfter later)
        {
            await store.CommitAsync("Mails", id, [RowChange.Delete("state", etags[0]!)]);
            await bus.SendAsync(Queues.Emails, [new($"mail-{id}", $"mail {id}", clock.GetUtcNow() + later.Delay)]);
        }
        else if (answer is SendAnswer.Accepted or SendAnswer.Rejected)
        {
            var done = new Dictionary<string, object> { ["state"] = answer.GetType().Name };
            await store.CommitAsync("Mails", id, [RowChange.Replace("state", done, etags[0]!)]);
        }
        else if (await sender.WasAcceptedAsync(id) == false)
        {
            throw new PortUnavailableException("The service is sure that it has not got the e-mail.");
        }
    }

    private async Task TickAsync()
    {
        var minute = clock.GetUtcNow().ToString("yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture);
        await store.CommitAsync("Ticks", "ticks", [RowChange.Upsert(minute, new Dictionary<string, object>())]);
    }
}
