namespace Segue.Files;

/// <summary>Collects what is wrong, so that one check names every fault and not only the first.</summary>
public sealed class FileErrors
{
    private readonly List<FileError> _errors = [];
    private readonly List<FileError> _warnings = [];

    /// <summary>Faults that forbid the use of the files, in the order found.</summary>
    public IReadOnlyList<FileError> Errors => _errors;

    /// <summary>What works but is probably not meant.</summary>
    public IReadOnlyList<FileError> Warnings => _warnings;

    /// <summary>Whether nothing forbids the use of the files.</summary>
    public bool None => _errors.Count == 0;

    /// <summary>Adds an error at a node.</summary>
    public void Add(YamlValue at, string message)
    {
        ArgumentNullException.ThrowIfNull(at);
        _errors.Add(new(at.File, at.Line, at.Path, message));
    }

    /// <summary>Adds an error.</summary>
    public void Add(FileError error) => _errors.Add(error);

    /// <summary>Adds a warning at a node.</summary>
    public void Warn(YamlValue at, string message)
    {
        ArgumentNullException.ThrowIfNull(at);
        _warnings.Add(new(at.File, at.Line, at.Path, message));
    }

    /// <summary>Adds a warning.</summary>
    public void Warn(FileError warning) => _warnings.Add(warning);
}
