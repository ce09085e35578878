namespace Segue.Messaging;

/// <summary>Messages that come before their moment, and go back for it.</summary>
internal static class EarlyMessages
{
    /// <summary>
    /// When the bus is to deliver such a message again. Where it is early by a clock's skew, the bus thinks that the moment
    /// has come: then it goes back for as long as this clock is behind.
    /// </summary>
    /// <param name="at">The message's moment.</param>
    /// <param name="now">The moment on this clock, before it.</param>
    public static DateTimeOffset DeliverAt(DateTimeOffset at, DateTimeOffset now)
    {
        var early = at - now;
        return early < TimeSpan.FromMinutes(1) ? at + early : at;
    }
}
