using Segue.Benchmarks.Running;
using Segue.Campaigns;

namespace Segue.Benchmarks.Engine;

/// <summary>
/// Handles a queue's messages through the whole engine, and beside it makes the same commits and queue operations bare: on a
/// copy of the same database, by the same adapters, as many at a time, with nothing read, evaluated or serialised.
/// </summary>
internal sealed class BesideBare(Scratch scratch, string prepared, CampaignSet campaigns, TimeProvider clock, string queue, int atATime)
{
    /// <summary>Seconds of both sides in each round, the messages handled and the bytes allocated by our side a message.</summary>
    public async Task<(IReadOnlyList<(double Ours, double Theirs)> Rounds, int Messages, double Allocated)> RunAsync(int rounds)
    {
        var (messages, allocated) = (0, 0.0);
        PortRecorder? recorder = null;
        await OnCopyAsync(
            async shop => await shop.DrainAsync(queue, atATime, m => recorder!.RecordAsync(m.Id, () => shop.HandlerOf(queue)(m))),
            (s, b) => (recorder = new PortRecorder(s, b, reads: false), recorder));
        var both = await Turns.TakeAsync(
            rounds,
            () => OnCopyAsync(async shop =>
            {
                var before = GC.GetTotalAllocatedBytes(precise: true);
                messages = await shop.DrainAsync(queue, atATime);
                allocated = (GC.GetTotalAllocatedBytes(precise: true) - before) / (double)messages;
            }),
            () => OnCopyAsync(shop =>
            {
                var replay = recorder!.Replay(shop.Store, shop.Bus);
                return shop.DrainAsync(queue, atATime, m => replay(m.Id));
            }));
        return (both, messages, allocated);
    }

    private async Task<double> OnCopyAsync(
        Func<SqliteShop, Task> work, Func<Segue.Ports.ITableStore, Segue.Ports.IMessageBus, (Segue.Ports.ITableStore, Segue.Ports.IMessageBus)>? through = null)
    {
        var folder = scratch.Copy(prepared);
        try
        {
            using var shop = new SqliteShop(folder, campaigns, clock, through);
            return await Turns.TimeAsync(() => work(shop));
        }
        finally
        {
            Scratch.Remove(folder);
        }
    }
}
