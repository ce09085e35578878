using Microsoft.AspNetCore.Http;

namespace Segue.Http;

/// <summary>Reads the header Idempotency-Key.</summary>
/// <remarks>
/// Source: IETF, draft-ietf-httpapi-idempotency-key-header. It is a string in quotes there; without them, as most clients send it, it
/// is the same key.
/// </remarks>
internal static class IdempotencyKey
{
    public const string Header = "Idempotency-Key";

    /// <summary>Characters of a key.</summary>
    public const int Longest = 255;

    /// <summary>The key, or null where there is none; false for what is no key.</summary>
    public static bool TryRead(HttpRequest request, out string? key)
    {
        key = null;
        if (request.Headers[Header] is not { Count: > 0 } given)
        {
            return true;
        }

        var text = given.ToString();
        key = text is ['"', .., '"'] and { Length: >= 2 } ? text[1..^1] : text;
        return given.Count == 1 && key.Length is > 0 and <= Longest && key.All(c => c is > ' ' and <= '~');
    }
}
