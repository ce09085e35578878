using System.Globalization;
using System.Text.RegularExpressions;

namespace Segue.Email;

/// <summary>
/// How a language writes days and money. A small table instead of the machine's own: hosts run in invariant globalization mode,
/// and a mail must read the same wherever it was made.
/// </summary>
internal sealed partial record EmailLocale
{
    private static readonly string[] _english =
        ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

    private static readonly EmailLocale _default = new();

    private static readonly Dictionary<string, EmailLocale> _known = new()
    {
        ["de"] = new("Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember", "D. MMMM YYYY", ".", ","),
        ["fr"] = new("janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre", "D MMMM YYYY", "\u202f", ","),
        ["es"] = new("enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre", "D de MMMM de YYYY", ".", ","),
        ["it"] = new("gennaio|febbraio|marzo|aprile|maggio|giugno|luglio|agosto|settembre|ottobre|novembre|dicembre", "D MMMM YYYY", ".", ","),
        ["nl"] = new("januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december", "D MMMM YYYY", ".", ","),
        ["pt"] = new("janeiro|fevereiro|março|abril|maio|junho|julho|agosto|setembro|outubro|novembro|dezembro", "D de MMMM de YYYY", ".", ","),
        ["pl"] = new("stycznia|lutego|marca|kwietnia|maja|czerwca|lipca|sierpnia|września|października|listopada|grudnia", "D MMMM YYYY", "\u00a0", ","),
        ["sv"] = new("januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december", "D MMMM YYYY", "\u00a0", ","),
        ["da"] = new("januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december", "D. MMMM YYYY", ".", ","),
    };

    private readonly string[] _months = _english;
    private readonly string _day = "D MMMM YYYY";
    private readonly string _thousands = ",";
    private readonly string _decimal = ".";
    private readonly bool _symbolBehind;

    private EmailLocale()
    {
    }

    private EmailLocale(string months, string day, string thousands, string @decimal) =>
        (_months, _day, _thousands, _decimal, _symbolBehind) = (months.Split('|'), day, thousands, @decimal, true);

    /// <summary>Of a language tag; what is not known is written as English is.</summary>
    public static EmailLocale Of(string? tag) => tag is null ? _default
        : _known.GetValueOrDefault(tag.Split('-')[0].ToLowerInvariant(), _default);

    /// <summary>A day in full.</summary>
    public string Date(DateOnly day) => Date(day, _day);

    /// <summary>A day in a format.</summary>
    public string Date(DateOnly day, string format) => Token().Replace(format, token => token.Value switch
    {
        "YYYY" => day.Year.ToString("D4", CultureInfo.InvariantCulture),
        "YY" => (day.Year % 100).ToString("D2", CultureInfo.InvariantCulture),
        "MMMM" => _months[day.Month - 1],
        "MMM" => _months[day.Month - 1][..Math.Min(3, _months[day.Month - 1].Length)],
        "MM" => day.Month.ToString("D2", CultureInfo.InvariantCulture),
        "M" => day.Month.ToString(CultureInfo.InvariantCulture),
        "DD" => day.Day.ToString("D2", CultureInfo.InvariantCulture),
        _ => day.Day.ToString(CultureInfo.InvariantCulture),
    });

    /// <summary>Money with the currency's sign where it has one, else its code.</summary>
    public string Money(decimal amount, string? symbol, string currency, bool whole)
    {
        var digits = Math.Abs(amount).ToString(whole ? "#,0" : "#,0.00", CultureInfo.InvariantCulture)
            .Replace(",", "\n", StringComparison.Ordinal).Replace(".", _decimal, StringComparison.Ordinal).Replace("\n", _thousands, StringComparison.Ordinal);
        return (amount < 0 ? "-" : "") + (_symbolBehind ? $"{digits}\u00a0{symbol ?? currency}" : symbol is not null ? symbol + digits : $"{currency} {digits}");
    }

    [GeneratedRegex("YYYY|YY|MMMM|MMM|MM|M|DD|D")]
    private static partial Regex Token();
}
