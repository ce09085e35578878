using Segue.Local.Storage;
using Segue.Ports;
using Segue.Tests.Ports;

namespace Segue.Tests.Local.Storage;

public sealed class SqliteDatabaseTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Open_SecondWriter_IsRefusedWithFolderAndProcess()
    {
        using (var first = SqliteDatabase.Open(folder.Path))
        {
            var e = Assert.Throws<DataFolderInUseException>(() => SqliteDatabase.Open(folder.Path));
            Assert.Equal((folder.Path, Environment.ProcessId), (e.Folder, e.ProcessId));
            Assert.Contains(folder.Path, e.Message, StringComparison.Ordinal);
            Assert.Contains($"{Environment.ProcessId}", e.Message, StringComparison.Ordinal);

            // The one that was refused took nothing from the first.
            await WriteAsync(first, "a", 1);
        }

        using var next = SqliteDatabase.Open(folder.Path);
        Assert.Equal(1, await ReadAsync(next, "a"));
    }

    [Fact]
    public void Open_ProcessFileOfADeadWriter_IsNoLock()
    {
        File.WriteAllText(folder.File("writer.pid"), "1");
        File.WriteAllText(folder.File("writer.lock"), "");
        SqliteDatabase.Open(folder.Path).Dispose();
    }

    [Fact]
    public async Task OpenReadOnly_BesideAWriter_ReadsWhatItWrites()
    {
        using var writer = SqliteDatabase.Open(folder.Path);
        await WriteAsync(writer, "a", 1);
        using var reader = SqliteDatabase.OpenReadOnly(folder.Path);
        Assert.Equal(1, await ReadAsync(reader, "a"));

        await WriteAsync(writer, "a", 2);
        Assert.Equal(2, await ReadAsync(reader, "a"));
        var e = await Assert.ThrowsAsync<InvalidOperationException>(() => WriteAsync(reader, "a", 3));
        Assert.Contains("reading only", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OpenReadOnly_WithoutAWriter_Reads()
    {
        using (var writer = SqliteDatabase.Open(folder.Path))
        {
            await WriteAsync(writer, "a", 1);
        }

        using var reader = SqliteDatabase.OpenReadOnly(folder.Path);
        Assert.Equal(1, await ReadAsync(reader, "a"));
    }

    [Fact]
    public void OpenReadOnly_EmptyFolder_SaysThatThereIsNoData()
    {
        var e = Assert.Throws<FileNotFoundException>(() => SqliteDatabase.OpenReadOnly(folder.Path));
        Assert.Contains(folder.Path, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_FileThatIsNoDatabase_SaysSoAndLeavesTheFolderFree()
    {
        File.WriteAllText(folder.File("segue.db"), new string('x', 10_000));
        var e = Assert.Throws<InvalidDataException>(() => SqliteDatabase.Open(folder.Path));
        Assert.Contains("segue.db", e.Message, StringComparison.Ordinal);

        File.Delete(folder.File("segue.db"));
        SqliteDatabase.Open(folder.Path).Dispose();
    }

    [Fact]
    public async Task Open_FileOfANewerVersion_SaysSo()
    {
        using (var database = SqliteDatabase.Open(folder.Path))
        {
            await database.WriteAsync(writer => writer.Session.Execute("PRAGMA user_version = 99"), Cancellation);
        }

        var e = Assert.Throws<InvalidDataException>(() => SqliteDatabase.Open(folder.Path));
        Assert.Contains("newer version", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_DiskFull_IsUnavailableAndLaterGoesOn()
    {
        using var database = SqliteDatabase.Open(folder.Path);
        await WriteAsync(database, "kept", 1);
        await database.WriteAsync(writer => writer.Session.Execute("PRAGMA max_page_count = 40"), Cancellation);

        var e = await Assert.ThrowsAsync<PortUnavailableException>(async () =>
        {
            for (var i = 0; i < 100; i++)
            {
                await WriteAsync(database, $"k{i}", new string('x', 10_000));
            }
        });
        Assert.Contains("disk is full", e.Message, StringComparison.Ordinal);
        Assert.Contains("segue.db", e.Message, StringComparison.Ordinal);
        Assert.Equal(1, await ReadAsync(database, "kept"));

        await database.WriteAsync(writer => writer.Session.Execute("PRAGMA max_page_count = 100000"), Cancellation);
        await WriteAsync(database, "after", 2);
        Assert.Equal(2, await ReadAsync(database, "after"));
    }

    [Fact]
    public async Task Write_ReadOnlyMedium_IsUnavailable()
    {
        using var database = SqliteDatabase.Open(folder.Path);
        await database.WriteAsync(writer => writer.Session.Execute("PRAGMA query_only = 1"), Cancellation);

        var e = await Assert.ThrowsAsync<PortUnavailableException>(() => WriteAsync(database, "a", 1));
        Assert.Contains("can't be written to", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_HeldByAnotherProgram_IsUnavailable()
    {
        using var database = SqliteDatabase.Open(folder.Path, new(BusySeconds: 1));
        using var other = new SqliteSession(folder.File("segue.db"), Microsoft.Data.Sqlite.SqliteOpenMode.ReadWrite);
        other.Execute("BEGIN IMMEDIATE");

        var e = await Assert.ThrowsAsync<PortUnavailableException>(() => WriteAsync(database, "a", 1));
        Assert.Contains("another process", e.Message, StringComparison.Ordinal);

        other.Execute("ROLLBACK");
        await WriteAsync(database, "a", 1);
    }

    [Fact]
    public async Task Write_JobThatThrows_HarmsNoOther()
    {
        using var database = SqliteDatabase.Open(folder.Path);
        var writes = Enumerable.Range(0, 50).Select(i => i % 5 == 0
            ? database.WriteAsync<int>(writer => throw new InvalidTimeZoneException("mine"), Cancellation)
            : database.WriteAsync(writer => writer.Session.Execute("INSERT INTO tables (name) VALUES ($1)", $"t{i}"), Cancellation)).ToList();

        for (var i = 0; i < 50; i++)
        {
            if (i % 5 == 0)
            {
                await Assert.ThrowsAsync<InvalidTimeZoneException>(() => writes[i]);
            }
            else
            {
                Assert.Equal(1, await writes[i]);
            }
        }

        Assert.Equal(40L, database.Read(session => session.Scalar("SELECT count(*) FROM tables")));
    }

    [Fact]
    public async Task Dispose_WritesThatWait_AreWrittenFirst()
    {
        var database = SqliteDatabase.Open(folder.Path);
        var writes = Enumerable.Range(0, 200).Select(i => WriteAsync(database, $"k{i}", i)).ToList();
        database.Dispose();
        await Task.WhenAll(writes);

        await Assert.ThrowsAsync<ObjectDisposedException>(() => WriteAsync(database, "late", 1));
        using var again = SqliteDatabase.Open(folder.Path);
        Assert.Equal(199, await ReadAsync(again, "k199"));
        Assert.False(File.Exists(folder.File("segue.db-wal")) && new FileInfo(folder.File("segue.db-wal")).Length > 0);
    }

    /// <summary>A copy of the files at a moment is what a process that was killed then leaves behind.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Open_AfterTheWriterWasKilled_HasAllThatWasReportedAndNoHalfBatch(int seed)
    {
        using var database = SqliteDatabase.Open(folder.Path);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var reported = new int[4];
        var store = new SqliteTableStore(database);
        var writers = Enumerable.Range(0, 4).Select(writer => Task.Run(async () =>
        {
            for (var i = 1; !stop.IsCancellationRequested; i++)
            {
                RowChange[] pair = [RowChange.Upsert("a", Props(i)), RowChange.Upsert("b", Props(i))];
                await store.CommitAsync("Pairs", $"{writer}", pair, Cancellation);
                Volatile.Write(ref reported[writer], i);
            }
        }, Cancellation)).ToList();

        using var copy = new TemporaryFolder();
        int[] before;
        (DateTime, long) unchanged;
        do
        {
            await Task.Delay(new Random(seed).Next(20, 200), Cancellation);
            before = [.. reported];
            unchanged = Stamp();
            File.Copy(folder.File("segue.db"), copy.File("segue.db"), overwrite: true);
            File.Copy(folder.File("segue.db-wal"), copy.File("segue.db-wal"), overwrite: true);
        }
        while (before.Contains(0) || Stamp() != unchanged); // between the two copies the log was moved into the file: no such moment ever was
        await stop.CancelAsync();
        await Task.WhenAll(writers);

        using var found = SqliteDatabase.Open(copy.Path);
        for (var writer = 0; writer < 4; writer++)
        {
            var page = await new SqliteTableStore(found).ReadAsync("Pairs", $"{writer}", KeyRange.All, cancellation: Cancellation);
            var values = page.Rows.Select(row => (int)row.Properties["value"]).ToList();
            Assert.Equal(2, values.Count);
            Assert.Single(values.Distinct());
            Assert.True(values[0] >= before[writer], $"Writer {writer}: {before[writer]} was reported, {values[0]} found.");
        }

        (DateTime, long) Stamp() => (File.GetLastWriteTimeUtc(folder.File("segue.db")), new FileInfo(folder.File("segue.db")).Length);
    }

    public void Dispose() => folder.Dispose();

    private static Dictionary<string, object> Props(object value) => new() { ["value"] = value };

    private static Task<IReadOnlyList<string?>> WriteAsync(SqliteDatabase database, string key, object value) =>
        new SqliteTableStore(database).CommitAsync("Table", "p", [RowChange.Upsert(key, Props(value))], Cancellation);

    private static async Task<object?> ReadAsync(SqliteDatabase database, string key) =>
        (await new SqliteTableStore(database).GetAsync("Table", "p", key, Cancellation))?.Properties["value"];
}
