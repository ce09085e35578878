using Segue.Campaigns;

namespace Segue.Customers;

/// <summary>When, in a customer's life, a fact that arrives is taken to happen.</summary>
internal static class FactTime
{
    /// <summary>Whether it was old on arrival: then it counts, ends and reaches, and starts nothing.</summary>
    public static bool IsHistory(DateTimeOffset at, DateTimeOffset arrivedAt, CampaignSettings settings) =>
        arrivedAt - at > settings.Fresh;

    /// <summary>
    /// A fresh fact has its place at its own moment, so that what was due before it happens before it and what is due after
    /// it after; but never before what the customer has already lived through, nor in the future.
    /// </summary>
    public static DateTimeOffset PlaceOf(CustomerWork work, DateTimeOffset at, DateTimeOffset now)
    {
        var earliest = work.Profile.EvaluatedAt ?? DateTimeOffset.MinValue;
        return at > now ? now : at < earliest ? (earliest > now ? now : earliest) : at;
    }
}
