using NodaTime;
using Segue.Journeys;
using Segue.Ports;
using Segue.Storage;

namespace Segue.Email;

/// <summary>How many marketing mails go in an hour, over all customers.</summary>
/// <param name="PerHour">At most so many, once warmed up.</param>
/// <param name="WarmUp">How it begins; null for at once.</param>
public sealed record SendingRate(int PerHour, WarmUp? WarmUp)
{
    /// <summary>The most in the hour that begins at a moment: grows by the same factor each day until the whole is reached.</summary>
    public int At(DateTimeOffset hour)
    {
        if (WarmUp is not { } ramp || DaysSince(ramp, hour) is var day && day >= ramp.Days)
        {
            return PerHour;
        }

        return Math.Max(1, (int)Math.Round(ramp.From * Math.Pow((double)PerHour / ramp.From, (double)Math.Max(0, day) / ramp.Days)));
    }

    /// <summary>Whether the ramp is not over.</summary>
    public bool IsWarmingUp(DateTimeOffset now) => WarmUp is { } ramp && DaysSince(ramp, now) < ramp.Days;

    private static int DaysSince(WarmUp ramp, DateTimeOffset moment) =>
        Period.DaysBetween(ramp.Since, Instant.FromDateTimeOffset(moment).InUtc().Date);
}

/// <summary>A new sender's ramp: mail services distrust who begins with much.</summary>
/// <param name="From">Mails an hour on the first day, 1 or more.</param>
/// <param name="Days">How many days it takes.</param>
/// <param name="Since">The first day, in UTC.</param>
public sealed record WarmUp(int From, int Days, LocalDate Since);

/// <summary>
/// Gives out the hours' places: one row says how far the last hour is filled, which only grows. While a sender warms up, the
/// first half of each hour is for those who have clicked or ordered of late.
/// </summary>
internal sealed class SendPace(ITableStore store)
{
    private const string Partition = "pace";
    private const string Tail = "0-left";
    private const string Hour = "period";
    private const string Used = "used";

    /// <summary>
    /// Takes a place: the moment at which the mail may go, which is now where this hour has room. Or none yet, and the moment to
    /// ask again, where others go first.
    /// </summary>
    /// <exception cref="TableConflictException">Another took one at the same moment: ask again.</exception>
    public async Task<(DateTimeOffset At, bool IsPlace)> TakeAsync(SendingRate rate, Send send, bool isEngaged, DateTimeOffset now, CancellationToken cancellation)
    {
        var own = HourOf(now);
        if (!isEngaged && rate.IsWarmingUp(now) && now < BeginOf(own).AddMinutes(30))
        {
            return (BeginOf(own).AddMinutes(30 + (5 * Draw.Of("pace", send.Id))), false);
        }

        var row = await store.GetAsync(Tables.Budgets, Partition, Tail, cancellation);
        var (last, used) = row is null ? (long.MinValue, 0) : ((long)row.Properties[Hour], (int)row.Properties[Used]);
        var (hour, places) = own > last ? (own, 1) : used < rate.At(BeginOf(last)) ? (last, used + 1) : (last + 1, 1);
        var filled = new Dictionary<string, object> { [Hour] = hour, [Used] = places };
        await store.CommitAsync(
            Tables.Budgets, Partition, [row is null ? RowChange.Insert(Tail, filled) : RowChange.Replace(Tail, filled, row.ETag)], cancellation);

        // Spread over the first half of its hour, lest a thousand wake at once.
        return (hour == own ? now : BeginOf(hour).AddMinutes(30 * Draw.Of("pace", send.Id)), true);
    }

    /// <summary>Whether a place that was taken for a moment holds at another.</summary>
    public static bool Holds(DateTimeOffset? placed, DateTimeOffset now) => placed is { } at && HourOf(at) == HourOf(now);

    private static long HourOf(DateTimeOffset moment) => moment.UtcTicks / TimeSpan.TicksPerHour;

    private static DateTimeOffset BeginOf(long hour) => new(hour * TimeSpan.TicksPerHour, TimeSpan.Zero);
}
