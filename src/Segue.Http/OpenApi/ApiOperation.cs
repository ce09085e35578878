using System.Text.Json.Nodes;

namespace Segue.Http.OpenApi;

/// <summary>What the API's description says of one route and method.</summary>
/// <param name="Id">Its name, unique: clients that are generated call their method so.</param>
/// <param name="Tag">The group it stands in.</param>
/// <param name="Summary">What it does, in a sentence.</param>
internal sealed record ApiOperation(string Id, string Tag, string Summary)
{
    /// <summary>Parameters of path, query and header. Those of the path that are not named here are texts.</summary>
    public IReadOnlyList<ApiParameter> Parameters { get; init; } = [];

    /// <summary>What the body may be: a schema of requests.json by media type; empty where none is read.</summary>
    public IReadOnlyDictionary<string, string> Body { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether it must have a body, where it may have one.</summary>
    public bool NeedsBody { get; init; } = true;

    /// <summary>What it answers where all is well, and what it answers in a form of its own where not.</summary>
    public required IReadOnlyList<ApiAnswer> Answers { get; init; }

    /// <summary>Statuses of the problems it may answer, besides those that any route may.</summary>
    public IReadOnlyList<int> Problems { get; init; } = [];

    /// <summary>How a route that asks for no function key knows who calls: security schemes, all of which must hold; empty for anybody.</summary>
    public IReadOnlyList<string> Signed { get; init; } = [];

    /// <summary>An operation with a JSON body.</summary>
    /// <param name="schema">A schema of requests.json.</param>
    public static IReadOnlyDictionary<string, string> Json(string schema) => new Dictionary<string, string> { ["application/json"] = schema };
}

/// <summary>A parameter.</summary>
/// <param name="Name">Its name.</param>
/// <param name="In">path, query or header.</param>
/// <param name="Description">What it says.</param>
/// <param name="Schema">What it may be, as JSON.</param>
/// <param name="IsRequired">Whether it must be there; those of the path must.</param>
internal sealed record ApiParameter(string Name, string In, string Description, string Schema, bool IsRequired = false);

/// <summary>An answer.</summary>
/// <param name="Status">Its HTTP status.</param>
/// <param name="Says">What it means.</param>
/// <param name="MediaType">Of the body; null where there is none.</param>
/// <param name="Type">What the body is made of; null for text.</param>
/// <param name="Example">One such body.</param>
internal sealed record ApiAnswer(int Status, string Says, string? MediaType = null, Type? Type = null, object? Example = null)
{
    /// <summary>Headers that it always has, with what they say.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>A JSON body.</summary>
    public static ApiAnswer Json<T>(T example, string says = "As asked.", int status = 200)
        where T : notnull => new(status, says, "application/json", typeof(T), example);

    /// <summary>A JSON object whose members are the customer's and not told here.</summary>
    public static ApiAnswer Object(JsonObject example, string says) => new(200, says, "application/json", typeof(JsonObject), example);

    /// <summary>A page for people.</summary>
    public static ApiAnswer Html(string says, int status = 200) => new(status, says, "text/html");

    /// <summary>A table.</summary>
    public static ApiAnswer Csv() => new(200, "As asked.", "text/csv");
}
