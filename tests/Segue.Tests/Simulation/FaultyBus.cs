using Segue.Messaging;
using Segue.Ports;
using Segue.Simulation;

namespace Segue.Tests.Simulation;

/// <summary>A bus on which sending may go wrong; what goes wrong in delivering is <see cref="FaultyWorld"/>'s.</summary>
internal sealed class FaultyBus(Turnstile turns, Action<string, BusMessage> accept) : IMessageBus
{
    private static readonly FaultKind[] One =
        [
            FaultKind.FailBefore, FaultKind.CrashBefore, FaultKind.CrashAfter, FaultKind.LostLock, FaultKind.Slow,
            FaultKind.DoneButThrows,
        ];

    private static readonly FaultKind[] Several = [.. One, FaultKind.PartlyDone];

    public async Task SendAsync(string queue, IReadOnlyList<BusMessage> messages, CancellationToken cancellation = default)
    {
        MessageRules.Check(queue, messages);
        await turns.CallAsync(queue, "send", messages.Count > 1 ? Several : One, fault =>
        {
            for (var i = 0; i < messages.Count; i++)
            {
                // Any of them may be there, not only the first ones.
                if (fault.Kind != FaultKind.PartlyDone || ((fault.Number >> (i % 64)) & 1) == 0)
                {
                    accept(queue, messages[i]);
                }
            }

            return Task.FromResult(true);
        });
    }
}
