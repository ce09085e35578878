using System.Text.Json;

namespace Segue.Benchmarks.Bill;

/// <summary>List prices and what the bill assumes of a shop: docs/performance/prices.json.</summary>
internal sealed record Prices(
    StoragePrices Tables, BusPrices ServiceBus, ComputePrices Functions, MailPrices Mail, ShopAssumptions PerCustomerAndMonth, IReadOnlyList<HostedTool> HostedTools)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { ReadCommentHandling = JsonCommentHandling.Skip };

    /// <summary>Reads the file.</summary>
    public static async Task<Prices> ReadAsync(string file, CancellationToken cancellation)
    {
        await using var stream = File.OpenRead(file);
        return (await JsonSerializer.DeserializeAsync<Prices>(stream, Options, cancellation))!;
    }
}

/// <summary>Where a price is from, on which day it stood there, and whether it was read there or is from memory.</summary>
internal sealed record PriceSource(string Url, string Date, bool Verified);

/// <param name="PerGbMonth">US dollars.</param>
/// <param name="Per10000Transactions">US dollars; a batch is one transaction.</param>
/// <param name="Source">Where it is from.</param>
internal sealed record StoragePrices(decimal PerGbMonth, decimal Per10000Transactions, PriceSource Source);

/// <param name="Base">US dollars a month of the Standard tier.</param>
/// <param name="Tiers">Operations up to a number a month, and the price of a million of them; the last has no end.</param>
/// <param name="Source">Where it is from.</param>
internal sealed record BusPrices(decimal Base, IReadOnlyList<BusTier> Tiers, PriceSource Source);

/// <param name="UntilMillions">The tier's end; null for none.</param>
/// <param name="PerMillion">US dollars.</param>
internal sealed record BusTier(decimal? UntilMillions, decimal PerMillion);

/// <param name="PerGbSecond">US dollars, Flex Consumption, on demand.</param>
/// <param name="PerMillionExecutions">US dollars.</param>
/// <param name="FreeGbSeconds">A month.</param>
/// <param name="FreeExecutions">A month.</param>
/// <param name="Source">Where it is from.</param>
internal sealed record ComputePrices(decimal PerGbSecond, decimal PerMillionExecutions, decimal FreeGbSeconds, decimal FreeExecutions, PriceSource Source);

/// <param name="Per1000">US dollars.</param>
/// <param name="Source">Where it is from.</param>
internal sealed record MailPrices(decimal Per1000, PriceSource Source);

/// <summary>What a customer does in a month, on average, and what handling costs.</summary>
internal sealed record ShopAssumptions(
    decimal Orders, decimal OrdersEntering, decimal Steps, decimal Mails, decimal MailReports, decimal Recomputed, decimal Kilobytes,
    decimal MillisecondsAMessage, decimal InstanceGb, decimal BusOperationsAMessage);

/// <param name="Name">The tool.</param>
/// <param name="Contacts">Contacts that the price is for.</param>
/// <param name="PerMonth">US dollars.</param>
/// <param name="Source">Where it is from.</param>
internal sealed record HostedTool(string Name, int Contacts, decimal PerMonth, PriceSource Source);
