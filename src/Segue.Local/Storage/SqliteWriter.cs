using System.Globalization;
using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace Segue.Local.Storage;

/// <summary>
/// The one thread that writes. It takes all jobs that wait, runs them in one transaction, and completes them when that
/// is on disk: many callers share the cost of one synchronisation.
/// </summary>
internal sealed class SqliteWriter : IDisposable
{
    private const int WaitingJobs = 4096;
    private const int JobsInGroup = 512;
    private const long ReservedETags = 1_000_000;

    private readonly SqliteSession session;
    private readonly string file;
    private readonly Thread thread;
    private readonly Dictionary<string, long> tableIds = new(StringComparer.Ordinal);
    private readonly Channel<WriteJob> jobs = Channel.CreateBounded<WriteJob>(
        new BoundedChannelOptions(WaitingJobs) { SingleReader = true });

    private long etag;
    private long reservedETags;

    public SqliteWriter(SqliteSession session, string file)
    {
        this.session = session;
        this.file = file;
        reservedETags = etag = (long?)session.Scalar("SELECT reserved FROM counters WHERE name = 'etag'") ?? 0;
        thread = new(Run) { IsBackground = true, Name = "Segue writer" };
        thread.Start();
    }

    /// <summary>The connection; for jobs only, on the writer's thread.</summary>
    public SqliteSession Session => session;

    /// <summary>Queues a job and waits until it is on disk. Giving up does not undo it.</summary>
    public async Task<T> WriteAsync<T>(Func<SqliteWriter, T> write, CancellationToken cancellation)
    {
        var job = new WriteJob<T>(write);
        try
        {
            await jobs.Writer.WriteAsync(job, cancellation);
        }
        catch (ChannelClosedException)
        {
            throw new ObjectDisposedException(nameof(SqliteDatabase));
        }

        return await job.Task.WaitAsync(cancellation);
    }

    /// <summary>The next ETag; rises for ever, also across restarts.</summary>
    public long NextETag()
    {
        // One write reserves many; what a crash leaves unused is skipped.
        if (etag >= reservedETags)
        {
            reservedETags = etag + ReservedETags;
            session.Execute(
                "INSERT INTO counters VALUES ('etag', $1) ON CONFLICT DO UPDATE SET reserved = excluded.reserved",
                reservedETags);
        }

        return ++etag;
    }

    /// <summary>The number of a table, which is made if it is new.</summary>
    public long TableId(string table)
    {
        if (!tableIds.TryGetValue(table, out var id))
        {
            session.Execute("INSERT INTO tables (name) VALUES ($1) ON CONFLICT DO NOTHING", table);
            id = Convert.ToInt64(session.Scalar("SELECT id FROM tables WHERE name = $1", table), CultureInfo.InvariantCulture);
            tableIds.Add(table, id);
        }

        return id;
    }

    /// <summary>Writes what waits and ends the thread.</summary>
    public void Dispose()
    {
        if (jobs.Writer.TryComplete())
        {
            thread.Join();
        }
    }

    private void Run()
    {
        var group = new List<WriteJob>(JobsInGroup);
        while (jobs.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            group.Clear();
            while (group.Count < JobsInGroup && jobs.Reader.TryRead(out var job))
            {
                group.Add(job);
            }

            RunGroup(group);
        }
    }

    private void RunGroup(List<WriteJob> group)
    {
        try
        {
            session.Execute("BEGIN IMMEDIATE");
            foreach (var job in group)
            {
                RunJob(job);
            }

            session.Execute("COMMIT");
        }
        catch (SqliteException e)
        {
            RollBack();
            var exception = SqliteErrors.ToPortException(e, file);
            group.ForEach(job => job.Fail(exception));
            return;
        }

        group.ForEach(job => job.Complete());
    }

    private void RunJob(WriteJob job)
    {
        session.Execute("SAVEPOINT job");
        try
        {
            job.Run(this);
        }
#pragma warning disable CA1031 // Whatever a job throws is its caller's, and must not end the thread that serves all.
        catch (Exception e) when (e is not SqliteException)
#pragma warning restore CA1031
        {
            session.Execute("ROLLBACK TO job");
            job.Refusal = e;
            ForgetUncommitted();
        }

        session.Execute("RELEASE job");
    }

    private void RollBack()
    {
        ForgetUncommitted();
        try
        {
            session.Execute("ROLLBACK");
        }
        catch (SqliteException)
        {
            // SQLite rolls back by itself after some errors, and then has nothing left to roll back.
        }
    }

    /// <summary>Tables and reservations may have been undone: they are looked up and made anew when next needed.</summary>
    private void ForgetUncommitted()
    {
        tableIds.Clear();
        reservedETags = etag;
    }
}
