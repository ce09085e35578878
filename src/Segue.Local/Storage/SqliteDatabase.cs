using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace Segue.Local.Storage;

/// <summary>How a database is opened.</summary>
/// <param name="Synchronous">
/// Whether a write that was reported done survives a loss of power (as it always survives the end of the process).
/// Without, the last moments before such a loss may be gone, all of them together; writes are faster.
/// </param>
/// <param name="BusySeconds">How long a write tries while another program holds the file; at least 1.</param>
public sealed record SqliteOptions(bool Synchronous = true, int BusySeconds = 5);

/// <summary>
/// A data folder's one file, <c>segue.db</c>, which holds tables and queues. One process writes, any number read.
/// Safe for any number of threads.
/// </summary>
public sealed class SqliteDatabase : IDisposable
{
    /// <summary>The database's file in its folder.</summary>
    public const string FileName = "segue.db";

    private const int IdleReaders = 8;

    private readonly string file;
    private readonly DataFolderLock? folderLock;
    private readonly SqliteSession? writeSession;
    private readonly SqliteWriter? writer;
    private readonly ConcurrentStack<SqliteSession> readers = new();
    private volatile bool disposed;

    private SqliteDatabase(string file, DataFolderLock? folderLock, SqliteSession? writeSession)
    {
        this.file = file;
        this.folderLock = folderLock;
        this.writeSession = writeSession;
        writer = writeSession is null ? null : new(writeSession, file);
    }

    /// <summary>Opens a folder for writing and reading; folder and file are made where they are missing.</summary>
    /// <exception cref="DataFolderInUseException">Another process writes to it.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, or from a newer version of Segue.</exception>
    /// <exception cref="Ports.PortUnavailableException">The file can't be opened or written to.</exception>
    public static SqliteDatabase Open(string folder, SqliteOptions? options = null)
    {
        options ??= new();
        folder = Path.GetFullPath(folder);
        Directory.CreateDirectory(folder);
        var file = Path.Combine(folder, FileName);
        var folderLock = DataFolderLock.Take(folder);
        SqliteSession? session = null;
        try
        {
            session = new(file, SqliteOpenMode.ReadWriteCreate, options.BusySeconds);
            session.Execute("PRAGMA page_size = 8192");
            session.Execute("PRAGMA journal_mode = WAL");
            session.Execute(options.Synchronous ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL");
            session.Execute("PRAGMA cache_size = -65536");
            session.Execute("PRAGMA journal_size_limit = 67108864");
            SqliteSchema.Ensure(session, file);

            // Nobody else has the folder, so whoever locked a message is gone: nobody need wait for the lock to end.
            session.Execute("UPDATE messages SET locked = 0, visible_at = 0 WHERE locked = 1");
            return new(file, folderLock, session);
        }
        catch (Exception e)
        {
            session?.Dispose();
            folderLock.Dispose();
            if (e is SqliteException sqlite)
            {
                throw SqliteErrors.ToPortException(sqlite, file);
            }

            throw;
        }
    }

    /// <summary>Opens a folder for reading only, also while another process writes to it.</summary>
    /// <exception cref="FileNotFoundException">There is no data in the folder.</exception>
    public static SqliteDatabase OpenReadOnly(string folder)
    {
        var file = Path.Combine(Path.GetFullPath(folder), FileName);
        return File.Exists(file)
            ? new(file, null, null)
            : throw new FileNotFoundException($"There is no data in {Path.GetFullPath(folder)}: {FileName} is missing.", file);
    }

    /// <summary>Writes what waits, and gives the folder free.</summary>
    public void Dispose()
    {
        if (disposed)
        {
            return;
        }

        disposed = true;
        writer?.Dispose();
        while (readers.TryPop(out var reader))
        {
            reader.Dispose();
        }

        writeSession?.Dispose();
        folderLock?.Dispose();
    }

    /// <summary>Wakes receivers of the queues in this file.</summary>
    internal QueueSignals Signals { get; } = new();

    /// <summary>Runs <paramref name="write"/> on the writer's thread, and returns once it is on disk.</summary>
    internal Task<T> WriteAsync<T>(Func<SqliteWriter, T> write, CancellationToken cancellation = default)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        return writer?.WriteAsync(write, cancellation)
            ?? throw new InvalidOperationException($"{file} is open for reading only.");
    }

    /// <summary>Runs <paramref name="read"/> at once, on a connection of its own.</summary>
    internal T Read<T>(Func<SqliteSession, T> read)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        SqliteSession? session = null;
        try
        {
            if (!readers.TryPop(out session))
            {
                session = new(file, SqliteOpenMode.ReadOnly);
            }

            var answer = read(session);
            Return(session);
            session = null;
            return answer;
        }
        catch (SqliteException e)
        {
            throw SqliteErrors.ToPortException(e, file);
        }
        finally
        {
            session?.Dispose();
        }
    }

    /// <summary>The rows of a query as of one moment, on a connection of its own.</summary>
    internal IEnumerable<T> Stream<T>(string sql, Func<SqliteDataReader, T> convert)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        using var session = new SqliteSession(file, SqliteOpenMode.ReadOnly);
        using var rows = session.Query(sql);
        while (Advance(rows))
        {
            yield return convert(rows);
        }
    }

    private bool Advance(SqliteDataReader rows)
    {
        try
        {
            return rows.Read();
        }
        catch (SqliteException e)
        {
            throw SqliteErrors.ToPortException(e, file);
        }
    }

    private void Return(SqliteSession session)
    {
        if (readers.Count >= IdleReaders)
        {
            session.Dispose();
            return;
        }

        readers.Push(session);
        if (disposed && readers.TryPop(out var late))
        {
            late.Dispose();
        }
    }
}
