namespace Segue.Local.Storage;

/// <summary>A message that its receiver holds locked: nobody else gets it before the lock ends.</summary>
/// <param name="Queue">The queue that it came from.</param>
/// <param name="Id">The id that its sender gave it.</param>
/// <param name="Body">UTF-8 JSON.</param>
/// <param name="Deliveries">How often it was received, this time included: from 1.</param>
/// <param name="LockedUntil">When it becomes visible again, unless renewed.</param>
/// <param name="Number">Its place; with <paramref name="Deliveries"/>, the lock's token.</param>
public sealed record ReceivedMessage(
    string Queue, string Id, string Body, int Deliveries, DateTimeOffset LockedUntil, long Number);

/// <summary>What is in a queue.</summary>
/// <param name="Ready">Can be received now.</param>
/// <param name="Scheduled">Not yet due: sent for later, or put back with a delay.</param>
/// <param name="Locked">With a receiver.</param>
/// <param name="DeadLetters">Set aside for good.</param>
public sealed record QueueCounts(long Ready, long Scheduled, long Locked, long DeadLetters);

/// <summary>A message that was set aside.</summary>
/// <param name="Number">Its number, by which it is replayed or dropped.</param>
/// <param name="Queue">The queue that it was in.</param>
/// <param name="Id">The id that its sender gave it.</param>
/// <param name="Body">UTF-8 JSON.</param>
/// <param name="Deliveries">How often it was received.</param>
/// <param name="Reason">Why it was set aside.</param>
/// <param name="DiedAt">When.</param>
public sealed record DeadLetter(
    long Number, string Queue, string Id, string Body, int Deliveries, string Reason, DateTimeOffset DiedAt);
