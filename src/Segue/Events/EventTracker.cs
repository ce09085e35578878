using NodaTime;

namespace Segue.Events;

/// <summary>What a rule about events asks a customer's memory to keep: the newest moments of those that match.</summary>
/// <param name="Key">Names what matches, the same for rules that look for the same.</param>
/// <param name="Keep">How many moments are needed, 1 or more: more of them would not change the rule's answer.</param>
/// <param name="Matches">Whether an event matches, told the zone that its hours and weekdays are taken in.</param>
public sealed record EventTracker(string Key, int Keep, Func<CustomerEvent, DateTimeZone, bool> Matches)
{
    /// <summary>Each key once, with the most that any of them keeps.</summary>
    public static IReadOnlyList<EventTracker> Merge(IEnumerable<EventTracker> trackers) =>
        [.. trackers.GroupBy(t => t.Key).Select(same => same.MaxBy(t => t.Keep)!).OrderBy(t => t.Key, StringComparer.Ordinal)];
}

/// <summary>The newest moments of events that match a tracker.</summary>
/// <param name="Keep">How many are kept.</param>
/// <param name="Newest">UTC ticks, the newest first.</param>
public sealed record EventTrack(int Keep, IReadOnlyList<long> Newest)
{
    /// <summary>With one moment more.</summary>
    public EventTrack With(DateTimeOffset at)
    {
        var ticks = at.UtcTicks;
        var place = 0;
        while (place < Newest.Count && Newest[place] > ticks)
        {
            place++;
        }

        return place == Keep ? this : this with { Newest = [.. Newest.Take(place), ticks, .. Newest.Skip(place).Take(Keep - place - 1)] };
    }
}
