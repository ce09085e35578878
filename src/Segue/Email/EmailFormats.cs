using System.Globalization;
using NodaTime;

namespace Segue.Email;

/// <summary>Writes money, dates and percentages the way mails show them, the same on every machine.</summary>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="Zone">IANA id of the zone that dates are shown in.</param>
/// <param name="Locale">The translation's language tag, or null for the e-mail as it is written.</param>
public sealed record EmailFormats(string Currency, string Zone, string? Locale = null)
{
    // No field: a copy of the record may have another locale.
    private EmailLocale Language => EmailLocale.Of(Locale);

    private static readonly Dictionary<string, string> _symbols = new()
    {
        ["EUR"] = "€",
        ["USD"] = "$",
        ["GBP"] = "£",
        ["JPY"] = "¥",
    };

    // Currencies of ISO 4217 in everyday use without a minor unit.
    private static readonly HashSet<string> _whole = ["JPY", "KRW", "VND", "CLP", "ISK", "XAF", "XOF", "PYG", "UGX"];

    private readonly DateTimeZone _zone = DateTimeZoneProviders.Tzdb[Zone];

    /// <summary>Money: <c>€1,250.00</c>, <c>CHF 12.50</c>, <c>1.250,00 €</c>. What is no number stays as it is; nothing stays nothing.</summary>
    public string Money(object? value) => Number(value) is not { } amount ? Text(value)
        : Language.Money(amount, _symbols.GetValueOrDefault(Currency), Currency, _whole.Contains(Currency));

    /// <summary>A day in the zone: <c>14 March 2026</c>. What is neither moment nor ISO 8601 text stays as it is.</summary>
    public string Date(object? value) => DayOf(value) is { } day ? Language.Date(day) : Text(value);

    /// <summary>A day in a format of the tokens YYYY, YY, MMMM, MMM, MM, M, DD, D; anything else stands as it is.</summary>
    public string Date(object? value, string format) => DayOf(value) is { } day ? Language.Date(day, format) : Text(value);

    private DateOnly? DayOf(object? value)
    {
        if (value is string text && DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return day;
        }

        var moment = value switch
        {
            DateTimeOffset at => at,
            string iso when DateTimeOffset.TryParse(
                iso, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) && iso.Contains('T', StringComparison.Ordinal) => at,
            _ => (DateTimeOffset?)null,
        };
        return moment is not { } m ? null : Instant.FromDateTimeOffset(m).InZone(_zone).Date.ToDateOnly();
    }

    /// <summary>A percentage: <c>5%</c>, <c>12.5%</c>. What is no number stays as it is; nothing stays nothing.</summary>
    public static string Percent(object? value) =>
        Number(value) is { } number ? number.ToString("0.##", CultureInfo.InvariantCulture) + "%" : Text(value);

    /// <summary>The number that a value is, or null.</summary>
    internal static decimal? Number(object? value) => value switch
    {
        decimal d => d,
        int i => i,
        string s when decimal.TryParse(
            s, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var d) => d,
        _ => null,
    };

    private static string Text(object? value) => value as string ?? "";
}
