namespace Segue.Tests.Simulation;

/// <summary>What can go wrong.</summary>
public enum FaultKind
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The call throws PortUnavailableException and had no effect.</summary>
    FailBefore,

    /// <summary>The call takes effect and throws PortUnavailableException all the same.</summary>
    DoneButThrows,

    /// <summary>Some of the messages are sent, then the call throws.</summary>
    PartlyDone,

    /// <summary>A commit that names an ETag is refused as if the row had changed, without effect.</summary>
    Conflict,

    /// <summary>A page has fewer rows than it could.</summary>
    ShortPage,

    /// <summary>The call waits until nothing else can run.</summary>
    Slow,

    /// <summary>The worker dies before the call: every handler on it is gone with its memory.</summary>
    CrashBefore,

    /// <summary>The worker dies after the call took effect.</summary>
    CrashAfter,

    /// <summary>The message's lock is lost at the call: it is delivered again while this handler goes on.</summary>
    LostLock,

    /// <summary>The message is delivered twice.</summary>
    Duplicate,

    /// <summary>The message is delivered seconds late.</summary>
    Delay,

    /// <summary>The message is delivered after others that came later.</summary>
    Reorder,

    /// <summary>A worker's clock is seconds ahead or behind.</summary>
    ClockSkew,

    /// <summary>The e-mail is accepted, the answer is unknown.</summary>
    UnknownAccepted,

    /// <summary>The e-mail is not accepted, the answer is unknown.</summary>
    UnknownNotAccepted,

    /// <summary>The e-mail is not accepted and may be tried seconds later.</summary>
    TryAfter,

    /// <summary>The e-mail is refused for good.</summary>
    Rejected,
}
