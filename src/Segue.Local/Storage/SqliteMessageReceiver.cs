namespace Segue.Local.Storage;

/// <summary>The receiving side of the queues in SQLite.</summary>
/// <remarks>
/// A message that was received is hidden until its lock ends, and is delivered again then, unless its receiver has
/// completed it. What a receiver says about a message whose lock was lost, because another received it since or it was
/// put back, changes nothing and answers false.
/// </remarks>
public sealed class SqliteMessageReceiver(SqliteDatabase database, TimeProvider time)
{
    /// <summary>After so many deliveries without completion a message becomes a dead letter.</summary>
    public const int MaxDeliveries = 10;

    private const string ThisLock = "number = $1 AND deliveries = $2 AND locked = 1";

    // However far the next message is: a clock that was set is noticed within this.
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    /// <summary>Locks up to <paramref name="atMost"/> messages that are due, those due longest first.</summary>
    /// <param name="queue">The queue.</param>
    /// <param name="atMost">How many, 1 to 1,000.</param>
    /// <param name="lockFor">How long nobody else gets them.</param>
    /// <exception cref="Ports.PortUnavailableException">Try again; messages may be locked all the same.</exception>
    public Task<IReadOnlyList<ReceivedMessage>> ReceiveAsync(string queue, int atMost, TimeSpan lockFor)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(atMost, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(atMost, 1000);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(lockFor, TimeSpan.Zero);

        // Can't be cancelled: messages would be locked with nobody who knows of it.
        return database.WriteAsync<IReadOnlyList<ReceivedMessage>>(writer =>
        {
            var now = time.GetUtcNow();
            var received = new List<ReceivedMessage>();
            while (received.Count < atMost)
            {
                var due = Due(writer.Session, queue, now, atMost - received.Count);
                if (due.Count == 0)
                {
                    break;
                }

                foreach (var message in due)
                {
                    if (message.Deliveries >= MaxDeliveries)
                    {
                        SetAside(writer.Session, message.Number, null, now);
                    }
                    else
                    {
                        received.Add(Lock(writer.Session, message, now + lockFor));
                    }
                }
            }

            return received;
        });
    }

    /// <summary>The message's effects are out: removes it. False if the lock was lost.</summary>
    public Task<bool> CompleteAsync(ReceivedMessage message) =>
        Change(message, session => session.Execute("DELETE FROM messages WHERE " + ThisLock, message.Number, message.Deliveries));

    /// <summary>Puts the message back, now or later; after the last delivery, among the dead letters. False if the lock was lost.</summary>
    /// <param name="message">The message.</param>
    /// <param name="delay">How long until it can be received again.</param>
    /// <param name="error">What went wrong; named as the reason should it become a dead letter.</param>
    /// <param name="passing">
    /// Whether what went wrong passes by itself, as a full disk does: after the last delivery the message then begins anew.
    /// </param>
    public async Task<bool> AbandonAsync(ReceivedMessage message, TimeSpan delay = default, string? error = null, bool passing = false)
    {
        ArgumentNullException.ThrowIfNull(message);
        var now = time.GetUtcNow();
        var held = await Change(message, session =>
        {
            var changed = session.Execute(
                "UPDATE messages SET locked = 0, visible_at = $3, last_error = coalesce($4, last_error) WHERE " + ThisLock,
                message.Number,
                message.Deliveries,
                (now + delay).UtcTicks,
                error);
            if (changed > 0 && message.Deliveries >= MaxDeliveries)
            {
                if (passing)
                {
                    Renew(session, message.Number);
                }
                else
                {
                    SetAside(session, message.Number, null, now);
                }
            }

            return changed;
        });
        database.Signals.Raise(message.Queue);
        return held;
    }

    /// <summary>Keeps the message locked for longer, from now on. False if the lock was lost.</summary>
    public Task<bool> RenewAsync(ReceivedMessage message, TimeSpan lockFor)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(lockFor, TimeSpan.Zero);
        return Change(message, session => session.Execute(
            "UPDATE messages SET visible_at = $3 WHERE " + ThisLock,
            message.Number,
            message.Deliveries,
            (time.GetUtcNow() + lockFor).UtcTicks));
    }

    /// <summary>Sets the message aside for good. False if the lock was lost.</summary>
    public Task<bool> DeadLetterAsync(ReceivedMessage message, string reason) =>
        Change(message, session =>
        {
            // To take the lock and then move it is two statements of one transaction.
            var held = session.Execute("UPDATE messages SET locked = 0 WHERE " + ThisLock, message.Number, message.Deliveries);
            if (held > 0)
            {
                SetAside(session, message.Number, reason, time.GetUtcNow());
            }

            return held;
        });

    /// <summary>Returns once the queue has a message that can be received; another receiver may get it first.</summary>
    public async Task WaitAsync(string queue, CancellationToken cancellation)
    {
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            var changed = database.Signals.Next(queue);
            var next = database.Read(session => (long?)session.Scalar(
                "SELECT visible_at FROM messages WHERE queue = $1 ORDER BY visible_at LIMIT 1", queue));
            var wait = next is null ? LongestWait : new DateTimeOffset(next.Value, TimeSpan.Zero) - time.GetUtcNow();
            if (wait <= TimeSpan.Zero)
            {
                return;
            }

            // Timers drop fractions of milliseconds, and would wake too early over and over.
            wait = TimeSpan.FromMilliseconds(Math.Ceiling(Math.Min(wait.TotalMilliseconds, LongestWait.TotalMilliseconds)));
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            await Task.WhenAny(changed, Task.Delay(wait, time, stop.Token));
            await stop.CancelAsync();
        }
    }

    /// <summary>How many messages the queue holds now, by state.</summary>
    public QueueCounts Count(string queue)
    {
        var now = time.GetUtcNow().UtcTicks;
        return database.Read(session =>
        {
            using var counts = session.Query(
                """
                SELECT count(*) FILTER (WHERE visible_at <= $2),
                       count(*) FILTER (WHERE visible_at > $2 AND NOT locked),
                       count(*) FILTER (WHERE visible_at > $2 AND locked),
                       (SELECT count(*) FROM dead_letters WHERE queue = $1)
                FROM messages WHERE queue = $1
                """,
                queue,
                now);
            counts.Read();
            return new QueueCounts(counts.GetInt64(0), counts.GetInt64(1), counts.GetInt64(2), counts.GetInt64(3));
        });
    }

    /// <summary>How many messages of the queue are due and with nobody, counted up to <paramref name="atMost"/>.</summary>
    /// <exception cref="Ports.PortUnavailableException">Try again.</exception>
    public int CountReady(string queue, int atMost)
    {
        var now = time.GetUtcNow().UtcTicks;
        return (int)database.Read(session => (long)session.Scalar(
            "SELECT count(*) FROM (SELECT 1 FROM messages WHERE queue = $1 AND visible_at <= $2 LIMIT $3)", queue, now, atMost)!);
    }

    private static List<ReceivedMessage> Due(SqliteSession session, string queue, DateTimeOffset now, int atMost)
    {
        using var found = session.Query(
            """
            SELECT id, body, deliveries, number FROM messages
            WHERE queue = $1 AND visible_at <= $2 ORDER BY visible_at, number LIMIT $3
            """,
            queue,
            now.UtcTicks,
            atMost);
        var due = new List<ReceivedMessage>();
        while (found.Read())
        {
            due.Add(new(queue, found.GetString(0), found.GetString(1), found.GetInt32(2), now, found.GetInt64(3)));
        }

        return due;
    }

    private static ReceivedMessage Lock(SqliteSession session, ReceivedMessage message, DateTimeOffset until)
    {
        session.Execute(
            "UPDATE messages SET visible_at = $2, locked = 1, deliveries = deliveries + 1 WHERE number = $1",
            message.Number,
            until.UtcTicks);
        return message with { Deliveries = message.Deliveries + 1, LockedUntil = until };
    }

    /// <summary>The same message under a number of its own: number and deliveries name one receipt for ever.</summary>
    private static void Renew(SqliteSession session, long number)
    {
        session.Execute(
            """
            INSERT INTO messages (queue, id, body, visible_at, last_error)
            SELECT queue, id, body, visible_at, last_error FROM messages WHERE number = $1
            """,
            number);
        session.Execute("DELETE FROM messages WHERE number = $1", number);
    }

    private static void SetAside(SqliteSession session, long number, string? reason, DateTimeOffset now)
    {
        session.Execute(
            """
            INSERT INTO dead_letters
            SELECT number, queue, id, body, deliveries,
                   coalesce($2, 'Delivered ' || deliveries || ' times and never completed' || coalesce(': ' || last_error, '.')), $3
            FROM messages WHERE number = $1
            """,
            number,
            reason,
            now.UtcTicks);
        session.Execute("DELETE FROM messages WHERE number = $1", number);
    }

    private async Task<bool> Change(ReceivedMessage message, Func<SqliteSession, int> change)
    {
        ArgumentNullException.ThrowIfNull(message);
        return await database.WriteAsync(writer => change(writer.Session)) > 0;
    }
}
