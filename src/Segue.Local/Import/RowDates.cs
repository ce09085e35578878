using System.Globalization;
using NodaTime;
using NodaTime.TimeZones;
using Segue.Files;
using Segue.Orders;

namespace Segue.Local.Import;

/// <summary>Reads the dates of a file's rows in the format and the zone that the user gave.</summary>
/// <remarks>
/// A time that a clock change skips moves forward by the change (02:30 becomes 03:30); of a time that comes twice the
/// earlier is taken. Both keep the order of rows that are a day apart and lose at most an hour.
/// </remarks>
internal sealed class RowDates
{
    private readonly string? _format;
    private readonly bool _hasOffset;
    private readonly DateTimeZone _zone;
    private readonly ZoneLocalMappingResolver _resolver = Resolvers.LenientResolver;

    /// <summary>Checks format and zone.</summary>
    /// <exception cref="ImportRefusedException">One is none.</exception>
    public RowDates(ImportOptions options)
    {
        _format = options.DateFormat;
        _zone = DateTimeZoneProviders.Tzdb.GetZoneOrNull(options.Zone)
            ?? throw new ImportRefusedException(new FileError(options.File, 0, "--zone",
                $"Found {FieldError.Quote(options.Zone)}; {FieldChecks.ZoneHint(options.Zone)}"));
        if (_format is not null)
        {
            _hasOffset = _format.Contains('z', StringComparison.Ordinal) || _format.Contains('K', StringComparison.Ordinal);
            if (!NamesADay(_format))
            {
                throw new ImportRefusedException(new FileError(options.File, 0, "--date-format",
                    $"Found {FieldError.Quote(_format)}; a format names year, month and day, such as yyyyMMdd or yyyy-MM-dd HH:mm:ss."));
            }
        }
    }

    /// <summary>A date in the format of the file; null where there is none, or with an error kept.</summary>
    public DateTimeOffset? Read(string path, string? text, FieldChecks checks)
    {
        if (text is null)
        {
            return null;
        }

        if (_format is null)
        {
            if (!Moments.TryParseIso(text, out var iso, out var offset))
            {
                checks.Fail(path, $"found {FieldError.Quote(text)}; dates are ISO 8601, such as 2024-01-31 or 2024-01-31T18:05:00Z (another format is given by --date-format)");
                return null;
            }

            return checks.Believable(path, text, iso) ? At(iso, offset) : null;
        }

        DateTime local;
        TimeSpan? given = null;
        if (_hasOffset && DateTimeOffset.TryParseExact(text, _format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment))
        {
            (local, given) = (moment.DateTime, moment.Offset);
        }
        else if (_hasOffset || !DateTime.TryParseExact(text, _format, CultureInfo.InvariantCulture, DateTimeStyles.NoCurrentDateDefault, out local))
        {
            checks.Fail(path, $"found {FieldError.Quote(text)}; the format is {_format}, such as {Example(_format)}");
            return null;
        }

        var read = LocalDateTime.FromDateTime(local);
        return checks.Believable(path, text, read) ? At(read, given) : null;
    }

    private DateTimeOffset At(LocalDateTime local, TimeSpan? offset) =>
        offset is { } given ? new(local.ToDateTimeUnspecified(), given)
        : ReferenceEquals(_zone, DateTimeZone.Utc) || _zone.Id == "UTC" ? new(local.ToDateTimeUnspecified(), TimeSpan.Zero)
        : local.InZone(_zone, _resolver).ToDateTimeOffset();

    private static string Example(string format) => Probe.ToString(format, CultureInfo.InvariantCulture);

    private static DateTimeOffset Probe { get; } = new(2023, 11, 29, 18, 5, 0, TimeSpan.Zero);

    private static bool NamesADay(string format)
    {
        try
        {
            return DateTimeOffset.TryParseExact(Example(format), format, CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal, out var back) && back.UtcDateTime.Date == Probe.UtcDateTime.Date;
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
