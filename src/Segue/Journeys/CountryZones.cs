using System.Collections.Frozen;
using NodaTime.TimeZones;

namespace Segue.Journeys;

/// <summary>The zone in which most people of a country live, by the tz database's list of places.</summary>
public static class CountryZones
{
    // The list puts the most populous zone of a country first where geography allows; here it does not.
    private static readonly Dictionary<string, string> _mostPeople = new()
    {
        ["AU"] = "Australia/Sydney",
        ["BR"] = "America/Sao_Paulo",
        ["CA"] = "America/Toronto",
        ["CD"] = "Africa/Kinshasa",
        ["GL"] = "America/Nuuk",
        ["KZ"] = "Asia/Almaty",
        ["UA"] = "Europe/Kyiv",
        ["RU"] = "Europe/Moscow",
    };

    private static readonly FrozenDictionary<string, string> _zones = (TzdbDateTimeZoneSource.Default.ZoneLocations ?? [])
        .GroupBy(place => place.CountryCode, place => place.ZoneId)
        .ToFrozenDictionary(country => country.Key, country => _mostPeople.GetValueOrDefault(country.Key) ?? country.First(), StringComparer.OrdinalIgnoreCase);

    /// <summary>The zone's IANA id, or null where the country is not known.</summary>
    /// <param name="country">ISO 3166-1 alpha-2, such as CH; null for none.</param>
    public static string? Of(string? country) => country is null ? null : _zones.GetValueOrDefault(country.Trim());
}
