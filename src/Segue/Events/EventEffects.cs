using Segue.Customers;
using Segue.Measurement;
using Segue.Messaging;

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
            case EventNames.SurveyAnswered when AttributeOf(fact) is { } name && fact.Value("answer") is { } answer:
                return new() { Attributes = new Dictionary<string, string> { [name] = answer } };
            default:
                return CustomerFacts.None;
        }
    }

    /// <summary>What reports learn of an answer to a survey; null for other events, and for the answer that stood already.</summary>
    /// <param name="fact">The event.</param>
    /// <param name="before">What was known of the customer before it.</param>
    /// <param name="at">Its place in the customer's life.</param>
    public static Fact? AnswerOf(CustomerEvent fact, CustomerFacts before, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(fact);
        ArgumentNullException.ThrowIfNull(before);
        if (fact.Name != EventNames.SurveyAnswered || fact.Value("survey") is not { } survey || fact.Value("answer") is not { } answer)
        {
            return null;
        }

        var earlier = before.Attributes?.GetValueOrDefault(AttributeOf(fact)!);
        return earlier == answer ? null : new(FactKinds.SurveyAnswered, fact.CustomerId, MessageIds.Of(fact.EventId), at)
        {
            Survey = survey,
            From = earlier,
            Reason = answer,
        };
    }

    private static string? AttributeOf(CustomerEvent fact) => fact.Value("attribute") ?? fact.Value("survey");
}
