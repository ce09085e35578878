using System.Security.Cryptography;

namespace Segue.Local;

/// <summary>The folder that holds all that Segue keeps on this machine: database, mails, the secret.</summary>
public sealed class DataFolder
{
    /// <summary>The layout's version; a folder of another version is refused rather than misread.</summary>
    public const int LayoutVersion = 1;

    /// <summary>Name of <see cref="ServerAddress"/> in the folder.</summary>
    public const string ServerAddressName = "server.url";

    private const int SecretBytes = 32;
    private readonly byte[] _secret;

    private DataFolder(string path, byte[] secret)
    {
        Path = path;
        _secret = secret;
    }

    /// <summary>The folder's full path.</summary>
    public string Path { get; }

    /// <summary>The database file.</summary>
    public string Database => File(Storage.SqliteDatabase.FileName);

    /// <summary>Where mails are put for the eye to see and a mail client to open.</summary>
    public string Mails => File("mails");

    /// <summary>Where the server that holds the folder says how to reach it.</summary>
    public string ServerAddress => File(ServerAddressName);

    /// <summary>
    /// 32 random bytes, drawn once and never shown: the key of all names that outsiders see (codes, send ids, unsubscribe
    /// links), so that none can be guessed.
    /// </summary>
    public ReadOnlyMemory<byte> Secret => _secret;

    /// <summary>Whether a folder with data stands at the path.</summary>
    public static bool Exists(string path) => System.IO.File.Exists(System.IO.Path.Combine(path, "version"));

    /// <summary>Opens the folder, and makes it first where there is none.</summary>
    /// <exception cref="RefusedException">It can't be made or read, or is of another version.</exception>
    public static DataFolder Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var full = System.IO.Path.GetFullPath(path);
        try
        {
            Directory.CreateDirectory(full);
            CheckVersion(System.IO.Path.Combine(full, "version"));
            return new(full, ReadOrDrawSecret(System.IO.Path.Combine(full, "secret.key")));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RefusedException($"The data folder {full} can't be used: {e.Message}", e);
        }
    }

    /// <summary>Full path of something in the folder.</summary>
    public string File(string name) => System.IO.Path.Combine(Path, name);

    private static void CheckVersion(string file)
    {
        if (!System.IO.File.Exists(file))
        {
            WriteOnce(file, System.Text.Encoding.ASCII.GetBytes($"{LayoutVersion}\n"), secret: false);
        }

        var text = System.IO.File.ReadAllText(file).Trim();
        if (text != LayoutVersion.ToString(System.Globalization.CultureInfo.InvariantCulture))
        {
            throw new RefusedException(
                $"{file} says version '{text}'; this program reads version {LayoutVersion}. Use the program that wrote it, or another --data.");
        }
    }

    private static byte[] ReadOrDrawSecret(string file)
    {
        if (!System.IO.File.Exists(file))
        {
            WriteOnce(file, RandomNumberGenerator.GetBytes(SecretBytes), secret: true);
        }

        var secret = System.IO.File.ReadAllBytes(file);
        return secret.Length == SecretBytes ? secret : throw new RefusedException(
            $"{file} has {secret.Length} bytes instead of {SecretBytes}. Restore it from a backup: without it, links in mails already sent stop working.");
    }

    /// <summary>Whole or not at all, and never over another process's: written beside, then moved into place.</summary>
    private static void WriteOnce(string file, byte[] content, bool secret)
    {
        var beside = $"{file}.{System.IO.Path.GetRandomFileName()}";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows() && secret)
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var stream = new FileStream(beside, options))
        {
            stream.Write(content);
            stream.Flush(flushToDisk: true);
        }

        try
        {
            System.IO.File.Move(beside, file, overwrite: false);
        }
        catch (IOException) when (System.IO.File.Exists(file))
        {
            System.IO.File.Delete(beside);
        }
    }
}
