using System.Globalization;

namespace Segue.Orders;

/// <summary>Money as outsiders write it: plain digits with a point, at most four decimals.</summary>
public static class Money
{
    /// <summary>The largest amount that is believed, in any currency.</summary>
    public const decimal Max = 1_000_000_000_000m;

    /// <summary>Decimals that are kept.</summary>
    public const int Decimals = 4;

    /// <summary>Reads an amount, or says what is wrong with it.</summary>
    /// <param name="text">Without surrounding space.</param>
    /// <param name="allowNegative">Only a balance may be below zero.</param>
    /// <param name="amount">The amount; 0 where it is refused.</param>
    /// <param name="fault">What was found and what would be right; null where all is well.</param>
    public static bool TryParse(ReadOnlySpan<char> text, bool allowNegative, out decimal amount, out string? fault)
    {
        amount = 0;
        fault = null;
        var digits = text is ['-', ..] ? text[1..] : text;
        if (!IsPlain(digits))
        {
            fault = $"found {FieldError.Quote(text)}; {Hint(digits)}";
            return false;
        }

        if (!decimal.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var size) || size > Max)
        {
            fault = $"found {FieldError.Quote(text)}; an amount is at most {Max:0}";
            return false;
        }

        if (decimal.Round(size, Decimals) != size)
        {
            fault = $"found {FieldError.Quote(text)}; an amount has at most {Decimals} decimals";
            return false;
        }

        if (digits.Length != text.Length && size != 0 && !allowNegative)
        {
            fault = $"found {FieldError.Quote(text)}; an amount is zero or more: "
                + "write a return as a row of its own with refundOf and a positive amount, or give the order the status refunded";
            return false;
        }

        amount = digits.Length == text.Length ? size : -size;
        return true;
    }

    /// <summary>The amount at a rate, to the decimals that are kept; halves go to the even neighbour.</summary>
    public static decimal Convert(decimal amount, decimal rate) => decimal.Round(amount * rate, Decimals);

    private static bool IsPlain(ReadOnlySpan<char> digits)
    {
        var point = digits.IndexOf('.');
        var whole = point < 0 ? digits : digits[..point];
        var part = point < 0 ? "0" : digits[(point + 1)..];
        return whole.Length > 0 && part.Length > 0 && digits.Length <= 40
            && !whole.ContainsAnyExceptInRange('0', '9') && !part.ContainsAnyExceptInRange('0', '9');
    }

    private static string Hint(ReadOnlySpan<char> digits)
    {
        const string Right = "an amount is digits with a decimal point, such as 1234.50";
        var comma = digits.LastIndexOf(',');
        if (comma < 0)
        {
            return Right;
        }

        return comma > digits.LastIndexOf('.') && digits.Count(',') == 1 && digits.Length - comma - 1 != 3
            ? $"a comma is no decimal sign here: {Right}"
            : $"write it without thousands separators: {Right}";
    }
}
