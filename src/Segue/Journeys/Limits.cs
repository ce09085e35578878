using NodaTime;
using Segue.Messaging;
using Segue.Ports;
using Segue.Storage;

namespace Segue.Journeys;

/// <summary>
/// The places that limits have given away: for each, how far its last period is filled, which only grows, and a row for each asking, so
/// that one that comes twice has one place. Who leaves meanwhile leaves theirs empty: a limit is a bound, no quota.
/// </summary>
internal sealed class Limits(ITableStore store, IMessageBus bus, DerivedNames names)
{
    private const string Tail = "0-left";
    private const string Period = "period";
    private const string Used = "used";
    private const string Granted = "at";

    /// <summary>Answers one asking.</summary>
    /// <exception cref="TableConflictException">Another asked at the same moment: ask again.</exception>
    public async Task AskAsync(LimitAsked asked, CancellationToken cancellation)
    {
        var at = await GrantAsync(asked, cancellation);
        var granted = new LimitGranted { CustomerId = asked.CustomerId, Token = asked.Token, At = at };
        await bus.SendAsync(Queues.JourneySteps, [granted.ToBus($"granted~{asked.Token}")], cancellation);
    }

    private async Task<DateTimeOffset> GrantAsync(LimitAsked asked, CancellationToken cancellation)
    {
        // A period of another length counts anew.
        var partition = $"limit~{asked.Limit}~{asked.Per.Days}d{asked.Per.Time.Ticks}";
        var reserved = $"reserved-{names.Forgotten(asked.Token)}";
        if (await store.GetAsync(Tables.Budgets, partition, reserved, cancellation) is { } known)
        {
            return (DateTimeOffset)known.Properties[Granted];
        }

        var zone = CalendarTime.ZoneOf([asked.Zone]);
        var tail = await store.GetAsync(Tables.Budgets, partition, Tail, cancellation);
        var (last, used) = tail is null ? (long.MinValue, 0) : ((long)tail.Properties[Period], (int)tail.Properties[Used]);
        var own = PeriodOf(asked.At, asked.Per, zone);
        var (period, places) = own > last ? (own, 1) : used < asked.Count ? (last, used + 1) : (last + 1, 1);
        var begins = BeginOf(period, asked.Per, zone);
        var at = begins > asked.At ? begins : asked.At;
        var filled = new Dictionary<string, object> { [Period] = period, [Used] = places };
        await store.CommitAsync(
            Tables.Budgets,
            partition,
            [
                tail is null ? RowChange.Insert(Tail, filled) : RowChange.Replace(Tail, filled, tail.ETag),
                RowChange.Insert(reserved, new Dictionary<string, object> { [Granted] = at }),
            ],
            cancellation);
        return at;
    }

    /// <summary>The number of the period that a moment lies in, since 1970.</summary>
    internal static long PeriodOf(DateTimeOffset at, Duration per, DateTimeZone zone)
    {
        var epoch = new LocalDate(1970, 1, 1);
        return per.Days > 0 ? NodaTime.Period.DaysBetween(epoch, Instant.FromDateTimeOffset(at).InZone(zone).Date) / per.Days
            : (at.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / per.Time.Ticks;
    }

    /// <summary>When a period begins.</summary>
    internal static DateTimeOffset BeginOf(long period, Duration per, DateTimeZone zone) =>
        per.Days > 0 ? CalendarTime.At(new LocalDate(1970, 1, 1).PlusDays((int)(period * per.Days)), LocalTime.Midnight, zone)
            : DateTimeOffset.UnixEpoch + (per.Time * period);
}
