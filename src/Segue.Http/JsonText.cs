using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;

namespace Segue.Http;

/// <summary>
/// Reads JSON whose texts can all be read: a document may be well-formed and yet hold bytes that are no UTF-8, or half a surrogate pair,
/// which would be found only by whoever asks for that text.
/// </summary>
internal static class JsonText
{
    /// <summary>A document.</summary>
    /// <exception cref="JsonException">It is no JSON, or holds what is no text; says where.</exception>
    public static JsonDocument Parse(ReadOnlyMemory<byte> utf8)
    {
        Check(utf8.Span);
        return JsonDocument.Parse(utf8);
    }

    /// <summary>A tree, in which no object has two members of a name.</summary>
    /// <exception cref="JsonException">It is no JSON, holds what is no text, or a name twice; says where.</exception>
    public static JsonNode? Node(ReadOnlySpan<byte> utf8)
    {
        Check(utf8);
        return JsonNode.Parse(utf8, documentOptions: new() { AllowDuplicateProperties = false });
    }

    private static void Check(ReadOnlySpan<byte> utf8)
    {
        if (!Utf8.IsValid(utf8))
        {
            throw At(utf8, FirstInvalid(utf8), "there are bytes that are no valid UTF-8");
        }

        var reader = new Utf8JsonReader(utf8);
        while (reader.Read())
        {
            if (reader is { TokenType: JsonTokenType.String or JsonTokenType.PropertyName, ValueIsEscaped: true } && !IsText(ref reader))
            {
                throw At(utf8, (int)reader.TokenStartIndex, "there is half a surrogate pair");
            }
        }
    }

    private static bool IsText(ref Utf8JsonReader reader)
    {
        try
        {
            _ = reader.GetString();
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static int FirstInvalid(ReadOnlySpan<byte> utf8)
    {
        var at = 0;
        while (at < utf8.Length && Rune.DecodeFromUtf8(utf8[at..], out _, out var length) == System.Buffers.OperationStatus.Done)
        {
            at += length;
        }

        return at;
    }

    private static JsonException At(ReadOnlySpan<byte> utf8, int at, string what)
    {
        var before = utf8[..at];
        return new(what, null, before.Count((byte)'\n'), at - 1 - before.LastIndexOf((byte)'\n'));
    }
}
