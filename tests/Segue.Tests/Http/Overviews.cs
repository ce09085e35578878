using Segue.Campaigns;
using Segue.Http.Reports;

namespace Segue.Tests.Http;

/// <summary>Shops to look at.</summary>
internal static class Overviews
{
    private static readonly DateTimeOffset At = new(2026, 11, 22, 6, 58, 0, TimeSpan.Zero);

    /// <summary>A shop with customers in every segment.</summary>
    public static Overview Busy { get; } = new()
    {
        At = At,
        ShopName = "Alder & Finch",
        Currency = "EUR",
        Sending = Sending.Off,
        Customers = 2000,
        Reachable = 1534,
        Orders = 9042,
        Revenue = 812_450.35m,
        Segments =
        [
            new("vip-active", "VIP, active", 118, 1720, 301_200m),
            new("vip-inactive", "VIP, inactive", 42, 410, 82_500m),
            new("potential-vip", "Potential VIP", 21, 25, 9_840m),
            new("new", "New", 96, 120, 7_210m),
            new("churned-balance", "Churned with balance", 31, 120, 8_400m),
            new("churned-one-time", "Churned, one order", 640, 640, 41_300m),
            new("core-churned", "Core, churned", 402, 1610, 98_000m),
            new("one-time", "One order, at risk", 45, 45, 3_020m),
            new("at-risk", "At risk", 61, 360, 24_000m),
            new("frequent-low", "Frequent, low spend", 120, 1900, 28_400m),
            new("big-rare", "Big spender, rare", 14, 26, 7_500m),
            new("core-active", "Core, active", 360, 2016, 195_080.35m),
            new("developing", "Developing", 50, 50, 6_000m),
            new("prospect", "Prospect", 0, 0, 0m),
        ],
        Stages =
        [
            new("prospect", "Prospect", 0, 0, 0m),
            new("new", "New", 117, 145, 17_050m),
            new("active", "Active", 578, 5_100, 498_000m),
            new("won back", "Won back", 38, 240, 21_000m),
            new("at risk", "At risk", 152, 780, 88_400m),
            new("churned", "Churned", 1115, 2_777, 188_000.35m),
        ],
        Journeys =
        [
            new("welcome", "Welcome to the second purchase", "live", "new", 88, 412, 61),
            new("core-reactivation", "Bring back quiet regulars", "live", "core-churned", 130, 980, 102),
            new("vip-reactivation", "A call from the account manager", "paused", "vip-inactive", 12, 0, 0),
            new("vip-club", "An invitation to the club", "draft", "potential-vip", 0, 0, 0),
        ],
        Lately =
        [
            new(At.AddMinutes(-4), "C10231", "core-reactivation", "five-percent", "accepted"),
            new(At.AddHours(-2), "C11877", "welcome", "second-purchase", "accepted"),
            new(At.AddHours(-3), "C10442", "welcome", "second-purchase", "unknown"),
            new(At.AddDays(-1), "C10007", "core-reactivation", "bigger-offer", "accepted"),
        ],
        LastOrderAt = At.AddHours(-7),
        CalibratedAt = At.AddDays(-3),
        Warnings =
        [
            "The segment 'Big spender, rare' has 14 customers: too few to act on or to learn from.",
            "The journey 'vip-club' has no holdout: what it brings can't be measured.",
        ],
    };

    /// <summary>A shop before its first order.</summary>
    public static Overview Empty { get; } = new() { At = At, ShopName = "New shop", Currency = "CHF" };
}
