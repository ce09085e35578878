using System.Globalization;
using Segue.Customers;
using Segue.Events;
using Segue.Orders;

namespace Segue.Segmentation;

/// <summary>Every field that rules may ask for: one entry a field, and the place to add one.</summary>
internal static class Fields
{
    private const string AttributePrefix = "attribute.";

    private static readonly Dictionary<string, Field> All = new Field[]
    {
        new StageField(),
        new ScoreField(ScoreKind.Recency),
        new ScoreField(ScoreKind.Frequency),
        new ScoreField(ScoreKind.Monetary),
        new ScoreField(ScoreKind.AverageOrder),
        new NumberField("spend", c => Spend(c.Purchases), null),
        new NumberField("orders", c => c.Purchases.Orders, Numbers.Count),
        new NumberField("totalSpend", c => c.Purchases.TotalSpend, Numbers.Money),
        new NumberField("averageOrder", c => Spend(c.Purchases) / c.Purchases.Orders, Numbers.Money),
        new NumberField("lastOrderAmount", c => Ordered(c.Purchases, c.Purchases.LastOrderAmount), Numbers.Money),
        new NumberField("firstOrderAmount", c => Ordered(c.Purchases, c.Purchases.FirstOrderAmount), Numbers.Money)
        {
            OfFirstOrder = true,
        },
        new NumberField("itemsBought", c => c.Purchases.ItemsBought, Numbers.Count),
        new NumberField("categoryShare", c => Favourite(c.Purchases)?.Share, Numbers.Share),
        new NumberField("balance", c => c.Balance, Numbers.Money),
        new TextField("firstCategory", c => c.Purchases.FirstCategory),
        new TextField("favouriteCategory", c => Favourite(c.Purchases)?.Category),
        new TextField("mostViewedCategory", c => c.Events?.FavouriteCategory()),
        new TextField("channel", c => c.Purchases.Channel),
        new DaysField("daysSinceFirstOrder", c => c.Purchases.FirstOrderAt),
        new DaysField("daysSinceLastOrder", c => c.Purchases.LastOrderAt),
        new DaysField("daysSinceClick", c => c.Mail?.LastClickAt),
        new DaysUntilField("subscriptionEndsIn", SubscriptionEnd),
        new NumberField("emailEngagement", c => c.Mail?.Share(), Numbers.Share),
        new PredictionField("probabilityAlive", (model, buyer) => model.ProbabilityAlive(buyer), Numbers.Share, isRanked: false),
        new PredictionField(PredictionField.Value, (model, buyer) => model.Value(buyer), Numbers.Money, isRanked: true),
        new TierField("valueTier"),
        new ClusterField("cluster"),
        new EventsField(),
        new FlagField("reachable", c => c.Reachable),
        new GroupField("tag", scope => scope.Tags),
        new GroupField("segment", scope => scope.Segments ?? []),
        new GroupField("clicked", scope => scope.Emails, GroupField.Clicked),
    }.ToDictionary(f => f.Name);

    /// <summary>The field of a name, or null; a segment only where the scope has segments.</summary>
    public static Field? Find(string name, RuleScope scope) =>
        name.StartsWith(AttributePrefix, StringComparison.Ordinal) && name.Length > AttributePrefix.Length
            ? new AttributeField(name, name[AttributePrefix.Length..])
            : All.TryGetValue(name, out var field) && IsKnown(name, scope) ? field : null;

    /// <summary>The names that <see cref="Find"/> knows.</summary>
    public static IEnumerable<string> Names(RuleScope scope) =>
        All.Keys.Where(name => IsKnown(name, scope)).Append(AttributePrefix + "NAME");

    private static bool IsKnown(string name, RuleScope scope) => name switch
    {
        "segment" => scope.Segments is not null,
        "clicked" => scope.InJourney,
        _ => true,
    };

    /// <summary>The number of a field that has ranks, by facts and calibration.</summary>
    public static Func<CustomerSummary, Calibration?, decimal?> Ranked(string name)
    {
        if (All[name] is PredictionField predicted)
        {
            return predicted.Read;
        }

        var read = ((NumberField)All[name]).Read;
        return (customer, _) => read(customer);
    }

    /// <summary>Whether a field's numbers are made by a calibration, so that its ranks are found at the end of one.</summary>
    public static bool IsPredicted(string name) => All[name] is PredictionField;

    /// <summary>A day by itself is its beginning in UTC; what is no moment is none.</summary>
    private static DateTimeOffset? SubscriptionEnd(CustomerSummary customer) =>
        customer.Attributes?.GetValueOrDefault(EventEffects.SubscriptionEndsAt) is { } text
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var end) ? end : null;

    private static decimal? Spend(PurchaseSummary purchases) => Ordered(purchases, purchases.TotalSpend);

    private static decimal? Ordered(PurchaseSummary purchases, decimal amount) => purchases.Orders > 0 ? amount : null;

    /// <summary>The category with the most money, the first by name among equals, and its share; null without any money.</summary>
    public static (string Category, decimal Share)? Favourite(PurchaseSummary purchases)
    {
        if (purchases.SpendByCategory is not { Count: > 0 } categories)
        {
            return null;
        }

        string? favourite = null;
        decimal most = 0, all = 0;
        foreach (var (category, money) in categories)
        {
            all += money;
            if (favourite is null || money > most || (money == most && string.CompareOrdinal(category, favourite) < 0))
            {
                (favourite, most) = (category, money);
            }
        }

        return all > 0 ? (favourite!, most / all) : null;
    }
}
