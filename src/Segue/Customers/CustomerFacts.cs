namespace Segue.Customers;

/// <summary>What one order, row or call says about a customer. What is null it does not speak of.</summary>
public sealed record CustomerFacts
{
    /// <summary>Says nothing.</summary>
    public static CustomerFacts None { get; } = new();

    /// <summary>The most characters that are kept of what was agreed to.</summary>
    public const int MaxConsentText = 1000;

    /// <summary>Address in its kept form (<see cref="EmailAddress"/>).</summary>
    public string? Email { get; init; }

    /// <summary>Phone number as it came.</summary>
    public string? Phone { get; init; }

    /// <summary>The customer's name.</summary>
    public string? Name { get; init; }

    /// <summary>Whether e-mail marketing was agreed to; unknown does not change what is known.</summary>
    public Consent EmailConsent { get; init; }

    /// <summary>When that was said; of two answers the later one holds. Null where there is no answer.</summary>
    public DateTimeOffset? ConsentAt { get; init; }

    /// <summary>Where it was said: checkout, a form, a call.</summary>
    public string? ConsentSource { get; init; }

    /// <summary>The words that were shown where it was said, at most <see cref="MaxConsentText"/> characters; with moment and source the proof of it.</summary>
    public string? ConsentText { get; init; }

    /// <summary>Whether calls and text messages were agreed to; unknown does not change what is known.</summary>
    public Consent PhoneConsent { get; init; }

    /// <summary>What they said about being profiled; null says nothing.</summary>
    public ProfilingWish? Profiling { get; init; }

    /// <summary>BCP 47 tag such as de-CH.</summary>
    public string? Locale { get; init; }

    /// <summary>IANA id of the customer's time zone.</summary>
    public string? TimeZone { get; init; }

    /// <summary>Money the shop holds for the customer, in its currency; may be negative.</summary>
    public decimal? Balance { get; init; }

    /// <summary>The shop's own facts by name; numbers and booleans in invariant notation. Null for none.</summary>
    public IReadOnlyDictionary<string, string>? Attributes { get; init; }

    /// <summary>Whether there is nothing in it.</summary>
    public bool IsEmpty => Email is null && Phone is null && Name is null && EmailConsent == Consent.Unknown && PhoneConsent == Consent.Unknown
        && ConsentAt is null && ConsentSource is null && ConsentText is null && Locale is null && TimeZone is null && Balance is null && Profiling is null
        && Attributes is not { Count: > 0 };

    /// <summary>These facts with later ones on top: field by field the later wins where it speaks.</summary>
    /// <param name="later">Facts that are newer.</param>
    /// <param name="refusalStays">
    /// A refusal is never turned into a grant: the rule of imports, whose rows are history and not somebody's click.
    /// </param>
    public CustomerFacts With(CustomerFacts later, bool refusalStays = false)
    {
        ArgumentNullException.ThrowIfNull(later);
        var keepConsent = later.EmailConsent == Consent.Unknown
            || (EmailConsent != Consent.Unknown && later.ConsentAt < ConsentAt)
            || (refusalStays && EmailConsent == Consent.Refused && later.EmailConsent == Consent.Granted);
        return new()
        {
            Email = later.Email ?? Email,
            Phone = later.Phone ?? Phone,
            Name = later.Name ?? Name,
            EmailConsent = keepConsent ? EmailConsent : later.EmailConsent,
            ConsentAt = keepConsent ? ConsentAt : later.ConsentAt,
            ConsentSource = keepConsent ? ConsentSource : later.ConsentSource,
            ConsentText = keepConsent ? ConsentText : later.ConsentText,
            PhoneConsent = later.PhoneConsent == Consent.Unknown || (refusalStays && PhoneConsent == Consent.Refused) ? PhoneConsent : later.PhoneConsent,
            Profiling = Profiling is { } known && (later.Profiling is not { } said || said.At < known.At || (refusalStays && known.Objects && !said.Objects))
                ? known : later.Profiling,
            Locale = later.Locale ?? Locale,
            TimeZone = later.TimeZone ?? TimeZone,
            Balance = later.Balance ?? Balance,
            Attributes = Merge(Attributes, later.Attributes),
        };
    }

    /// <summary>Whether both say the same; attributes are compared by what they hold.</summary>
    public bool SaysTheSameAs(CustomerFacts other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return this with { Attributes = null } == other with { Attributes = null }
            && (Attributes?.Count ?? 0) == (other.Attributes?.Count ?? 0)
            && (Attributes is null || Attributes.All(a => other.Attributes!.TryGetValue(a.Key, out var value) && value == a.Value));
    }

    private static IReadOnlyDictionary<string, string>? Merge(
        IReadOnlyDictionary<string, string>? older, IReadOnlyDictionary<string, string>? later)
    {
        if (older is null || later is null)
        {
            return later ?? older;
        }

        var merged = new Dictionary<string, string>(older);
        foreach (var (name, value) in later)
        {
            merged[name] = value;
        }

        return merged;
    }
}
