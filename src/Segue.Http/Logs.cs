using Microsoft.Extensions.Logging;

namespace Segue.Http;

/// <summary>What the endpoints log. Event ids are stable: alerts may refer to them. No personal data.</summary>
internal static partial class Logs
{
    [LoggerMessage(3001, LogLevel.Error, "A simulation of journey {Journey} broke off")]
    public static partial void SimulationBroke(this ILogger logger, string journey, Exception exception);
}
