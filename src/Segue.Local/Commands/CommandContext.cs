using System.CommandLine;
using Segue.Campaigns;
using Segue.Http.Journeys;
using Segue.Ports;

namespace Segue.Local.Commands;

/// <summary>What every command has at hand: the common options, the shop behind them, and where to print.</summary>
internal sealed class CommandContext(IShopOpener opener, TimeProvider clock, CommandStreams streams)
{
    public Option<string> Data { get; } = new("--data")
    {
        Description = "The folder that holds the shop's data.", HelpName = "DIR", Recursive = true,
        DefaultValueFactory = _ => ".segue",
    };

    public Option<string?> Campaigns { get; } = new("--campaigns")
    {
        Description = "The campaigns folder. [default: the shipped ones]", HelpName = "DIR", Recursive = true,
    };

    public Option<OutputFormat> Format { get; } = new("--format")
    {
        Description = "How results are printed: table or json.", HelpName = "table|json", Recursive = true,
        CustomParser = OutputFormats.Parse, DefaultValueFactory = _ => OutputFormat.Table,
    };

    public IShopOpener Opener { get; } = opener;

    public TimeProvider Clock { get; } = clock;

    public CommandStreams Streams { get; } = streams;

    public Printer PrinterFor(ParseResult parsed) => new(Streams, parsed.GetValue(Format));

    public string CampaignsFor(ParseResult parsed) =>
        CampaignsFolder.Find(parsed.GetValue(Campaigns), Environment.CurrentDirectory, AppContext.BaseDirectory);

    /// <summary>Opens the shop, runs the use case on it, and turns refusals into exit code 1.</summary>
    public Task<int> WithShopAsync(
        ParseResult parsed, bool writes, Func<IShop, Printer, Task<int>> use, CancellationToken cancellation) =>
        GuardAsync(
            async () =>
            {
                ShopOptions options = new(parsed.GetValue(Data)!, CampaignsFor(parsed), writes);
                await using var shop = await Opener.OpenAsync(options, cancellation);
                return await use(shop, PrinterFor(parsed));
            },
            cancellation);

    /// <summary>As <see cref="WithShopAsync"/>, for switching journeys: also while a server holds the data folder.</summary>
    public Task<int> WithSwitchboardAsync(
        ParseResult parsed, Func<ISwitchboard, Printer, Task<int>> use, CancellationToken cancellation) =>
        GuardAsync(
            async () =>
            {
                ShopOptions options = new(parsed.GetValue(Data)!, CampaignsFor(parsed), Writes: true);
                await using var switchboard = await Opener.OpenSwitchboardAsync(options, cancellation);
                return await use(switchboard, PrinterFor(parsed));
            },
            cancellation);

    /// <summary>Runs, and turns refusals into exit code 1 with a message on standard error.</summary>
    public async Task<int> GuardAsync(Func<Task<int>> run, CancellationToken cancellation)
    {
        try
        {
            return await run();
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            await Streams.Error.WriteLineAsync("Stopped.");
        }
        catch (Exception e) when (e is RefusedException or JourneyNotFoundException or JourneySwitchException
            or CampaignsMovedOnException or CampaignVersionNotFoundException or TableLimitException
            or PortUnavailableException or IOException or UnauthorizedAccessException)
        {
            await Streams.Error.WriteLineAsync(e.Message);
        }

        return ExitCodes.Refused;
    }
}

/// <summary>What the program's exit says.</summary>
public static class ExitCodes
{
    /// <summary>Done.</summary>
    public const int Done = 0;

    /// <summary>The input was refused.</summary>
    public const int Refused = 1;

    /// <summary>Wrong usage.</summary>
    public const int Usage = 2;
}
