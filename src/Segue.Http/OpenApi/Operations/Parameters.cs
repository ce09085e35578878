namespace Segue.Http.OpenApi.Operations;

/// <summary>Parameters that several routes have.</summary>
internal static class Parameters
{
    public static ApiParameter CustomerId { get; } = new(
        "id", "path", "The customer's id. Slashes in it may stand as they are, or as %2F.", """{ "type": "string", "minLength": 1, "maxLength": 200, "examples": ["c-17"] }""");

    public static ApiParameter Journey { get; } = new(
        "id", "path", "The journey's id.", """{ "type": "string", "minLength": 1, "examples": ["welcome"] }""");

    public static ApiParameter Partial { get; } = new(
        "partial", "query", "true takes what is right even where something is wrong; the answer says which is which.", """{ "type": "boolean", "default": false }""");

    public static ApiParameter IdempotencyKey { get; } = new(
        "Idempotency-Key", "header",
        "Names the request, so that it may be sent again: elements without an id derive theirs from it. The same key with the same body is answered the same for a day at least and taken once; with another body it is refused.",
        """{ "type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$", "examples": ["8e03978e-40d5-43dd-bc93-6894a57f9324"] }""");

    public static ApiParameter Format { get; } = new(
        "format", "query", "json or csv.", """{ "type": "string", "enum": ["json", "csv"], "default": "json" }""");

    public static ApiParameter Token { get; } = new(
        "token", "path", "What the link in the mail carries: sealed, it says nothing of whose it is.", """{ "type": "string", "minLength": 1 }""");
}
