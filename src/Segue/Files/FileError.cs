namespace Segue.Files;

/// <summary>One thing wrong in a file: where, what was found and what would be right.</summary>
/// <param name="File">The file's path, relative to the campaigns folder or as the user named it.</param>
/// <param name="Line">1-based; 0 for the file as a whole.</param>
/// <param name="Field">Path of the field, such as <c>steps[1].then[0].send.email</c>; empty for the file.</param>
/// <param name="Message">What was found and what would be right, in one sentence.</param>
public sealed record FileError(string File, int Line, string Field, string Message)
{
    /// <inheritdoc/>
    public override string ToString() =>
        Field.Length == 0 ? $"{File}:{Line}: {Message}" : $"{File}:{Line}: {Field}: {Message}";
}
