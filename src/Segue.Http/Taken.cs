namespace Segue.Http;

/// <summary>The answer to a request whose parts are all on the bus.</summary>
/// <param name="Accepted">How many were taken.</param>
internal sealed record Taken(int Accepted);
