using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Segue.Tests.Http.OpenApi;

/// <summary>Fields as a browser posts them.</summary>
internal static class FormText
{
    public const string MediaType = "application/x-www-form-urlencoded";

    /// <summary>An object's fields; a list is its field once for each of its values.</summary>
    public static byte[] Of(JsonNode fields) => Encoding.ASCII.GetBytes(string.Join('&', fields is not JsonObject named ? [] :
        named.SelectMany(f => f.Value is JsonArray many ? many.Select(v => (f.Key, v?.ToString())) : [(f.Key, f.Value?.ToString())])
            .Select(f => $"{WebUtility.UrlEncode(f.Key)}={WebUtility.UrlEncode(f.Item2)}")));
}
