using NodaTime;
using NodaTime.Text;

namespace Segue.Orders;

/// <summary>Dates and times as outsiders write them: ISO 8601.</summary>
public static class Moments
{
    /// <summary>The earliest year that is believed: what lies before is a default of some software, not a date.</summary>
    public const int FirstYear = 1970;

    private const int LastYear = 9998;

    private static readonly LocalDateTimePattern Seconds =
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mm':'ss;FFFFFFFFF");

    private static readonly LocalDateTimePattern Minutes =
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mm");

    private static readonly OffsetPattern Offset = OffsetPattern.CreateWithInvariantCulture("Z+HH:mm");

    /// <summary>
    /// Reads <c>2024-01-31</c>, <c>2024-01-31T18:05</c>, with seconds, with a fraction, each with or without an offset
    /// (<c>Z</c>, <c>+01:00</c>, <c>+0100</c>, <c>+01</c>). A space may stand for the T. Fractions under 100 ns are cut.
    /// </summary>
    /// <param name="text">Without surrounding space.</param>
    /// <param name="local">The time as written.</param>
    /// <param name="offset">Its offset from UTC, or null where it has none.</param>
    public static bool TryParseIso(string text, out LocalDateTime local, out TimeSpan? offset)
    {
        ArgumentNullException.ThrowIfNull(text);
        local = default;
        offset = null;
        if (text.Length == 10)
        {
            var day = LocalDatePattern.Iso.Parse(text);
            return day.Success && Take(day.Value.AtMidnight(), out local);
        }

        if (text.Length is < 16 or > 40 || text[10] is not ('T' or 't' or ' '))
        {
            return false;
        }

        var end = text.AsSpan(16).IndexOfAny("+-Zz");
        if (end >= 0)
        {
            var read = Offset.Parse(Canonical(text[(16 + end)..]));
            if (!read.Success || Math.Abs(read.Value.Seconds) > 14 * 3600)
            {
                return false;
            }

            offset = read.Value.ToTimeSpan();
        }

        var time = string.Concat(text.AsSpan(0, 10), "T", text.AsSpan(11, (end < 0 ? text.Length : 16 + end) - 11));
        var parsed = (time.Length == 16 ? Minutes : Seconds).Parse(time);
        return parsed.Success && Take(parsed.Value, out local);
    }

    /// <summary>Whether a date lies in the years that are believed.</summary>
    public static bool IsBelievable(LocalDateTime local) => local.Year is >= FirstYear and <= LastYear;

    private static bool Take(LocalDateTime value, out LocalDateTime local)
    {
        local = value;
        return true;
    }

    private static string Canonical(string offset) => offset switch
    {
        "z" => "Z",
        [_, _, _] => $"{offset}:00",
        [_, _, _, not ':', _] => $"{offset[..3]}:{offset[3..]}",
        _ => offset,
    };
}
