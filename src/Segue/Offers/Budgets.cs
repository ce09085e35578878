using System.Globalization;
using Segue.Customers;
using Segue.Email;
using Segue.Messaging;
using Segue.Ports;
using Segue.Storage;

namespace Segue.Offers;

/// <summary>
/// What is left of what steps may give away. A mail's share is reserved, once, before the mail is claimed; a reservation whose
/// mail never went is given back by its Due row.
/// </summary>
internal sealed class Budgets(ITableStore store, TimeProvider clock)
{
    /// <summary>How long after reserving it is looked at whether the mail went.</summary>
    public static readonly TimeSpan LookAfter = TimeSpan.FromHours(25);

    private const string Left = "0-left";
    private const string Reserved = "reserved-";
    private const string Codes = "codes";
    private const string Money = "money";

    /// <summary>Reserves a mail's share; false where nothing is left in the period.</summary>
    /// <exception cref="TableConflictException">Another reserved at the same moment: ask again.</exception>
    public async Task<bool> ReserveAsync(string customerId, Send send, CancellationToken cancellation)
    {
        if (send.Offer is not { Budget: { } budget } offer)
        {
            return true;
        }

        var now = clock.GetUtcNow();
        var partition = PartitionOf(send, budget);
        if (await store.GetAsync(Tables.Budgets, partition, Reserved + send.Id, cancellation) is not null)
        {
            return true;
        }

        var row = await store.GetAsync(Tables.Budgets, partition, Left, cancellation);
        var codes = (row is null ? 0 : (int)row.Properties[Codes]) + 1;
        var money = (row is null ? 0 : decimal.Parse((string)row.Properties[Money], CultureInfo.InvariantCulture)) + (offer.Liability ?? 0);
        if (codes > budget.Codes || money > budget.Liability)
        {
            return false;
        }

        // Before the batch, as every moment: a reservation that nobody looks at again would be lost for the period.
        var look = new LookAtReservation { CustomerId = customerId, SendId = send.Id, Budget = partition, Money = offer.Liability ?? 0 };
        await WakeAsync(look, now, cancellation);
        var used = Used(codes, money);
        await store.CommitAsync(
            Tables.Budgets,
            partition,
            [
                row is null ? RowChange.Insert(Left, used) : RowChange.Replace(Left, used, row.ETag),
                RowChange.Insert(Reserved + send.Id, new Dictionary<string, object> { ["at"] = now }),
            ],
            cancellation);
        return true;
    }

    /// <summary>Gives a reservation back whose mail did not go; looks again later while that is open.</summary>
    public async Task LookAsync(LookAtReservation message, CancellationToken cancellation)
    {
        var partition = CustomerRows.Partition(message.CustomerId);
        if (await store.GetAsync(Tables.Customers, partition, CustomerRows.OpenSend(message.SendId), cancellation) is not null)
        {
            await WakeAsync(message, clock.GetUtcNow(), cancellation);
            return;
        }

        var row = await store.GetAsync(Tables.Customers, partition, CustomerRows.SettledSend(message.SendId), cancellation);
        var status = row is null ? (SendStatus?)null : RowJson.Unpack(row, SegueJson.Default.Send).Status;
        if (status is SendStatus.Accepted or SendStatus.Unknown || (row is null && await IsErasedAsync(partition, cancellation)))
        {
            return;
        }

        await GiveBackAsync(message.Budget, message.SendId, message.Money, cancellation);
    }

    /// <summary>Gives back what was reserved for a mail that will not go.</summary>
    public Task GiveBackAsync(Send send, CancellationToken cancellation) => send.Offer is { Budget: { } budget } offer
        ? GiveBackAsync(PartitionOf(send, budget), send.Id, offer.Liability ?? 0, cancellation) : Task.CompletedTask;

    private async Task GiveBackAsync(string budget, string sendId, decimal money, CancellationToken cancellation)
    {
        if (await store.GetAsync(Tables.Budgets, budget, Reserved + sendId, cancellation) is { } reserved
            && await store.GetAsync(Tables.Budgets, budget, Left, cancellation) is { } left)
        {
            var used = Used((int)left.Properties[Codes] - 1, decimal.Parse((string)left.Properties[Money], CultureInfo.InvariantCulture) - money);
            await store.CommitAsync(
                Tables.Budgets, budget, [RowChange.Replace(Left, used, left.ETag), RowChange.Delete(reserved.Key, reserved.ETag)], cancellation);
        }
    }

    /// <summary>Whose mails are gone may have had this one: what it has cost stays counted. The eraser gives back what did not go.</summary>
    private async Task<bool> IsErasedAsync(string customer, CancellationToken cancellation) =>
        await store.GetAsync(Tables.Customers, customer, CustomerRows.Profile, cancellation) is not { } row
        || RowJson.Unpack(row, SegueJson.Default.CustomerProfile) is { Erased: not null } or { Life: not null };

    private static Dictionary<string, object> Used(int codes, decimal money) =>
        new() { [Codes] = codes, [Money] = money.ToString(CultureInfo.InvariantCulture) };

    private static string PartitionOf(Send send, OfferBudget budget)
    {
        var period = budget.Days is { } days ? (send.DueAt.UtcTicks / (days * TimeSpan.TicksPerDay)).ToString(CultureInfo.InvariantCulture) : "ever";
        return $"{send.Journey}~{send.Step}~{period}";
    }

    private Task WakeAsync(LookAtReservation message, DateTimeOffset now, CancellationToken cancellation)
    {
        var due = new DueMoment(now + LookAfter, Queues.Customers, $"budget-{message.SendId}", message);
        return store.UpsertAllAsync(Tables.Due, due.PartitionAt(now), [RowChange.Upsert(due.Key, due.ToProperties())], cancellation);
    }
}

/// <summary>A budget's reservation was made some time ago: see whether its mail went.</summary>
public sealed record LookAtReservation : CustomerMessage
{
    /// <summary>The mail.</summary>
    public required string SendId { get; init; }

    /// <summary>The budget's partition.</summary>
    public required string Budget { get; init; }

    /// <summary>The money reserved, in the shop's currency.</summary>
    public required decimal Money { get; init; }
}
