namespace Segue.Benchmarks.Running;

/// <summary>A folder that is gone afterwards.</summary>
internal sealed class Scratch : IDisposable
{
    private int _next;

    /// <summary>The folder.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("segue-bench-").FullName;

    /// <summary>A path in it that nothing has yet.</summary>
    public string Next(string name) => Path.Combine(Folder, FormattableString.Invariant($"{_next++}-{name}"));

    /// <summary>Another folder with the same files.</summary>
    public string Copy(string folder)
    {
        var copy = Next("copy");
        Directory.CreateDirectory(copy);
        foreach (var file in Directory.EnumerateFiles(folder))
        {
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        }

        return copy;
    }

    /// <summary>Removes what a round has left, so that a long run needs no more room than its largest round.</summary>
    public static void Remove(string folder) => Directory.Delete(folder, recursive: true);

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
