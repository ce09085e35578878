using Segue.Files;

namespace Segue.Local.Import;

/// <summary>A file as a whole is refused (exit code 1): its header, its encoding or the way it is to be read.</summary>
public sealed class ImportRefusedException(FileError error) : Exception(error.ToString())
{
    /// <summary>Where and why.</summary>
    public FileError Error { get; } = error;
}
