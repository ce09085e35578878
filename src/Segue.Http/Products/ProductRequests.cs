using System.Text.Json;
using Segue.Orders;
using Segue.Products;

namespace Segue.Http.Products;

/// <summary>Reads the products of requests and gives those that are right to the engine.</summary>
public sealed class ProductRequests(SegueEngine engine) : IProductIntake
{
    /// <summary>Products of one request.</summary>
    public const int Limit = 1000;

    /// <inheritdoc/>
    public async Task<(int Accepted, IReadOnlyList<RequestFault> Faults)> PutAsync(ReadOnlyMemory<byte> body, CancellationToken cancellation)
    {
        if (!OrderReader.TryParseJson(body, out var document, out var fault))
        {
            return (0, [new(0, fault!.Path, fault.Message)]);
        }

        using (document)
        {
            var root = document!.RootElement;
            if (root.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array) || (root.ValueKind == JsonValueKind.Array && root.GetArrayLength() > Limit))
            {
                return (0, [new(0, "", $"the body is a product or an array of at most {Limit} products")]);
            }

            var now = engine.Ports.Clock.GetUtcNow();
            JsonElement[] elements = root.ValueKind == JsonValueKind.Object ? [root] : [.. root.EnumerateArray()];
            var read = elements.Select(e => ProductReader.Read(e, now)).ToList();
            var faults = read.SelectMany((r, i) => r.Errors.Select(e => new RequestFault(i, e.Path, e.Message))).ToList();
            if (faults.Count == 0 && read.Count > 0)
            {
                await engine.AcceptAsync(read.Select(r => r.Product!), cancellation: cancellation);
            }

            return (faults.Count == 0 ? read.Count : 0, faults);
        }
    }
}
