using Segue.Customers;

namespace Segue.Events;

/// <summary>What events say about the customer beside having happened: a balance, a subscription, an answer.</summary>
public static class EventEffects
{
    /// <summary>The attribute that holds when the subscription ends, in ISO 8601.</summary>
    public const string SubscriptionEndsAt = "subscriptionEndsAt";

    private static readonly (string Said, string Kept)[] _subscription =
        [("plan", "subscriptionPlan"), ("status", "subscriptionStatus"), ("endsAt", SubscriptionEndsAt)];

    /// <summary>Whether the name is of events that say how something stands from then on.</summary>
    public static bool IsStanding(string name) => name is EventNames.BalanceChanged or EventNames.SubscriptionChanged;

    /// <summary>
    /// What the event says; <see cref="CustomerFacts.None"/> for most. A balance is its amount; a subscription's plan, status
    /// and endsAt become the attributes <c>subscriptionPlan</c> and so on; an answer becomes the attribute that the survey
    /// names, or one by the survey's name.
    /// </summary>
    public static CustomerFacts FactsOf(CustomerEvent fact)
    {
        ArgumentNullException.ThrowIfNull(fact);
        switch (fact.Name)
        {
            case EventNames.BalanceChanged:
                return new() { Balance = fact.Amount };
            case EventNames.SubscriptionChanged:
                var said = _subscription.Where(s => fact.Attributes?.ContainsKey(s.Said) == true)
                    .ToDictionary(s => s.Kept, s => fact.Attributes![s.Said]);
                return said.Count == 0 ? CustomerFacts.None : new() { Attributes = said };
            case EventNames.SurveyAnswered when (fact.Value("attribute") ?? fact.Value("survey")) is { } name && fact.Value("answer") is { } answer:
                return new() { Attributes = new Dictionary<string, string> { [name] = answer } };
            default:
                return CustomerFacts.None;
        }
    }
}
