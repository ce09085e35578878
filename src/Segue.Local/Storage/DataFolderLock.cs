using System.Globalization;

namespace Segue.Local.Storage;

/// <summary>
/// Keeps a data folder to one writer. The lock is an open file that the operating system releases however the process
/// ends; a second file beside it says who holds it.
/// </summary>
internal sealed class DataFolderLock : IDisposable
{
    private readonly FileStream held;
    private readonly string ownerFile;

    private DataFolderLock(FileStream held, string ownerFile)
    {
        this.held = held;
        this.ownerFile = ownerFile;
    }

    /// <summary>Takes the folder's lock.</summary>
    /// <exception cref="DataFolderInUseException">Another writer has it.</exception>
    public static DataFolderLock Take(string folder)
    {
        // A locked file can't be read on every system, so its owner is named in another.
        var ownerFile = Path.Combine(folder, "writer.pid");
        FileStream held;
        try
        {
            held = OpenLock(folder);
        }
        catch (IOException e) when (IsSharingViolation(e))
        {
            throw new DataFolderInUseException(folder, ReadOwner(ownerFile));
        }

        File.WriteAllText(ownerFile, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        return new(held, ownerFile);
    }

    /// <summary>Whether a writer has the folder at this moment.</summary>
    public static bool IsHeld(string folder)
    {
        try
        {
            OpenLock(folder).Dispose();
            return false;
        }
        catch (IOException e) when (IsSharingViolation(e))
        {
            return true;
        }
    }

    /// <summary>Gives the folder free. The lock's file stays: to delete it would race with the next writer.</summary>
    public void Dispose()
    {
        File.Delete(ownerFile);
        held.Dispose();
    }

    private static FileStream OpenLock(string folder) =>
        new(Path.Combine(folder, "writer.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);

    // ERROR_SHARING_VIOLATION on Windows; EWOULDBLOCK as Linux and macOS number it.
    private static bool IsSharingViolation(IOException e) =>
        OperatingSystem.IsWindows() ? (e.HResult & 0xFFFF) == 32 : e.HResult is 11 or 35;

    private static int? ReadOwner(string file)
    {
        try
        {
            return int.TryParse(File.ReadAllText(file), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}

/// <summary>Another process writes to the data folder; two can't.</summary>
public sealed class DataFolderInUseException(string folder, int? processId)
    : Exception(
        $"The data folder {folder} is in use by another Segue{(processId is { } id ? $" (process {id})" : "")}. "
        + "Stop that one, or give another folder with --data.")
{
    /// <summary>The folder.</summary>
    public string Folder { get; } = folder;

    /// <summary>The process that has it, where that is known.</summary>
    public int? ProcessId { get; } = processId;
}
