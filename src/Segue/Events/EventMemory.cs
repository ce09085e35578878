using NodaTime;

namespace Segue.Events;

/// <summary>
/// What a customer's events add up to: all that segments and profiles look at, whatever order the events arrived in. The
/// events themselves are rows of their own, from which it can be made again.
/// </summary>
public sealed record EventMemory
{
    /// <summary>Categories that are counted at most: those seen first.</summary>
    public const int MaxCategories = 50;

    /// <summary>Hours are halved when they come to so many, so that a habit of years ago does not outweigh today's.</summary>
    public const int MaxHours = 1000;

    /// <summary>With fewer there is no usual hour.</summary>
    public const int FewestHours = 5;

    /// <summary>Hours in a week: what <see cref="Hours"/> goes up to.</summary>
    public const int HoursInWeek = 7 * 24;

    /// <summary>Of a customer without events.</summary>
    public static EventMemory None { get; } = new();

    /// <summary>How many there were.</summary>
    public long Count { get; init; }

    /// <summary>When the last was.</summary>
    public DateTimeOffset? LastAt { get; init; }

    /// <summary>The newest moments that rules ask for, by <see cref="EventTracker.Key"/>.</summary>
    public IReadOnlyDictionary<string, EventTrack> Tracks { get; set; } = new Dictionary<string, EventTrack>();

    /// <summary>How often the customer did something in each hour of the week, 0 is Monday from 00:00, in their zone.</summary>
    public IReadOnlyDictionary<int, int> Hours { get; set; } = new Dictionary<int, int>();

    /// <summary>How often they looked at, or put into the cart, products of each category.</summary>
    public IReadOnlyDictionary<string, int> Categories { get; set; } = new Dictionary<string, int>();

    /// <summary>When the newest of those events was that say how something stands now, by name: an older one that comes late changes nothing.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset> StandsSince { get; set; } = new Dictionary<string, DateTimeOffset>();

    /// <summary>Whether all that is asked for has been kept from the beginning.</summary>
    public bool Covers(IReadOnlyList<EventTracker> trackers) =>
        trackers.All(t => Tracks.TryGetValue(t.Key, out var track) && track.Keep >= t.Keep);

    /// <summary>With one event more.</summary>
    /// <param name="fact">The event.</param>
    /// <param name="trackers">What is to be kept; what nobody asks for any more is dropped.</param>
    /// <param name="zone">The customer's zone.</param>
    public EventMemory With(CustomerEvent fact, IReadOnlyList<EventTracker> trackers, DateTimeZone zone)
    {
        ArgumentNullException.ThrowIfNull(fact);
        ArgumentNullException.ThrowIfNull(trackers);
        return this with
        {
            Count = Count + 1,
            LastAt = LastAt > fact.At ? LastAt : fact.At,
            Tracks = trackers.ToDictionary(t => t.Key, t =>
            {
                var track = Tracks.GetValueOrDefault(t.Key) ?? new(t.Keep, []);
                return t.Matches(fact, zone) ? track.With(fact.At) : track;
            }),
            Hours = EventNames.AreDoings(fact.Name) ? WithHour(fact.At, zone) : Hours,
            Categories = fact is { Name: EventNames.Viewed or EventNames.AddedToCart, Category: { } category } ? WithCategory(category) : Categories,
            StandsSince = EventEffects.IsStanding(fact.Name) && !(StandsSince.TryGetValue(fact.Name, out var since) && since > fact.At)
                ? new Dictionary<string, DateTimeOffset>(StandsSince) { [fact.Name] = fact.At } : StandsSince,
        };
    }

    /// <summary>The memory that all these events leave.</summary>
    public static EventMemory Of(IEnumerable<CustomerEvent> all, IReadOnlyList<EventTracker> trackers, DateTimeZone zone)
    {
        ArgumentNullException.ThrowIfNull(all);
        return all.Aggregate(None with { Tracks = trackers.ToDictionary(t => t.Key, t => new EventTrack(t.Keep, [])) }, (memory, fact) => memory.With(fact, trackers, zone));
    }

    /// <summary>The category looked at most, the first by name among equals; null without any.</summary>
    public string? FavouriteCategory() =>
        Categories.Count == 0 ? null : Categories.OrderByDescending(c => c.Value).ThenBy(c => c.Key, StringComparer.Ordinal).First().Key;

    /// <summary>The hour of the day, 0 to 23, in which they do most, the earliest among equals; null with fewer than <see cref="FewestHours"/> to tell by.</summary>
    public int? UsualHour() => Hours.Values.Sum() < FewestHours ? null
        : Hours.GroupBy(h => h.Key % 24, h => h.Value).OrderByDescending(h => h.Sum()).ThenBy(h => h.Key).First().Key;

    private Dictionary<int, int> WithHour(DateTimeOffset at, DateTimeZone zone)
    {
        var local = Instant.FromDateTimeOffset(at).InZone(zone).LocalDateTime;
        var hour = (((int)local.DayOfWeek - 1) * 24) + local.Hour;
        var hours = new Dictionary<int, int>(Hours) { [hour] = Hours.GetValueOrDefault(hour) + 1 };
        return hours.Values.Sum() <= MaxHours ? hours
            : hours.Where(h => h.Value > 1).ToDictionary(h => h.Key, h => h.Value / 2);
    }

    private IReadOnlyDictionary<string, int> WithCategory(string category) =>
        Categories.ContainsKey(category) || Categories.Count < MaxCategories
            ? new Dictionary<string, int>(Categories) { [category] = Categories.GetValueOrDefault(category) + 1 } : Categories;
}
