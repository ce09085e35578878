using Segue.Customers;

namespace Segue.Local.Demo;

/// <summary>How a demo customer behaves.</summary>
public enum DemoKind
{
    /// <summary>Buys once and never again.</summary>
    OneTime,

    /// <summary>Buys every few weeks, and still does.</summary>
    Loyal,

    /// <summary>Buys often for a while, then drifts away; some come back.</summary>
    Lapsing,

    /// <summary>Buys presents before Christmas and things for the garden in spring.</summary>
    Seasonal,

    /// <summary>Buys the dear things.</summary>
    BigSpender,

    /// <summary>Buys small things very often.</summary>
    SmallBasket,
}

/// <summary>A customer of the demo shop.</summary>
/// <param name="Id">The id.</param>
/// <param name="Name">Made up.</param>
/// <param name="Email">Under a domain that never gets mail; null for the few without one.</param>
/// <param name="Kind">How they behave.</param>
/// <param name="Favourite">The category they like most.</param>
/// <param name="Consent">Whether they want marketing.</param>
/// <param name="Country">ISO 3166 code.</param>
/// <param name="TimeZone">IANA id.</param>
/// <param name="Locale">BCP 47 tag.</param>
/// <param name="Channel">Where they buy.</param>
/// <param name="Balance">Store credit.</param>
public sealed record DemoCustomer(
    string Id,
    string Name,
    string? Email,
    DemoKind Kind,
    string Favourite,
    Consent Consent,
    string Country,
    string TimeZone,
    string Locale,
    string Channel,
    decimal Balance);
