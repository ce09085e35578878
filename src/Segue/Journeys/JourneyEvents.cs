namespace Segue.Journeys;

/// <summary>The facts that <c>exitWhen</c> and <c>goal</c> may name.</summary>
public static class JourneyEvents
{
    /// <summary>A counted order.</summary>
    public const string Order = "order";
}
