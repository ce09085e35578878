using System.Globalization;
using CsvHelper;
using Segue.Files;

namespace Segue.Orders;

/// <summary>Exchange rates by day: what one unit of a currency is worth in the shop's.</summary>
public sealed class RateTable
{
    /// <summary>How old a rate may be on the day of the order, in days: long enough for holidays.</summary>
    public const int MaxAgeDays = 7;

    private static readonly string[] Columns = ["day", "currency", "rate"];
    private readonly Dictionary<string, List<(DateOnly Day, decimal Rate)>> _rates;

    private RateTable(Dictionary<string, List<(DateOnly Day, decimal Rate)>> rates) => _rates = rates;

    /// <summary>No rates.</summary>
    public static RateTable Empty { get; } = new([]);

    /// <summary>Currencies that have a rate on any day, sorted.</summary>
    public IReadOnlyList<string> Currencies => [.. _rates.Keys.Order(StringComparer.Ordinal)];

    /// <summary>
    /// Reads CSV with the columns <c>day,currency,rate</c> in any order: the day as yyyy-MM-dd, the rate as shop currency
    /// per unit, above 0. The order of the rows does not matter.
    /// </summary>
    /// <param name="file">Name for the errors.</param>
    /// <param name="text">The file.</param>
    /// <param name="errors">Gets every fault with its line.</param>
    /// <returns>The table, or null where anything is wrong.</returns>
    public static RateTable? Parse(string file, TextReader text, FileErrors errors)
    {
        ArgumentNullException.ThrowIfNull(errors);
        using var csv = CsvReader.Create(text, new CsvReaderOptions
        {
            HasHeader = false, TrackLineNumbers = true, DetectSeparatorHint = false, Separator = ',', TrimWhitespace = true,
        });
        var rates = new Dictionary<string, List<(DateOnly, decimal)>>(StringComparer.Ordinal);
        var seen = new HashSet<(DateOnly, string)>();
        var before = errors.Errors.Count;
        int[]? at = null;
        while (csv.Read())
        {
            if (at is null)
            {
                var header = csv.Current.ToArray();
                at = [.. Columns.Select(c => Array.FindIndex(header, h => h.Equals(c, StringComparison.OrdinalIgnoreCase)))];
                if (at.Contains(-1))
                {
                    errors.Add(new FileError(file, (int)csv.LineNumber, "",
                        $"Found the header '{string.Join(',', header)}'; a rates file has the columns day,currency,rate."));
                    return null;
                }

                continue;
            }

            var (day, currency, rate) = (csv.GetString(at[0]), csv.GetString(at[1]).ToUpperInvariant(), csv.GetString(at[2]));
            void Fault(string field, string message) => errors.Add(new FileError(file, (int)csv.LineNumber, field, message));
            if (!DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            {
                Fault("day", $"Found {FieldError.Quote(day)}; a day is written like 2024-01-31.");
            }
            else if (!IsCode(currency))
            {
                Fault("currency", $"Found {FieldError.Quote(currency)}; a currency is an ISO 4217 code such as EUR.");
            }
            else if (!decimal.TryParse(rate, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
                || value is <= 0 or > 1_000_000)
            {
                Fault("rate", $"Found {FieldError.Quote(rate)}; a rate is above 0 and at most 1000000, such as 0.9123.");
            }
            else if (!seen.Add((date, currency)))
            {
                Fault("day", $"Found a second rate of {currency} for {day}; a day has one.");
            }
            else
            {
                (rates.TryGetValue(currency, out var days) ? days : rates[currency] = []).Add((date, value));
            }
        }

        if (at is null)
        {
            errors.Add(new FileError(file, 1, "", "Found nothing; a rates file has the columns day,currency,rate."));
        }

        foreach (var days in rates.Values)
        {
            days.Sort();
        }

        return errors.Errors.Count == before ? new(rates) : null;
    }

    /// <summary>
    /// The rate of the newest day at or before the order's UTC day, at most <see cref="MaxAgeDays"/> older; or what is missing.
    /// </summary>
    public bool TryFind(string currency, DateTimeOffset orderedAt, out decimal rate, out string? fault)
    {
        rate = 0;
        fault = null;
        var day = DateOnly.FromDateTime(orderedAt.UtcDateTime);
        if (!_rates.TryGetValue(currency, out var days))
        {
            fault = _rates.Count == 0 ? $"there are no exchange rates, so {currency} can't be converted"
                : $"there is no exchange rate for {currency}; there are rates for {string.Join(", ", Currencies)}";
            return false;
        }

        var after = days.BinarySearch((day, decimal.MaxValue));
        var newest = after < 0 ? ~after - 1 : after;
        if (newest < 0)
        {
            fault = $"the first exchange rate for {currency} is of {days[0].Day:yyyy-MM-dd}, after {day:yyyy-MM-dd}";
            return false;
        }

        if (day.DayNumber - days[newest].Day.DayNumber > MaxAgeDays)
        {
            fault = $"the newest exchange rate for {currency} on {day:yyyy-MM-dd} is of {days[newest].Day:yyyy-MM-dd}, "
                + $"more than {MaxAgeDays} days older";
            return false;
        }

        rate = days[newest].Rate;
        return true;
    }

    /// <summary>Whether a text looks like an ISO 4217 code: three upper-case letters.</summary>
    public static bool IsCode(string text) => text is { Length: 3 } && !text.AsSpan().ContainsAnyExceptInRange('A', 'Z');
}
