using Microsoft.Data.Sqlite;
using Segue.Ports;

namespace Segue.Local.Storage;

/// <summary>Says in plain words what SQLite's errors mean.</summary>
internal static class SqliteErrors
{
    /// <summary>The exception that a port's caller gets.</summary>
    public static Exception ToPortException(SqliteException e, string file)
    {
        // https://sqlite.org/rescode.html
        var transient = e.SqliteErrorCode switch
        {
            5 or 6 => "another process holds it",
            7 => "memory has run out",
            8 => "the file or its folder can't be written to",
            10 => "the disk reports an error",
            13 => "the disk is full",
            14 => "it can't be opened",
            _ => null,
        };
        const int corrupt = 11;
        const int notADatabase = 26;
        return e switch
        {
            _ when transient is not null => new PortUnavailableException($"{file}: {transient} ({e.Message})", e),
            { SqliteErrorCode: corrupt or notADatabase } =>
                new InvalidDataException($"{file} is damaged or no database of Segue's ({e.Message})", e),
            _ => new InvalidOperationException($"{file}: {e.Message}", e),
        };
    }
}
