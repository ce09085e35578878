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
    private static readonly TimeSpan OpeningPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan OpeningPatience = TimeSpan.FromSeconds(10);
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
            var version = System.IO.Path.Combine(full, "version");
            var secret = System.IO.Path.Combine(full, "secret.key");
            if (!System.IO.File.Exists(version) || !System.IO.File.Exists(secret))
            {
                Furnish(full, version, secret);
            }

            CheckVersion(version);
            return new(full, ReadSecret(secret));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RefusedException($"The data folder {full} can't be used: {e.Message}", e);
        }
    }

    /// <summary>Full path of something in the folder.</summary>
    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Writes what is missing, one opener at a time: two that each drew a secret would not agree on any name.</summary>
    private static void Furnish(string folder, string version, string secret)
    {
        using var turn = TakeTurn(System.IO.Path.Combine(folder, "opening.lock"));
        if (!System.IO.File.Exists(version))
        {
            WriteWhole(version, System.Text.Encoding.ASCII.GetBytes($"{LayoutVersion}\n"), secret: false);
        }

        if (!System.IO.File.Exists(secret))
        {
            WriteWhole(secret, RandomNumberGenerator.GetBytes(SecretBytes), secret: true);
        }
    }

    /// <summary>Waits for other openers; the operating system frees the lock of one that was killed.</summary>
    /// <exception cref="IOException">Somebody holds it for longer than writing two small files can take.</exception>
    private static FileStream TakeTurn(string file)
    {
        for (var waited = TimeSpan.Zero; ; waited += OpeningPause)
        {
            try
            {
                return new(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (waited < OpeningPatience)
            {
                Thread.Sleep(OpeningPause);
            }
        }
    }

    private static void CheckVersion(string file)
    {
        var text = System.IO.File.ReadAllText(file).Trim();
        if (text != LayoutVersion.ToString(System.Globalization.CultureInfo.InvariantCulture))
        {
            throw new RefusedException(
                $"{file} says version '{text}'; this program reads version {LayoutVersion}. Use the program that wrote it, or another --data.");
        }
    }

    private static byte[] ReadSecret(string file)
    {
        var secret = System.IO.File.ReadAllBytes(file);
        return secret.Length == SecretBytes ? secret : throw new RefusedException(
            $"{file} has {secret.Length} bytes instead of {SecretBytes}. Restore it from a backup: without it, links in mails already sent stop working.");
    }

    /// <summary>Whole or not at all, whenever the process ends: written beside, then moved into place.</summary>
    private static void WriteWhole(string file, byte[] content, bool secret)
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

        System.IO.File.Move(beside, file);
    }
}
