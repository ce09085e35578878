using NodaTime;
using Segue.Customers;
using Segue.Files;
using Segue.Storage;

namespace Segue.Orders;

/// <summary>
/// The rules of single fields, the same for JSON bodies and files' rows. Each method answers the checked value, or null
/// with an error kept; null in is null out.
/// </summary>
public sealed class FieldChecks
{
    /// <summary>Longest id.</summary>
    public const int MaxId = 200;

    /// <summary>Longest free text: names, categories, sources.</summary>
    public const int MaxText = 500;

    /// <summary>Longest id once escaped for a table key, which holds 512 with what stands around it.</summary>
    private const int MaxEscapedId = 400;

    private static readonly string[] Statuses = ["pending", "paid", "cancelled", "refunded"];
    private static readonly string[] Consents = ["granted", "refused", "unknown"];
    private List<FieldError>? _errors;
    private List<FieldError>? _warnings;

    /// <summary>Every fault so far.</summary>
    public IReadOnlyList<FieldError> Errors => _errors ?? (IReadOnlyList<FieldError>)[];

    /// <summary>What was ignored so far.</summary>
    public IReadOnlyList<FieldError> Warnings => _warnings ?? (IReadOnlyList<FieldError>)[];

    /// <summary>Keeps a fault.</summary>
    public void Fail(string path, string message) => (_errors ??= []).Add(new(path, message));

    /// <summary>Keeps a warning.</summary>
    public void Warn(string path, string message) => (_warnings ??= []).Add(new(path, message));

    /// <summary>Whether a field has a fault already.</summary>
    public bool Failed(string path) => _errors is not null && _errors.Exists(e => e.Path == path);

    /// <summary>An outside id: 1 to 200 characters after trimming, none of them control characters.</summary>
    public string? Id(string path, string? text)
    {
        var id = text?.Trim();
        if (id is null)
        {
            return null;
        }

        if (id.Length is 0 or > MaxId)
        {
            Fail(path, id.Length == 0 ? "found nothing; an id has 1 to 200 characters" : $"found {id.Length} characters; an id has 1 to {MaxId}");
            return null;
        }

        if (!IsClean(path, id))
        {
            return null;
        }

        if (Keys.Escape(id).Length > MaxEscapedId)
        {
            Fail(path, "found too many characters that are not letters, digits or -._:@+=, of ASCII; an id may hold about 80 of them");
            return null;
        }

        return id;
    }

    /// <summary>Free text, trimmed; empty is null. Control characters are refused.</summary>
    public string? Text(string path, string? text, int max = MaxText)
    {
        var trimmed = text?.Trim();
        if (string.IsNullOrEmpty(trimmed))
        {
            return null;
        }

        if (trimmed.Length > max)
        {
            Fail(path, $"found {trimmed.Length} characters; at most {max} are kept");
            return null;
        }

        return IsClean(path, trimmed) ? trimmed : null;
    }

    /// <summary>Money; negative only where allowed.</summary>
    public decimal? Amount(string path, string? text, bool allowNegative = false)
    {
        if (text is null)
        {
            return null;
        }

        if (Money.TryParse(text.AsSpan().Trim(), allowNegative, out var amount, out var fault))
        {
            return amount;
        }

        Fail(path, fault!);
        return null;
    }

    /// <summary>A moment in ISO 8601 that says its offset.</summary>
    public DateTimeOffset? Moment(string path, string? text)
    {
        if (text is null)
        {
            return null;
        }

        if (!Moments.TryParseIso(text.Trim(), out var local, out var offset))
        {
            Fail(path, $"found {FieldError.Quote(text)}; a moment is ISO 8601 with its offset, such as 2024-01-31T18:05:00Z");
            return null;
        }

        if (offset is null)
        {
            Fail(path, $"found {FieldError.Quote(text)} without an offset; write Z for UTC or an offset such as +01:00 at its end");
            return null;
        }

        return Believable(path, text, local) ? new DateTimeOffset(local.ToDateTimeUnspecified(), offset.Value) : null;
    }

    /// <summary>Refuses years that are some software's default and no date.</summary>
    public bool Believable(string path, string text, LocalDateTime local)
    {
        if (Moments.IsBelievable(local))
        {
            return true;
        }

        Fail(path, $"found {FieldError.Quote(text)}; years from {Moments.FirstYear} on are kept");
        return false;
    }

    /// <summary>Refuses what lies further ahead than clocks differ.</summary>
    public void NotFuture(string path, DateTimeOffset? moment, DateTimeOffset now)
    {
        if (moment > now + OrderContext.FutureAllowed)
        {
            Fail(path, $"found {moment:yyyy-MM-ddTHH:mm:ssK}, more than {OrderContext.FutureAllowed.TotalHours:0} hours ahead of now ({now:yyyy-MM-ddTHH:mm:ssK})");
        }
    }

    /// <summary>Where an order stands.</summary>
    public OrderStatus? Status(string path, string? text) => Choice(path, text, Statuses, "a status") switch
    {
        "pending" => OrderStatus.Pending,
        "paid" => OrderStatus.Paid,
        "cancelled" => OrderStatus.Cancelled,
        "refunded" => OrderStatus.Refunded,
        _ => null,
    };

    /// <summary>Consent to marketing.</summary>
    public Consent? Consent(string path, string? text) => Choice(path, text, Consents, "consent") switch
    {
        "granted" => Customers.Consent.Granted,
        "refused" => Customers.Consent.Refused,
        "unknown" => Customers.Consent.Unknown,
        _ => null,
    };

    /// <summary>An e-mail address in its kept form; empty is null.</summary>
    public string? Email(string path, string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        if (EmailAddress.TryNormalise(text, out var normalised))
        {
            return normalised;
        }

        Fail(path, $"found {FieldError.Quote(text)}; an e-mail address is written like name@example.com");
        return null;
    }

    /// <summary>A language tag; empty is null.</summary>
    public string? Locale(string path, string? text)
    {
        var tag = text?.Trim().Replace('_', '-');
        if (string.IsNullOrEmpty(tag))
        {
            return null;
        }

        if (tag.Length <= 35 && tag.Split('-').All(p => p.Length is > 0 and <= 8 && p.All(char.IsAsciiLetterOrDigit)))
        {
            return tag;
        }

        Fail(path, $"found {FieldError.Quote(tag)}; a locale is a language tag such as de-CH");
        return null;
    }

    /// <summary>A time zone of the IANA database; empty is null.</summary>
    public string? TimeZone(string path, string? text)
    {
        var id = text?.Trim();
        if (string.IsNullOrEmpty(id))
        {
            return null;
        }

        if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(id) is not null)
        {
            return id;
        }

        Fail(path, $"found {FieldError.Quote(id)}; {ZoneHint(id)}");
        return null;
    }

    /// <summary>What a time zone looks like, with the nearest where one is near.</summary>
    public static string ZoneHint(string found)
    {
        ArgumentNullException.ThrowIfNull(found);
        const string Right = "a time zone is an IANA id such as Europe/Berlin.";
        if (found.Length > 40)
        {
            return Right;
        }

        var near = DateTimeZoneProviders.Tzdb.Ids.MinBy(id => Suggestion.Distance(found.ToUpperInvariant(), id.ToUpperInvariant()))!;
        return Suggestion.Distance(found.ToUpperInvariant(), near.ToUpperInvariant()) <= Math.Max(1, found.Length / 4)
            ? $"{Right} Did you mean '{near}'?" : Right;
    }

    private string? Choice(string path, string? text, string[] known, string what)
    {
        var word = text?.Trim().ToLowerInvariant();
        if (string.IsNullOrEmpty(word) || known.Contains(word))
        {
            return word;
        }

        var hint = word.Length > 40 ? "" : Suggestion.For(word, known);
        Fail(path, $"found {FieldError.Quote(text)}; {what} is one of {string.Join(", ", known)}."
            + (hint.StartsWith(" Did", StringComparison.Ordinal) ? hint : ""));
        return null;
    }

    private bool IsClean(string path, string text)
    {
        foreach (var c in text)
        {
            if (char.IsControl(c))
            {
                Fail(path, $"found the control character U+{(int)c:X4}; text is printable");
                return false;
            }
        }

        return true;
    }
}
