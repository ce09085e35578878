using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Segue.Http.OpenApi;

/// <summary>
/// <c>GET /api/openapi.json</c>: the API's description. It is open to all: it says what the code of the open project says, and
/// nothing of the shop.
/// </summary>
internal sealed class GetOpenApi(IEndpointRouteBuilder routes)
{
    private static readonly JsonSerializerOptions _readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // Once, when first asked for: by then every route is mapped.
    private readonly Lazy<byte[]> _document = new(() => JsonSerializer.SerializeToUtf8Bytes(
        ApiDocument.Of(routes.DataSources.SelectMany(d => d.Endpoints).OfType<RouteEndpoint>().Where(e => e.Metadata.GetMetadata<Described>() is not null)),
        _readable));

    public IResult Handle(HttpContext context)
    {
        context.Response.Headers.CacheControl = "public, max-age=300";
        return Results.Bytes(_document.Value, "application/json");
    }
}

/// <summary>Marks a route of both hosts: it stands in the description.</summary>
internal sealed class Described;
