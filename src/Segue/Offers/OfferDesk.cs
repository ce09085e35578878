using Segue.Customers;
using Segue.Email;
using Segue.Orders;

namespace Segue.Offers;

/// <summary>What came of asking for a mail's offer.</summary>
/// <param name="Send">The mail with the offer that it will make.</param>
/// <param name="Refusal">Why it is not sent at all, or null.</param>
/// <param name="Hold">Why it must wait, or null.</param>
/// <param name="After">How long it waits before it is looked at again; null for the usual.</param>
internal readonly record struct OfferAnswer(Send Send, string? Refusal = null, string? Hold = null, TimeSpan? After = null);

/// <summary>Makes a mail's offer good at the moment it is sent: the better of two, a code from the pool or the shop, a share of the budget.</summary>
internal sealed class OfferDesk(CustomerLoader loader, CodePools pools, CodeRequests requests, Budgets budgets)
{
    /// <summary>An offer that runs out sooner is not shown again in place of a new one.</summary>
    private static readonly TimeSpan LeastLeft = TimeSpan.FromDays(1);

    /// <summary>Readies the offer. What it changes of the customer is committed with the claim.</summary>
    public async Task<OfferAnswer> ReadyAsync(CustomerWork work, Send send, DateTimeOffset now, CancellationToken cancellation)
    {
        if (send.Offer is not { } offer)
        {
            return new(send);
        }

        var usual = work.Profile.Purchases is { Orders: > 0 } p ? p.TotalSpend / p.Orders : 50;
        if (offer.MinMargin is not null)
        {
            await loader.LoadOrdersAsync(work, cancellation);
            if (Margins.Within(offer, PurchaseHistory.Counted(work.Orders!.Values), usual) is not { } within)
            {
                return new(send, Refusal: "the offer would leave less than the least margin");
            }

            if (within != offer)
            {
                offer = within;
                send = send with { Offer = offer };
                if (offer.Code.Length > 0)
                {
                    work.Put(offer);
                }
            }
        }

        var held = offer.Stack ? null : work.Profile.OpenOffers
            .Where(o => o.RedeemedBy is null && o.ExpiresAt - now >= LeastLeft && o.Code != offer.Code && o.IsAsGoodAs(offer, usual))
            .MaxBy(o => o.ExpiresAt);
        if (held is not null)
        {
            // They hold one that is as good: the mail shows that, and no second code goes out.
            work.Withdraw(offer);
            return new(send with { Offer = held });
        }

        if (!await budgets.ReserveAsync(work.CustomerId, send, cancellation))
        {
            return new(send, Refusal: "the offer's budget is spent");
        }

        if (offer.Pool is { } pool && offer.Code.Length == 0)
        {
            if (await pools.TakeAsync(pool, send.Id, cancellation) is not { } code)
            {
                return new(send, Hold: $"the pool '{pool}' is empty");
            }

            offer = offer with { Code = code };
            work.Put(offer);
        }

        if (offer.Request is not null && offer.Code.Length == 0)
        {
            var answer = await requests.AskAsync(work, send, offer, cancellation);
            if (answer.Code is not { } made)
            {
                return new(send, answer.Refusal, answer.Hold, answer.After);
            }

            offer = offer with { Code = made };
            work.Put(offer);
        }

        work.Profile = work.Profile with { OpenOffers = [.. work.Profile.OpenOffers.Where(o => o.ExpiresAt > now && o.RedeemedBy is null && o.Code != offer.Code), offer] };
        return new(send with { Offer = offer });
    }
}
