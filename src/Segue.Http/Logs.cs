using Microsoft.Extensions.Logging;

namespace Segue.Http;

/// <summary>Everything that the endpoints log. Event ids are stable; no message holds personal data.</summary>
internal static partial class Logs
{
    [LoggerMessage(3001, LogLevel.Warning, "A call that says it is {Source}'s was refused: {Reason}")]
    public static partial void WebhookRefused(this ILogger logger, string source, string reason);

    [LoggerMessage(3002, LogLevel.Information, "A call of {Source} came again and was not taken again")]
    public static partial void WebhookReplayed(this ILogger logger, string source);

    [LoggerMessage(3003, LogLevel.Error, "An order of {Source} could not be taken: something is wrong with {Fields}")]
    public static partial void ShopOrderRefused(this ILogger logger, string source, string fields);

    [LoggerMessage(3004, LogLevel.Error, "A simulation of journey {Journey} broke off")]
    public static partial void SimulationBroke(this ILogger logger, string journey, Exception exception);

    [LoggerMessage(3005, LogLevel.Error, "A request to {Route} failed")]
    public static partial void RequestFailed(this ILogger logger, string route, Exception exception);
}
