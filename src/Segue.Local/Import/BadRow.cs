using System.Text;

namespace Segue.Local.Import;

/// <summary>A row that was refused.</summary>
/// <param name="Line">1-based line that it starts in.</param>
/// <param name="Raw">Its text, cut to <see cref="MaxRaw"/> characters.</param>
/// <param name="Reasons">Every fault found in it.</param>
public sealed record BadRow(long Line, string Raw, IReadOnlyList<string> Reasons)
{
    /// <summary>Characters of the raw text that are kept.</summary>
    public const int MaxRaw = 2000;

    /// <summary>The raw text of a row's bytes; what is no UTF-8 becomes U+FFFD.</summary>
    public static string Text(ReadOnlySpan<byte> bytes)
    {
        // Three bytes a character hold any text of the basic plane; the cut may halve the last one, which is cut off again.
        var text = Encoding.UTF8.GetString(bytes[..Math.Min(bytes.Length, (MaxRaw * 3) + 3)]).TrimEnd('\r', '\n');
        return text.Length <= MaxRaw ? text : text[..(char.IsHighSurrogate(text[MaxRaw - 1]) ? MaxRaw - 1 : MaxRaw)];
    }
}

/// <summary>Takes the rows that were refused, in the order of the file, and what looks like a mistake.</summary>
public interface IBadRows
{
    /// <summary>Takes a row.</summary>
    void Add(BadRow row);

    /// <summary>Takes a remark on the file as a whole, such as a column with nearly a known name.</summary>
    void Warn(string message);
}
