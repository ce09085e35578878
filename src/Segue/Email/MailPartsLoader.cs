using Segue.Campaigns;
using Segue.Customers;
using Segue.Events;
using Segue.Orders;
using Segue.Products;
using Segue.Recommendations;

namespace Segue.Email;

/// <summary>Looks up what a mail shows: the product it is about, the cart, what to recommend, the survey.</summary>
internal sealed class MailPartsLoader(CustomerLoader loader, ProductCatalog catalog, RecommendationModels models, TimeProvider clock)
{
    /// <summary>Products that a mail can show.</summary>
    public const int Most = 6;

    /// <summary>The parts of one customer's mail.</summary>
    /// <param name="work">The customer.</param>
    /// <param name="send">The mail.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <param name="exampleProducts">For a preview: what would come from an event or a cart is taken from what would be recommended.</param>
    public async Task<MailParts> LoadAsync(CustomerWork work, Send send, CancellationToken cancellation, bool exampleProducts = false)
    {
        if (!work.Campaigns.Set.Emails.TryGetValue(send.Email, out var template))
        {
            return MailParts.None;
        }

        var now = clock.GetUtcNow();
        var parts = new MailParts
        {
            Product = await ProductAsync(send.Event, now, cancellation),
            Cart = await CartAsync(work.Profile.Cart, now, cancellation),
            Recommendations = template.ShowsRecommendations ? await RecommendAsync(work, now, cancellation) : [],
            Survey = template.Survey is { } survey ? work.Campaigns.Set.Surveys.GetValueOrDefault(survey) : null,
        };
        if (!exampleProducts)
        {
            return parts;
        }

        var examples = parts.Recommendations.Count > 0 ? parts.Recommendations : await RecommendAsync(work, now, cancellation);
        examples = examples.Count > 0 ? examples : Examples;
        return parts with
        {
            Recommendations = examples,
            Product = parts.Product ?? examples[0] with { Was = examples[0].Price * 1.25m },
            Cart = parts.Cart.Count > 0 ? parts.Cart : [.. examples.Take(2)],
        };
    }

    /// <summary>For a shop that has sold nothing yet.</summary>
    private static readonly ShownProduct[] Examples =
        [.. Enumerable.Range(1, Most).Select(n => new ShownProduct($"example-{n}", $"Example product {n}", (10 * n) - 0.1m))];

    /// <summary>The product that an event was about: none where it can't be had any more, or costs more than the event said.</summary>
    private async Task<ShownProduct?> ProductAsync(CustomerEvent? fact, DateTimeOffset now, CancellationToken cancellation)
    {
        if (fact?.ProductId is not { } id)
        {
            return null;
        }

        var said = new ShownProduct(id, fact.Value("title") ?? id, fact.Amount)
        {
            Category = fact.Category,
            Was = decimal.TryParse(fact.Value("was"), System.Globalization.CultureInfo.InvariantCulture, out var was) ? was : null,
        };
        if (!await catalog.IsUsedAsync(cancellation))
        {
            return said;
        }

        var found = (await catalog.FindAsync([id], cancellation)).GetValueOrDefault(id);
        return found is null || !found.IsAvailable(now) || found.Price > fact.Amount ? null : Shown(found) with { Was = said.Was };
    }

    private async Task<IReadOnlyList<ShownProduct>> CartAsync(Cart? cart, DateTimeOffset now, CancellationToken cancellation)
    {
        if (cart is null)
        {
            return [];
        }

        var used = await catalog.IsUsedAsync(cancellation);
        var found = used ? await catalog.FindAsync(cart.Lines.Select(l => l.ProductId), cancellation) : new Dictionary<string, Product>();
        return
        [
            .. cart.Lines.Where(l => !used || (found.TryGetValue(l.ProductId, out var p) && p.IsAvailable(now)))
                .Select(l => (found.TryGetValue(l.ProductId, out var p) ? Shown(p)
                    : new ShownProduct(l.ProductId, l.Name ?? l.ProductId, l.Price) { Category = l.Category }) with { Quantity = l.Quantity }),
        ];
    }

    private async Task<IReadOnlyList<ShownProduct>> RecommendAsync(CustomerWork work, DateTimeOffset now, CancellationToken cancellation)
    {
        if (work.Profile.Objects)
        {
            return [];
        }

        var model = await models.CurrentAsync(cancellation);
        await loader.LoadOrdersAsync(work, cancellation);
        var customer = new RecommendationInput(
            [.. PurchaseHistory.Counted(work.Orders!.Values)], work.Profile.Events?.FavouriteCategory(), [.. work.Profile.Cart?.Lines.Select(l => l.ProductId) ?? []]);
        var used = await catalog.IsUsedAsync(cancellation);
        var found = used ? await catalog.FindAsync(Recommender.Candidates(customer, model), cancellation) : new Dictionary<string, Product>();
        decimal? PriceOf(string id) => used ? found.TryGetValue(id, out var p) && p.IsAvailable(now) ? p.Price : null
            : model.Products.GetValueOrDefault(id)?.Price;
        return
        [
            .. Recommender.For(customer, model, PriceOf, now, Most).Select(r => (found.TryGetValue(r.ProductId, out var p) ? Shown(p) : Shown(r.ProductId, model))
                with { Reason = r.Reason, Because = r.Because is { } other ? model.Products.GetValueOrDefault(other)?.Name : null }),
        ];
    }

    private static ShownProduct Shown(Product product) => new(product.ProductId, product.Name, product.Price)
    {
        Url = product.Url,
        Image = product.Image,
        Category = product.Category,
    };

    private static ShownProduct Shown(string id, RecommendationModel model) => model.Products.GetValueOrDefault(id) is { } known
        ? new(id, known.Name ?? id, known.Price) { Category = known.Category } : new(id, id, null);
}
