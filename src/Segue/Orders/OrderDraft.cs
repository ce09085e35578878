using Segue.Customers;

namespace Segue.Orders;

/// <summary>
/// An order while its fields are read, each already checked by itself. <see cref="Finish"/> checks what takes more than
/// one field: who, when, which currency, what is revenue.
/// </summary>
public sealed class OrderDraft
{
    /// <summary>The shop's id.</summary>
    public string? OrderId { get; set; }

    /// <summary>The customer's id.</summary>
    public string? CustomerId { get; set; }

    /// <summary>When it was placed.</summary>
    public DateTimeOffset? OrderedAt { get; set; }

    /// <summary>When this version was made.</summary>
    public DateTimeOffset? UpdatedAt { get; set; }

    /// <summary>Where it stands; null is paid.</summary>
    public OrderStatus? Status { get; set; }

    /// <summary>Currency code as it came; null is the shop's.</summary>
    public string? Currency { get; set; }

    /// <summary>Goods after discount, in <see cref="Currency"/>.</summary>
    public decimal? Amount { get; set; }

    /// <summary>Discount, in <see cref="Currency"/>.</summary>
    public decimal? Discount { get; set; }

    /// <summary>Tax, in <see cref="Currency"/>.</summary>
    public decimal? Tax { get; set; }

    /// <summary>Shipping, in <see cref="Currency"/>.</summary>
    public decimal? Shipping { get; set; }

    /// <summary>Codes used.</summary>
    public IReadOnlyList<string> DiscountCodes { get; set; } = [];

    /// <summary>Where it was placed.</summary>
    public string? Channel { get; set; }

    /// <summary>What was bought, prices in <see cref="Currency"/>.</summary>
    public IReadOnlyList<OrderItem> Items { get; set; } = [];

    /// <summary>The items as they were written, for a derived id.</summary>
    public string? ItemsText { get; set; }

    /// <summary>The order that this is a return of.</summary>
    public string? RefundOf { get; set; }

    /// <summary>What it says about the customer.</summary>
    public CustomerFacts Customer { get; set; } = CustomerFacts.None;

    /// <summary>The order, or null where <paramref name="checks"/> holds any error.</summary>
    /// <param name="context">What it is read against.</param>
    /// <param name="checks">Holds the faults of the fields and gets those found here.</param>
    /// <param name="index">0-based place in the body, for ids derived from an idempotency key.</param>
    public IncomingOrder? Finish(OrderContext context, FieldChecks checks, int index = 0)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(checks);
        var canDerive = context.DeriveOrderIds || context.IdempotencyKey is not null;
        Require(checks, "orderId", OrderId is not null || canDerive);
        Require(checks, "orderedAt", OrderedAt is not null);
        Require(checks, "amount", Amount is not null);
        if (CustomerId is null && Customer.Email is null && !checks.Failed("customerId") && !checks.Failed("email"))
        {
            checks.Fail("customerId", "missing; an order has a customerId or an email to derive one from");
        }

        if (RefundOf is not null && RefundOf == OrderId)
        {
            checks.Fail("refundOf", $"found {FieldError.Quote(RefundOf)}, the order's own id; a return names the order that came back");
        }

        checks.NotFuture("orderedAt", OrderedAt, context.Now);
        checks.NotFuture("updatedAt", UpdatedAt, context.Now);
        checks.NotFuture("consentAt", Customer.ConsentAt, context.Now);
        var rate = Rate(context, checks);
        if (checks.Errors.Count > 0)
        {
            return null;
        }

        var order = Build(context, index, rate);
        if (rate != 1 && (order.Amount > Money.Max || order.Items.Any(i => i.Price > Money.Max)))
        {
            checks.Fail("amount", $"found {Amount} {Currency}; in {context.Currency} an amount is at most {Money.Max:0}");
            return null;
        }

        return new(order, Customer.EmailConsent == Consent.Unknown || Customer.ConsentAt is not null ? Customer
            : Customer with { ConsentAt = UpdatedAt ?? OrderedAt });
    }

    private static void Require(FieldChecks checks, string field, bool there)
    {
        if (!there && !checks.Failed(field))
        {
            checks.Fail(field, "missing; every order has it");
        }
    }

    private decimal Rate(OrderContext context, FieldChecks checks)
    {
        var currency = Currency ?? context.Currency;
        if (currency == context.Currency)
        {
            return 1;
        }

        if (!RateTable.IsCode(currency))
        {
            checks.Fail("currency", $"found {FieldError.Quote(currency)}; a currency is an ISO 4217 code such as {context.Currency}");
            return 1;
        }

        if (OrderedAt is not { } at)
        {
            return 1;
        }

        if (!context.Rates.TryFind(currency, at, out var rate, out var fault))
        {
            checks.Fail("currency", $"found {FieldError.Quote(currency)}; the shop's currency is {context.Currency} and {fault}");
        }

        return rate;
    }

    private Order Build(OrderContext context, int index, decimal rate)
    {
        var customer = CustomerId ?? EmailAddress.CustomerIdOf(Customer.Email!);
        var derived = OrderId is not null ? null
            : context.IdempotencyKey is { } key ? DerivedOrderId.OfRequest(key, index)
            : DerivedOrderId.OfContent(customer, OrderedAt!.Value, Amount!.Value, Currency ?? context.Currency, ItemsText);

        // Selling a gift card is no revenue; what is bought with it later is, and comes as an ordinary amount.
        var giftCards = Items.Count == 0 ? 0 : Items.Where(i => i.GiftCard).Sum(i => i.Price * i.Quantity);
        decimal InShopCurrency(decimal? amount) => amount is null or 0 ? 0 : rate == 1 ? amount.Value : Money.Convert(amount.Value, rate);
        return new()
        {
            OrderId = OrderId ?? derived!,
            DerivedId = derived is not null,
            CustomerId = customer,
            OrderedAt = OrderedAt!.Value,
            UpdatedAt = UpdatedAt,
            Status = Status ?? OrderStatus.Paid,
            Amount = InShopCurrency(Math.Max(0, Amount!.Value - giftCards)),
            Discount = InShopCurrency(Discount),
            Tax = InShopCurrency(Tax),
            Shipping = InShopCurrency(Shipping),
            DiscountCodes = DiscountCodes,
            Channel = Channel,
            Items = rate == 1 ? Items : [.. Items.Select(i => i with
            {
                Price = InShopCurrency(i.Price),
                Cost = i.Cost is { } cost ? InShopCurrency(cost) : null,
            })],
            RefundOf = RefundOf,
        };
    }
}
