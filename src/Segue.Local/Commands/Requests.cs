namespace Segue.Local.Commands;

/// <summary>What a file to import holds.</summary>
public enum ImportKind
{
    /// <summary>Orders, as CSV or JSON lines.</summary>
    Orders,

    /// <summary>Customers, as CSV.</summary>
    Customers,

    /// <summary>Events, as CSV or JSON lines.</summary>
    Events,

    /// <summary>Products, as CSV or JSON lines.</summary>
    Products,

    /// <summary>Discount codes, as CSV: code, pool.</summary>
    Codes,
}

/// <summary>What <c>import</c> asks for.</summary>
/// <param name="File">The file.</param>
/// <param name="Kind">What it holds.</param>
/// <param name="Zone">IANA id of the zone that times without one are in; null is the shop's.</param>
/// <param name="Columns">The file's header for a column of ours, by our name.</param>
/// <param name="DateFormat">A .NET date format, or null for ISO 8601.</param>
public sealed record ImportRequest(
    string File, ImportKind Kind, string? Zone, IReadOnlyDictionary<string, string> Columns, string? DateFormat);

/// <summary>What <c>simulate</c> asks for.</summary>
/// <param name="From">First moment; facts before it are history.</param>
/// <param name="Until">The moment before which it ends.</param>
/// <param name="Journeys">Ids; none is all that are live.</param>
/// <param name="SendsFile">Where to write each send, or null.</param>
/// <param name="AssumeReachable">Count everybody as having an address and consent.</param>
public sealed record SimulateRequest(
    DateTimeOffset From,
    DateTimeOffset Until,
    IReadOnlyList<string> Journeys,
    string? SendsFile,
    bool AssumeReachable);
