using Microsoft.Extensions.Logging;

namespace Segue;

/// <summary>Everything that the core logs. Event ids are stable; no message holds personal data.</summary>
internal static partial class Logs
{
    [LoggerMessage(1001, LogLevel.Warning, "{Function}: put back for the {Retries}. time, for {Delay}, after {Error}")]
    public static partial void PutBack(this ILogger logger, string function, int retries, TimeSpan delay, string error);

    [LoggerMessage(1002, LogLevel.Information, "Tick: {Rows} due rows up to {Horizon:O} scheduled in {Hours} hours")]
    public static partial void Ticked(this ILogger logger, int rows, DateTimeOffset horizon, int hours);

    [LoggerMessage(1003, LogLevel.Information, "Calibration {Id} is in force: {Customers} customers, {Buyers} buyers")]
    public static partial void Calibrated(this ILogger logger, string id, long customers, long buyers);

    [LoggerMessage(1010, LogLevel.Warning, "Calibration {Id} waits for approval: it would move {Moved} of {Customers} customers")]
    public static partial void CalibrationWaits(this ILogger logger, string id, long moved, long customers);

    [LoggerMessage(1020, LogLevel.Warning, "Webhook of journey {Journey}, step {Step}: given up after {Tries} tries: {Reason}")]
    public static partial void WebhookGivenUp(this ILogger logger, string journey, string step, int tries, string reason);

    [LoggerMessage(1021, LogLevel.Warning, "Journey {Journey} was paused by itself: {Why}")]
    public static partial void Stopped(this ILogger logger, string journey, string why);

    [LoggerMessage(1022, LogLevel.Information, "Journey {Journey}, test {Test}: '{Variant}' has won")]
    public static partial void Won(this ILogger logger, string journey, string test, string variant);

    [LoggerMessage(1004, LogLevel.Information, "Shard {Shard}: {Woken} of {Customers} customers woken")]
    public static partial void Applied(this ILogger logger, int shard, int woken, int customers);

    [LoggerMessage(1006, LogLevel.Information, "Recommendations {Id} are in force: {Products} products, {Pairs} pairs, {Buyers} buyers")]
    public static partial void Recommends(this ILogger logger, string id, int products, int pairs, long buyers);

    [LoggerMessage(1005, LogLevel.Error, "Journey {Journey}, version {Version}: the stored definition can't be read: {Error}")]
    public static partial void DefinitionUnreadable(this ILogger logger, string journey, string version, string error);

    [LoggerMessage(1007, LogLevel.Information, "Reports: {Days} days rolled up from {Facts} facts")]
    public static partial void RolledUp(this ILogger logger, int days, int facts);

    [LoggerMessage(1023, LogLevel.Error, "Campaigns {Version} are in force and can't be read here; what was in force goes on: {Error}")]
    public static partial void FolderUnreadable(this ILogger logger, string version, string error);

    [LoggerMessage(1024, LogLevel.Information, "Campaigns {Version} with {Journeys} journeys, published meanwhile, are taken up")]
    public static partial void FolderTakenUp(this ILogger logger, string version, int journeys);
}
