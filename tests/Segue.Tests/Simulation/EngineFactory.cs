using Segue.Messaging;
using Segue.Ports;

namespace Segue.Tests.Simulation;

/// <summary>Makes one worker's instance of the functions, over that worker's ports. It must not call them yet.</summary>
internal delegate (IReadOnlyList<QueueTrigger> Queues, IReadOnlyList<TimerTrigger> Timers) EngineFactory(
    ITableStore store, IMessageBus bus, IEmailSender sender, TimeProvider clock);
