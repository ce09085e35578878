using Segue.Benchmarks.Engine;
using Segue.Messaging;
using Segue.Storage;

namespace Segue.Benchmarks.Ports;

/// <summary>
/// What each piece of work costs at the ports, in a shop that has run for a while: what a handler keeps between messages
/// (campaigns for 5 seconds, the mark of the day for 4 minutes) is warm.
/// </summary>
internal static class Operations
{
    public const string FirstOrder = "first order of a customer";
    public const string Order = "order";
    public const string EnteringOrder = "order that enters a journey";
    public const string EmptyTick = "tick with nothing due";
    public const string Step = "step";
    public const string SendingStep = "step that plans a mail";
    public const string Send = "send";
    public const string Recomputed = "recomputed customer";

    /// <summary>Every piece, by name.</summary>
    public static async Task<IReadOnlyDictionary<string, OperationCount>> CountAsync()
    {
        var shop = await CountedShop.OpenAsync(BenchmarkCampaigns.ThreeOrdersEnter());
        var counts = new Dictionary<string, OperationCount>();
        await shop.WarmAsync();
        counts[FirstOrder] = await OrderAsync();
        counts[Order] = await OrderAsync();
        counts[EnteringOrder] = await OrderAsync();
        shop.Wait(TimeSpan.FromMinutes(15));
        await shop.TickAsync();
        shop.Wait(TimeSpan.FromMinutes(15));
        counts[EmptyTick] = await shop.TickAsync();

        // The journey waits two hours, notes something and waits two hours more; then a mail goes.
        counts[Step] = await DueAsync(TimeSpan.FromHours(2), Queues.JourneySteps);
        counts[SendingStep] = await DueAsync(TimeSpan.FromHours(2), Queues.JourneySteps);
        counts[Send] = await AnnasAsync(Queues.Emails);
        await shop.SettleAsync();
        counts[Recomputed] = await DueAsync(TimeSpan.FromDays(60), Queues.Customers);
        return counts;

        async Task<OperationCount> OrderAsync()
        {
            shop.Wait(TimeSpan.FromSeconds(1));
            await shop.OrderAsync("anna");
            return await AnnasAsync(Queues.Customers);
        }

        async Task<OperationCount> DueAsync(TimeSpan wait, string queue)
        {
            await shop.SettleAsync();
            shop.Wait(wait);
            await shop.WarmAsync(settle: false);
            await shop.TickAsync();
            return await AnnasAsync(queue);
        }

        // What changes her, not the wake-ups that find nothing to do.
        async Task<OperationCount> AnnasAsync(string queue)
        {
            while (await shop.HandleAsync() is { } handled)
            {
                if (handled.Queue == queue && handled.Body.Contains("\"anna\"", StringComparison.Ordinal) && handled.Count.Batches.ContainsKey(Tables.Customers))
                {
                    return handled.Count;
                }
            }

            throw new InvalidOperationException($"Nothing in {queue} changes her.");
        }
    }
}
