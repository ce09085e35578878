using Bogus;
using Bogus.DataSets;
using Segue.Customers;

namespace Segue.Local.Demo;

/// <summary>Makes the demo shop's customers up; for one thread at a time.</summary>
internal sealed class DemoPeople
{
    private static readonly (DemoKind Kind, float Weight)[] Kinds =
    [
        (DemoKind.OneTime, 0.38f), (DemoKind.Loyal, 0.19f), (DemoKind.Lapsing, 0.20f), (DemoKind.Seasonal, 0.12f),
        (DemoKind.BigSpender, 0.05f), (DemoKind.SmallBasket, 0.06f),
    ];

    private static readonly (string Country, string Zone, string Locale, float Weight)[] Places =
    [
        ("DE", "Europe/Berlin", "de-DE", 0.46f), ("AT", "Europe/Vienna", "de-AT", 0.12f), ("CH", "Europe/Zurich", "de-CH", 0.10f),
        ("NL", "Europe/Amsterdam", "nl-NL", 0.09f), ("FR", "Europe/Paris", "fr-FR", 0.08f), ("GB", "Europe/London", "en-GB", 0.07f),
        ("ES", "Europe/Madrid", "es-ES", 0.04f), ("US", "America/New_York", "en-US", 0.03f), ("PT", "Europe/Lisbon", "pt-PT", 0.01f),
    ];

    private static readonly string[] Domains = ["example.com", "example.org", "example.net"];

    // One fixed set, so that a shop looks the same on every machine; read once, for reading it takes long.
    private readonly Name _names = new("en");

    public DemoCustomer Create(int number, Randomizer random)
    {
        _names.Random = random;
        var (first, last) = (_names.FirstName(), _names.LastName());
        var place = Places[Pick(random, Places.Select(p => p.Weight))];
        var name = $"{first} {last}";
        var address = $"{first}.{last}.{number}@{random.ArrayElement(Domains)}".Replace("'", "", StringComparison.Ordinal).ToLowerInvariant();
        var kind = Kinds[Pick(random, Kinds.Select(k => k.Weight))].Kind;
        return new(
            $"C{10000 + number}", name, random.Bool(0.97f) ? address : null, kind,
            kind == DemoKind.Seasonal ? random.ArrayElement(["Gifts", "Garden"]) : random.ListItem([.. DemoCatalog.Categories]),
            random.WeightedRandom([Consent.Granted, Consent.Unknown, Consent.Refused], [0.78f, 0.13f, 0.09f]),
            place.Country, place.Zone, place.Locale,
            random.WeightedRandom(["web", "app", "store"], [0.62f, 0.28f, 0.10f]),
            random.Bool(0.06f) ? random.Int(5, 60) : 0);
    }

    /// <summary>Index of one of the weights, each as likely as it is heavy.</summary>
    private static int Pick(Randomizer random, IEnumerable<float> weights)
    {
        var at = random.Float() * weights.Sum();
        var index = 0;
        foreach (var weight in weights)
        {
            at -= weight;
            if (at < 0)
            {
                return index;
            }

            index++;
        }

        return index - 1;
    }
}
