namespace Segue.Local.Storage;

/// <summary>The messages that were set aside: to be looked at, and replayed or dropped.</summary>
public sealed class SqliteDeadLetters(SqliteDatabase database, TimeProvider time)
{
    /// <summary>The dead letters of a queue, or of all; the oldest number first.</summary>
    /// <param name="queue">The queue, or null for all.</param>
    /// <param name="after">Only those with a higher number: the last one of the page before.</param>
    /// <param name="atMost">How many.</param>
    public IReadOnlyList<DeadLetter> List(string? queue = null, long after = 0, int atMost = 100) =>
        database.Read(session =>
        {
            using var found = session.Query(
                """
                SELECT number, queue, id, body, deliveries, reason, died_at FROM dead_letters
                WHERE number > $1 AND ($2 IS NULL OR queue = $2) ORDER BY number LIMIT $3
                """,
                after,
                queue,
                atMost);
            var letters = new List<DeadLetter>();
            while (found.Read())
            {
                letters.Add(new(
                    found.GetInt64(0),
                    found.GetString(1),
                    found.GetString(2),
                    found.GetString(3),
                    found.GetInt32(4),
                    found.GetString(5),
                    new(found.GetInt64(6), TimeSpan.Zero)));
            }

            return letters;
        });

    /// <summary>How many there are, of all queues.</summary>
    public long Count() => database.Read(session => (long)session.Scalar("SELECT count(*) FROM dead_letters")!);

    /// <summary>Puts one back on its queue, as new. False if there is none of this number.</summary>
    public async Task<bool> ReplayAsync(long number)
    {
        var now = time.GetUtcNow().UtcTicks;
        var queue = await database.WriteAsync(writer =>
        {
            var queue = (string?)writer.Session.Scalar("SELECT queue FROM dead_letters WHERE number = $1", number);
            writer.Session.Execute(
                "INSERT INTO messages (queue, id, body, visible_at) SELECT queue, id, body, $2 FROM dead_letters WHERE number = $1",
                number,
                now);
            writer.Session.Execute("DELETE FROM dead_letters WHERE number = $1", number);
            return queue;
        });
        if (queue is not null)
        {
            database.Signals.Raise(queue);
        }

        return queue is not null;
    }

    /// <summary>Removes one for good. False if there is none of this number.</summary>
    public async Task<bool> DropAsync(long number) =>
        await database.WriteAsync(writer => writer.Session.Execute("DELETE FROM dead_letters WHERE number = $1", number)) > 0;
}
