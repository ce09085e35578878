namespace Segue.Orders;

/// <summary>One thing wrong in a JSON body or a file's row.</summary>
/// <param name="Path">The field: <c>items[2].price</c>; empty for the whole.</param>
/// <param name="Message">What was found and what would be right.</param>
public sealed record FieldError(string Path, string Message)
{
    /// <inheritdoc/>
    public override string ToString() => Path.Length == 0 ? Message : $"{Path}: {Message}";

    /// <summary>How messages quote what was found: cut, so that no message grows with its input.</summary>
    public static string Quote(ReadOnlySpan<char> found) =>
        found.Length <= 60 ? $"'{found}'" : $"'{found[..60]}…'";
}
