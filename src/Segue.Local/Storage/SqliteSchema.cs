using System.Globalization;

namespace Segue.Local.Storage;

/// <summary>What is in the file.</summary>
internal static class SqliteSchema
{
    private const int Version = 1;

    // Rows stand in the order of their keys, so that a customer's are read together. The number in a message's place is
    // never used again (AUTOINCREMENT): with its delivery count it names one receipt for ever.
    private const string Tables = """
        CREATE TABLE counters (name TEXT PRIMARY KEY, reserved INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE tables (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
        CREATE TABLE rows (
          table_id INTEGER NOT NULL, partition BLOB NOT NULL, key BLOB NOT NULL,
          etag INTEGER NOT NULL, properties BLOB NOT NULL,
          PRIMARY KEY (table_id, partition, key)) WITHOUT ROWID;
        CREATE TABLE messages (
          number INTEGER PRIMARY KEY AUTOINCREMENT, queue TEXT NOT NULL, id TEXT NOT NULL, body TEXT NOT NULL,
          visible_at INTEGER NOT NULL, locked INTEGER NOT NULL DEFAULT 0, deliveries INTEGER NOT NULL DEFAULT 0,
          last_error TEXT);
        CREATE INDEX messages_by_time ON messages (queue, visible_at, number);
        CREATE TABLE dead_letters (
          number INTEGER PRIMARY KEY, queue TEXT NOT NULL, id TEXT NOT NULL, body TEXT NOT NULL,
          deliveries INTEGER NOT NULL, reason TEXT NOT NULL, died_at INTEGER NOT NULL);
        CREATE INDEX dead_letters_by_queue ON dead_letters (queue, number);
        """;

    /// <summary>Makes the tables in a new file.</summary>
    /// <exception cref="InvalidDataException">The file comes from a newer version of Segue.</exception>
    public static void Ensure(SqliteSession session, string file)
    {
        var found = Convert.ToInt32(session.Scalar("PRAGMA user_version"), CultureInfo.InvariantCulture);
        if (found > Version)
        {
            throw new InvalidDataException(
                $"{file} is of format {found}, from a newer version of Segue; this one knows formats up to {Version}.");
        }

        if (found < Version)
        {
            session.Execute("BEGIN IMMEDIATE");
            session.Execute(Tables);
            session.Execute("PRAGMA user_version = 1");
            session.Execute("COMMIT");
        }
    }
}
