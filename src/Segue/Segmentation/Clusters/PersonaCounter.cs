using Segue.Customers;

namespace Segue.Segmentation.Clusters;

/// <summary>Adds up what is known of a group's members.</summary>
internal sealed class PersonaCounter(string id, string name)
{
    private const int ShownValues = 5;
    private const int ShownTraits = 16;

    // What has more values than this is no trait: an id, a free text.
    private const int MostValues = 500;

    // Of so many different numbers, which are nearly all there is, the middle says more than the commonest.
    private const int ManyNumbers = 8;
    private const double NearlyAll = 0.9;

    private readonly Dictionary<string, Tally> _traits = [];

    /// <summary>Members.</summary>
    public int Customers { get; private set; }

    /// <summary>Takes a member in.</summary>
    public void Add(CustomerSummary customer)
    {
        Customers++;
        var purchases = customer.Purchases;
        if (purchases.Orders > 0)
        {
            Of("orders").Add(purchases.Orders);
            Of("totalSpend").Add(purchases.TotalSpend);
            Of("averageOrder").Add(decimal.Round(purchases.TotalSpend / purchases.Orders, 2));
            Add("firstCategory", purchases.FirstCategory);
            Add("favouriteCategory", Fields.Favourite(purchases)?.Category);
            Add("channel", purchases.Channel);
        }

        if (customer.Mail?.Share() is { } engagement)
        {
            Of("emailEngagement").Add(decimal.Round(engagement, 2));
        }

        foreach (var (attribute, value) in customer.Attributes ?? new Dictionary<string, string>())
        {
            Add($"attribute.{attribute}", value);
        }
    }

    /// <summary>What they are like.</summary>
    public Persona ToPersona() => new(id, name, Customers,
        [.. _traits.Select(t => t.Value.ToTrait(t.Key)).OfType<Trait>().OrderByDescending(t => t.Known).ThenBy(t => t.Name, StringComparer.Ordinal).Take(ShownTraits)]);

    private void Add(string trait, string? value)
    {
        if (value is { Length: > 0 })
        {
            Of(trait).Add(value);
        }
    }

    private Tally Of(string trait)
    {
        if (!_traits.TryGetValue(trait, out var tally))
        {
            _traits.Add(trait, tally = new());
        }

        return tally;
    }

    private sealed class Tally
    {
        private readonly Dictionary<string, int> _texts = [];
        private readonly QuantileSketch _numbers = new(exactSize: 2000, levelSize: 512);
        private int _known;
        private bool _many;

        public void Add(decimal number)
        {
            _known++;
            _many = true;
            _numbers.Add(number);
        }

        public void Add(string text)
        {
            _known++;
            if (Numbers.TryParse(text, out var number))
            {
                _numbers.Add(number);
            }

            if (_texts.ContainsKey(text) || _texts.Count <= MostValues)
            {
                _texts[text] = _texts.GetValueOrDefault(text) + 1;
            }
        }

        public Trait? ToTrait(string name)
        {
            if (_many || (_texts.Count > ManyNumbers && _numbers.Count >= NearlyAll * _known))
            {
                return new(name, _known, At(0.5), At(0.25), At(0.75), []);
            }

            return _texts.Count > MostValues ? null : new(name, _known, null, null, null,
                [.. _texts.OrderByDescending(t => t.Value).ThenBy(t => t.Key, StringComparer.Ordinal).Take(ShownValues).Select(t => new TraitValue(t.Key, t.Value))]);
        }

        private decimal At(double part) => _numbers.AtRank(Math.Max(1, (long)Math.Ceiling(_numbers.Count * part)));
    }
}
