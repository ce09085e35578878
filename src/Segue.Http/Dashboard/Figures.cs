using System.Globalization;

namespace Segue.Http.Dashboard;

/// <summary>Writes numbers, money, shares and times the way people read them.</summary>
internal static class Figures
{
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    /// <summary>12,345.</summary>
    public static string Count(int value) => value.ToString("N0", Culture);

    /// <summary>€12,345, or CHF 12,345 where the currency has no sign of its own.</summary>
    public static string Money(decimal value, string currency)
    {
        var sign = currency switch { "EUR" => "€", "USD" => "$", "GBP" => "£", "JPY" => "¥", _ => currency + "\u00A0" };
        return (value < 0 ? "−" : "") + sign + Math.Abs(value).ToString("N0", Culture);
    }

    /// <summary>A part of a whole, 0 to 1; 0 of nothing.</summary>
    public static double Share(decimal part, decimal whole) => whole <= 0 || part <= 0 ? 0 : (double)Math.Min(1, part / whole);

    /// <summary>21 %; small parts keep a digit, so that few is not none.</summary>
    public static string Percent(double share) => share switch
    {
        0 => "0 %",
        < 0.001 => "< 0.1 %",
        < 0.0995 => (share * 100).ToString("0.#", Culture) + " %",
        _ => (share * 100).ToString("0", Culture) + " %",
    };

    /// <summary>A length for SVG, in percent of its frame.</summary>
    public static string Length(double share) => (share * 100).ToString("0.##", Culture) + "%";

    /// <summary>22 Nov 2026, 06:58 UTC.</summary>
    public static string Moment(DateTimeOffset at) => at.UtcDateTime.ToString("d MMM yyyy, HH:mm 'UTC'", Culture);

    /// <summary>For a time element.</summary>
    public static string Iso(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", Culture);

    /// <summary>How long ago, in the largest unit that says enough.</summary>
    public static string Ago(DateTimeOffset at, DateTimeOffset now) => (now - at) switch
    {
        { TotalSeconds: < 0 } => "in the future",
        { TotalMinutes: < 1 } => "just now",
        { TotalHours: < 1 } past => Units((int)past.TotalMinutes, "minute"),
        { TotalDays: < 1 } past => Units((int)past.TotalHours, "hour"),
        { TotalDays: < 60 } past => Units((int)past.TotalDays, "day"),
        { TotalDays: < 730 } past => Units((int)(past.TotalDays / 30.44), "month"),
        var past => Units((int)(past.TotalDays / 365.25), "year"),
    };

    private static string Units(int number, string unit) =>
        number == 1 ? $"1 {unit} ago" : $"{number.ToString("N0", Culture)} {unit}s ago";
}
