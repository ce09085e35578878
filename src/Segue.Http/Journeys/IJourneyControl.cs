using Segue.Campaigns;

namespace Segue.Http.Journeys;

/// <summary>Shows whom a journey would mail, and switches it.</summary>
public interface IJourneyControl
{
    /// <summary>Whom a journey would mail.</summary>
    /// <exception cref="JourneyNotFoundException">There is no such journey.</exception>
    Task<ForecastResult> ForecastAsync(string journey, CancellationToken cancellation);

    /// <summary>Switches a journey, and records who said so.</summary>
    /// <exception cref="JourneyNotFoundException">There is no such journey.</exception>
    /// <exception cref="JourneySwitchException">It is not in a state to be switched so.</exception>
    Task SwitchAsync(string journey, SwitchTo to, string by, CancellationToken cancellation);
}

/// <summary>What a journey can be switched to.</summary>
public enum SwitchTo
{
    /// <summary>Running.</summary>
    Live,

    /// <summary>Holding everyone where they are.</summary>
    Paused,

    /// <summary>Running again, each due moment moved by the pause's length.</summary>
    Resumed,

    /// <summary>Over: nobody enters any more, and who is under way finishes.</summary>
    Archived,
}

/// <summary>Whom a journey would mail.</summary>
/// <param name="Journey">Its id.</param>
/// <param name="Name">For people.</param>
/// <param name="Status">draft, live, paused or archived.</param>
/// <param name="Members">Customers in its segment or with its tag now.</param>
/// <param name="Today">Customers it would mail today: none of the members, unless it takes existing ones.</param>
/// <param name="In30Days">Customers it would mail within 30 days, as time alone brings them in.</param>
/// <param name="HeldOut">Customers brought in that it would leave alone, to measure against.</param>
/// <param name="Unreachable">Customers brought in that have no address or consent.</param>
public sealed record ForecastResult(string Journey, string Name, string Status, long Members, long Today, long In30Days, long HeldOut, long Unreachable);

/// <summary>There is no such journey; the message suggests the right one.</summary>
public sealed class JourneyNotFoundException(string message) : Exception(message);
