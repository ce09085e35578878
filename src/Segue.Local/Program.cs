using Microsoft.Extensions.Logging;
using Segue.Local.Commands;
using Segue.Local.Shop;

using var loggers = LoggerFactory.Create(logging => logging
    .SetMinimumLevel(LogLevel.Warning)
    .AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace));
return await new SegueCommandLine(new LocalShopOpener(TimeProvider.System, loggers), TimeProvider.System, CommandStreams.OfProcess())
    .RunAsync(args);
