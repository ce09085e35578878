using Segue.Campaigns;
using Segue.Files;
using Segue.Offers;

namespace Segue.Journeys.Definitions;

/// <summary>Reads the <c>offer</c> beside a <c>send</c>, and where codes come from.</summary>
internal static class OfferReader
{
    public static IReadOnlyList<string> Keys { get; } = ["percent", "amount", "validFor", "codes", "maxDiscount", "minMargin", "budget", "stack", "product", "bundle"];

    public static IReadOnlyList<string> CodesKeys { get; } = ["pool", "request"];

    public static IReadOnlyList<string> BudgetKeys { get; } = ["codes", "liability", "days"];

    private const int MostProducts = 20;

    /// <summary>How long an offer holds that does not say.</summary>
    public static Duration DefaultValidFor { get; } = new(14, TimeSpan.Zero);

    public static Offer? Read(YamlValue offer, FileErrors errors)
    {
        if (!offer.IsMapOf(errors, Keys))
        {
            return null;
        }

        var validFor = offer["validFor"] is { } v ? v.ReadDuration(errors) : DefaultValidFor;
        if (offer["percent"] is null == offer["amount"] is null)
        {
            errors.Add(offer, "Expected exactly one of 'percent' and 'amount', such as { percent: 5, validFor: 14d }.");
            return null;
        }

        var percent = offer["percent"]?.ReadNumber(errors, "percent off, over 0 up to 100", p => p is > 0 and <= 100, percentSign: true);
        var amount = offer["amount"]?.ReadNumber(errors, "money off in the shop's currency, over 0", a => a is > 0 and < 1_000_000);
        var most = offer["maxDiscount"]?.ReadNumber(errors, "the most money off in the shop's currency, over 0", a => a is > 0 and < 1_000_000);
        if (most is not null && amount is not null)
        {
            errors.Add(offer["maxDiscount"]!, "Found 'maxDiscount' beside 'amount'; it bounds what a percentage takes off.");
        }

        var margin = offer["minMargin"]?.ReadShare(errors, "a percentage from 1% to 95%, such as 20%", p => p is >= 1 and <= 95);
        var codes = offer["codes"] is { } c ? ReadSource(c, errors) : null;
        var budget = offer["budget"] is { } b ? ReadBudget(b, percent is not null && most is null, errors) : null;
        var products = ReadProducts(offer, errors);
        var stack = offer["stack"]?.ReadBool(errors) ?? false;
        return validFor is null || (percent is null && amount is null) ? null
            : new(percent, amount, validFor.Value) { Codes = codes, MaxDiscount = most, MinMargin = (decimal?)margin, Budget = budget, Stack = stack, Products = products, IsBundle = products?.Count > 1 };
    }

    /// <summary><c>lookup</c>, a pool, or where the shop makes them.</summary>
    public static CodeSource? ReadSource(YamlValue value, FileErrors errors)
    {
        if (value.Text == "lookup")
        {
            return CodeSource.Lookup;
        }

        if (value.IsMap)
        {
            value.RefuseUnknownKeys(errors, CodesKeys);
        }

        if (!value.IsMap || value["pool"] is null == value["request"] is null)
        {
            errors.Unexpected(
                value, "lookup (the checkout asks GET /api/codes/CODE), { pool: NAME } (codes that were imported) or { request: URL } (the shop makes one when a mail is about to go)");
            return null;
        }

        return value["request"] is { } url ? WebhookReader.ReadUrl(url, errors) is { } request ? new((string?)null) { Request = request } : null
            : value["pool"]!.ReadId(errors) is { } pool ? new(pool) : null;
    }

    private static List<string>? ReadProducts(YamlValue offer, FileErrors errors)
    {
        if (offer["product"] is { } product)
        {
            if (offer["bundle"] is { } beside)
            {
                errors.Add(beside, "Found 'product' beside it; an offer is off one product, off a bundle of some, or off the whole order.");
            }

            return product.ReadText("a product's id, on one line", errors) is { } id ? [id] : null;
        }

        if (offer["bundle"] is not { } bundle)
        {
            return null;
        }

        var ids = bundle.Items.Select(i => i.ReadText("a product's id, on one line", errors)).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        if (ids.Count is < 2 or > MostProducts)
        {
            errors.Unexpected(bundle, $"a list of 2 to {MostProducts} products' ids, which are ordered together");
            return null;
        }

        return ids;
    }

    private static OfferBudget? ReadBudget(YamlValue budget, bool unbounded, FileErrors errors)
    {
        if (!budget.IsMapOf(errors, BudgetKeys))
        {
            return null;
        }

        if (budget["codes"] is null == budget["liability"] is null)
        {
            errors.Add(budget, "Expected exactly one of 'codes' and 'liability', such as { codes: 500, days: 30 }.");
            return null;
        }

        var codes = budget["codes"]?.ReadNumber(errors, "a number of codes, 1 or more", n => n >= 1 && n == decimal.Truncate(n) && n < 1_000_000_000);
        var liability = budget["liability"]?.ReadNumber(errors, "money in the shop's currency, over 0", a => a is > 0 and < 1_000_000_000);
        var days = budget["days"]?.ReadNumber(errors, "a number of days, 1 to 3660", n => n is >= 1 and <= 3660 && n == decimal.Truncate(n));
        if (liability is not null && unbounded)
        {
            errors.Add(budget, "A liability needs a bound: give the percentage a 'maxDiscount'.");
        }

        return codes is null && liability is null ? null : new((int?)codes, liability, (int?)days);
    }
}
