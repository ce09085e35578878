using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using Segue.Events;
using Segue.Segmentation;
using Segue.Tests.Support;

namespace Segue.Tests.Segmentation;

/// <summary>The <c>events</c> field counts what it says, and knows when that changes.</summary>
public sealed class EventsFieldTests
{
    private static readonly DateTimeZone Berlin = DateTimeZoneProviders.Tzdb["Europe/Berlin"];

    // 2024-01-06 is a Saturday.
    [Theory]
    [InlineData("name: viewed", "2024-01-06T12:00:00Z", true)]
    [InlineData("name: [viewed, Added to cart]", "2024-01-06T12:00:00Z", true)]
    [InlineData("name: reviewed", "2024-01-06T12:00:00Z", false)]
    [InlineData("name: viewed, on: saturday", "2024-01-06T22:59:59Z", true)]
    [InlineData("name: viewed, on: saturday", "2024-01-06T23:00:00Z", false)]
    [InlineData("name: viewed, on: weekend", "2024-01-06T23:00:00Z", true)]
    [InlineData("name: viewed, on: [monday, sunday]", "2024-01-06T23:00:00Z", true)]
    [InlineData("name: viewed, on: weekday", "2024-01-06T12:00:00Z", false)]
    [InlineData("name: viewed, from: \"18:00\"", "2024-01-06T16:59:59Z", false)]
    [InlineData("name: viewed, from: \"18:00\"", "2024-01-06T17:00:00Z", true)]
    [InlineData("name: viewed, to: \"9:00\"", "2024-01-06T07:59:59Z", true)]
    [InlineData("name: viewed, to: \"9:00\"", "2024-01-06T08:00:00Z", false)]
    [InlineData("name: viewed, on: saturday, from: \"22:00\", to: \"2:00\"", "2024-01-06T21:00:00Z", true)]
    [InlineData("name: viewed, on: saturday, from: \"22:00\", to: \"2:00\"", "2024-01-07T00:59:59Z", true)]
    [InlineData("name: viewed, on: saturday, from: \"22:00\", to: \"2:00\"", "2024-01-07T01:00:00Z", false)]
    [InlineData("name: viewed, on: saturday, from: \"22:00\", to: \"2:00\"", "2024-01-05T23:30:00Z", false)]
    [InlineData("name: viewed, product: p1", "2024-01-06T12:00:00Z", true)]
    [InlineData("name: viewed, product: [p2, p3]", "2024-01-06T12:00:00Z", false)]
    [InlineData("name: viewed, category: SHOES", "2024-01-06T12:00:00Z", true)]
    [InlineData("name: viewed, category: hats", "2024-01-06T12:00:00Z", false)]
    [InlineData("name: viewed, where: { rating: \">= 4\" }", "2024-01-06T12:00:00Z", true)]
    [InlineData("name: viewed, where: { rating: 1..3 }", "2024-01-06T12:00:00Z", false)]
    [InlineData("name: viewed, where: { rating: 5, from: \"not ad\" }", "2024-01-06T12:00:00Z", true)]
    [InlineData("name: viewed, where: { colour: red }", "2024-01-06T12:00:00Z", false)]
    public void Match_Event_IsCountedWhereAllHolds(string rule, string at, bool counted)
    {
        var fact = new CustomerEvent
        {
            EventId = "e", CustomerId = "c", Name = "viewed", At = DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture),
            ProductId = "p1", Category = "Shoes", Attributes = new Dictionary<string, string> { ["rating"] = "5" },
        };
        Assert.Equal(counted, TrackerOf($"events: {{ {rule} }}").Matches(fact, Berlin));
    }

    [Theory]
    [InlineData("\">= 3\"", 3)]
    [InlineData("1..2", 3)]
    [InlineData("0", 1)]
    [InlineData("\"not 4\"", 5)]
    [InlineData("[1, \">= 7\"]", 7)]
    public void Keep_IsAsManyAsTheCountCanTellApart(string count, int keep) =>
        Assert.Equal(keep, TrackerOf($"events: {{ name: viewed, count: {count} }}").Keep);

    [Fact]
    public void Key_OfRulesThatLookForTheSame_IsOne()
    {
        Assert.Equal(TrackerOf("events: { name: [a, b], within: 3d }").Key, TrackerOf("events: { name: [B, A], count: '>= 9' }").Key);
        Assert.NotEqual(TrackerOf("events: { name: a }").Key, TrackerOf("events: { name: a, on: monday }").Key);
    }

    [Fact]
    public void Evaluate_WalkedFromChangeToChange_CountsAsEveryHourWould() =>
        Prop.ForAll(
            Gen.Choose(0, 20 * 24 * 60).ArrayOf().ToArbitrary(),
            Gen.Elements(">= 1", ">= 2", "0", "1..2", "not 1", "< 3", "[1, 4]").ToArbitrary(),
            Gen.Choose(1, 15).ToArbitrary(),
            (minutes, count, days) =>
            {
                var rule = Given.Rule($"events: {{ name: viewed, within: {days}d, count: {(count[0] == '[' ? count : $"\"{count}\"")} }}");
                var all = minutes.Select(m => Fact(Given.Start.AddMinutes(m))).ToArray();
                var customer = Given.Customer(0) with { Events = EventMemory.Of(all, [TrackerOf(rule)], DateTimeZone.Utc) };
                for (DateTimeOffset? at = Given.Start.AddDays(20), end = Given.Start.AddDays(40); at < end;)
                {
                    var answer = rule.Evaluate(Given.Context(customer, at));
                    if (answer.ChangesAt <= at)
                    {
                        return false;
                    }

                    var next = answer.ChangesAt < end ? answer.ChangesAt : end;
                    for (var hour = at.Value; hour < next; hour = hour.AddHours(1))
                    {
                        if (answer.Holds != Counts(count, all.Count(e => e.At > hour.AddDays(-days))))
                        {
                            return false;
                        }
                    }

                    at = next;
                }

                return true;
            }).Holds(300);

    [Fact]
    public void Memory_InWhateverOrderEventsCome_IsTheSame() =>
        Prop.ForAll(
            Gen.Choose(0, 10 * 24 * 60).ArrayOf().ToArbitrary(),
            Gen.Choose(1, 1000).ToArbitrary(),
            (minutes, seed) =>
            {
                var trackers = new[] { TrackerOf("events: { name: viewed, on: weekend, count: '>= 3' }"), TrackerOf("events: { name: viewed, count: '>= 2' }") };
                var all = minutes.Select(m => Fact(Given.Start.AddMinutes(m))).ToArray();
                var shuffled = all.ToArray();
                new Random(seed).Shuffle(shuffled);
                var (a, b) = (EventMemory.Of(all, trackers, Berlin), EventMemory.Of(shuffled, trackers, Berlin));
                return a.Count == b.Count && a.LastAt == b.LastAt && a.Hours.OrderBy(h => h.Key).SequenceEqual(b.Hours.OrderBy(h => h.Key))
                    && trackers.All(t => a.Tracks[t.Key].Newest.SequenceEqual(b.Tracks[t.Key].Newest) && a.Tracks[t.Key].Newest.Count <= t.Keep
                        && a.Tracks[t.Key].Newest.SequenceEqual(all.Where(e => t.Matches(e, Berlin)).Select(e => e.At.UtcTicks).OrderDescending().Take(t.Keep)));
            }).Holds(200);

    [Theory]
    [InlineData("<= 14", 13.9, false)]
    [InlineData("<= 14", 14, true)]
    [InlineData("<= 14", 28, true)]
    [InlineData("<= 14", 28.1, false)]
    [InlineData("0", 28, true)]
    [InlineData("0", 27.9, false)]
    [InlineData("1", 27.1, true)]
    [InlineData("not <= 14", 29, true)]
    [InlineData("> 14", 13.9, true)]
    public void SubscriptionEndsIn_ToTheMoment_HoldsByDaysLeft(string rule, double day, bool holds)
    {
        var customer = Given.Customer(1) with { Attributes = new Dictionary<string, string> { [EventEffects.SubscriptionEndsAt] = Given.Start.AddDays(28).ToString("O", null) } };
        Assert.Equal(holds, Given.Holds($"subscriptionEndsIn: \"{rule}\"", customer, day: day));
    }

    [Fact]
    public void SubscriptionEndsIn_WalkedFromChangeToChange_IsTheHistoryOfEveryHour() =>
        Prop.ForAll(Gen.Elements("<= 3", "> 5", "0", "2..4", "not 3", "[1, 7]", "< 1", "not < 2").ToArbitrary(), Gen.Choose(0, 12 * 24).ToArbitrary(), (count, hours) =>
        {
            var rule = Given.Rule($"subscriptionEndsIn: {(count[0] == '[' ? count : $"\"{count}\"")}");
            var customer = Given.Customer(1) with { Attributes = new Dictionary<string, string> { [EventEffects.SubscriptionEndsAt] = Given.Start.AddHours(hours).ToString("O", null) } };
            for (DateTimeOffset? at = Given.Start, end = Given.Start.AddDays(14); at < end;)
            {
                var answer = rule.Evaluate(Given.Context(customer, at));
                var next = answer.ChangesAt < end ? answer.ChangesAt : end;
                if (next <= at)
                {
                    return false;
                }

                for (var hour = at.Value; hour < next; hour = hour.AddMinutes(20))
                {
                    if (rule.Evaluate(Given.Context(customer, hour)).Holds != answer.Holds)
                    {
                        return false;
                    }
                }

                at = next;
            }

            return true;
        }).Holds(200);

    private static bool Counts(string count, int n) => count switch
    {
        ">= 1" => n >= 1,
        ">= 2" => n >= 2,
        "0" => n == 0,
        "1..2" => n is 1 or 2,
        "not 1" => n != 1,
        "< 3" => n < 3,
        _ => n is 1 or 4,
    };

    private static CustomerEvent Fact(DateTimeOffset at) =>
        new() { EventId = $"{at.UtcTicks}", CustomerId = "c", Name = "viewed", At = at };

    private static EventTracker TrackerOf(string yaml) => TrackerOf(Given.Rule(yaml));

    private static EventTracker TrackerOf(Rule rule)
    {
        var needs = new CalibrationNeeds();
        rule.Ask(needs);
        return Assert.Single(needs.Trackers);
    }
}
