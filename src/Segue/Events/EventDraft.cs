using System.Globalization;
using Segue.Customers;
using Segue.Orders;

namespace Segue.Events;

/// <summary>
/// An event while its fields are read, each already checked by itself. <see cref="Finish"/> checks what takes more than one
/// field: who, when, which currency.
/// </summary>
public sealed class EventDraft
{
    /// <summary>The sender's id.</summary>
    public string? EventId { get; init; }

    /// <summary>What happened.</summary>
    public string? Name { get; init; }

    /// <summary>When; null is the moment of arrival.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>The customer's id.</summary>
    public string? CustomerId { get; init; }

    /// <summary>The customer's address, in its kept form.</summary>
    public string? Email { get; init; }

    /// <summary>A visitor's own id: a cookie's, a device's.</summary>
    public string? Visitor { get; init; }

    /// <summary>The product.</summary>
    public string? ProductId { get; init; }

    /// <summary>The category.</summary>
    public string? Category { get; init; }

    /// <summary>Money, in <see cref="Currency"/>.</summary>
    public decimal? Amount { get; init; }

    /// <summary>Currency code; null is the shop's.</summary>
    public string? Currency { get; init; }

    /// <summary>Everything else.</summary>
    public IReadOnlyDictionary<string, string>? Attributes { get; init; }

    /// <summary>Keeps an error for each thing that a web page, which anyone can read and imitate, may not say.</summary>
    public void RefuseWhatOnlyServersSay(FieldChecks checks)
    {
        ArgumentNullException.ThrowIfNull(checks);
        if (CustomerId is not null)
        {
            checks.Fail("customerId", "found one; a browser sends anonymousId only, and the shop's server says whose it is at sign-in");
        }

        if (Email is not null)
        {
            checks.Fail("email", "found one; a browser sends anonymousId only, and the shop's server says whose it is at sign-in");
        }

        if (Name is not null && EventNames.OnlyFromServers.Contains(Name))
        {
            checks.Fail("name", $"found '{Name}'; that is for the shop's server to say");
        }
    }

    /// <summary>The event, or null where <paramref name="checks"/> holds any error.</summary>
    /// <param name="context">What it is read against.</param>
    /// <param name="checks">Holds the faults of the fields and gets those found here.</param>
    /// <param name="index">0-based place in the body, for ids derived from an idempotency key.</param>
    public IncomingEvent? Finish(OrderContext context, FieldChecks checks, int index = 0)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(checks);
        if (Name is null && !checks.Failed("name"))
        {
            checks.Fail("name", "missing; every event has it");
        }

        if (EventId is null && context is { IdempotencyKey: null, DeriveOrderIds: false } && !checks.Failed("eventId"))
        {
            checks.Fail("eventId", "missing; every event has it, or the request an Idempotency-Key");
        }

        if (CustomerId is null && Email is null && Visitor is null && !checks.Failed("customerId") && !checks.Failed("email") && !checks.Failed("anonymousId"))
        {
            checks.Fail("customerId", "missing; an event has a customerId, an email to derive one from, or an anonymousId");
        }

        checks.NotFuture("at", At, context.Now);
        var at = At ?? context.Now;
        var rate = Rate(context, checks, at);
        if (checks.Errors.Count > 0)
        {
            return null;
        }

        var customer = CustomerId ?? (Email is not null ? EmailAddress.CustomerIdOf(Email) : Visitors.IdOf(Visitor!));
        var fact = new CustomerEvent
        {
            EventId = EventId ?? (context.IdempotencyKey is { } key ? EventReader.DerivedId(key, index.ToString(CultureInfo.InvariantCulture))
                : EventReader.DerivedId(customer, Name, at.UtcTicks.ToString(CultureInfo.InvariantCulture), ProductId, Category, Text(Amount), AttributeText())),
            CustomerId = customer,
            Name = Name!,
            At = at,
            AtArrival = At is null,
            ProductId = ProductId,
            Category = Category,
            Amount = Amount is not { } amount ? null : rate == 1 ? amount : Money.Convert(amount, rate),
            Attributes = Attributes,
        };
        return new(fact, Email is null ? CustomerFacts.None : new() { Email = Email }, Visitor);
    }

    private static string? Text(decimal? amount) => amount?.ToString("0.####", CultureInfo.InvariantCulture);

    private string? AttributeText() => Attributes is null ? null
        : string.Join('\n', Attributes.OrderBy(a => a.Key, StringComparer.Ordinal).Select(a => $"{a.Key}={a.Value}"));

    private decimal Rate(OrderContext context, FieldChecks checks, DateTimeOffset at)
    {
        if (Amount is null || Currency is null || Currency == context.Currency)
        {
            return 1;
        }

        if (!RateTable.IsCode(Currency))
        {
            checks.Fail("currency", $"found {FieldError.Quote(Currency)}; a currency is an ISO 4217 code such as {context.Currency}");
            return 1;
        }

        if (!context.Rates.TryFind(Currency, at, out var rate, out var fault))
        {
            checks.Fail("currency", $"found {FieldError.Quote(Currency)}; the shop's currency is {context.Currency} and {fault}");
        }

        return rate;
    }
}
