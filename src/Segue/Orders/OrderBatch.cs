using System.Text.Json;

namespace Segue.Orders;

/// <summary>What was read of a request's body.</summary>
/// <param name="Error">What is wrong with the body as a whole; then there are no elements.</param>
/// <param name="IsArray">Whether it was an array; one order by itself is one element.</param>
/// <param name="Elements">One result an element, in the body's order; their paths start at the element.</param>
public sealed record OrderBatchResult(FieldError? Error, bool IsArray, IReadOnlyList<OrderReadResult> Elements);

/// <summary>The envelope of <c>POST /api/orders</c>: one order or an array of them.</summary>
public static class OrderBatch
{
    /// <summary>Orders of one request, unless set.</summary>
    public const int DefaultLimit = 1000;

    /// <summary>Reads one order or an array of them. An empty array is no error.</summary>
    /// <param name="body">UTF-8 JSON; a byte order mark is fine.</param>
    /// <param name="context">What the orders are read against.</param>
    /// <param name="limit">Orders that one body may hold.</param>
    public static OrderBatchResult Read(ReadOnlyMemory<byte> body, OrderContext context, int limit = DefaultLimit)
    {
        if (!OrderReader.TryParseJson(body, out var document, out var fault))
        {
            return new(fault, false, []);
        }

        using (document)
        {
            var root = document!.RootElement;
            switch (root.ValueKind)
            {
                case JsonValueKind.Object:
                    return new(null, false, [OrderReader.Read(root, context)]);
                case JsonValueKind.Array when root.GetArrayLength() > limit:
                    return new(new("", $"found {root.GetArrayLength()} orders; one request holds at most {limit}"), true, []);
                case JsonValueKind.Array:
                    return new(null, true, [.. root.EnumerateArray().Select((e, i) => OrderReader.Read(e, context, i))]);
                default:
                    return new(new("", $"found {JsonFields.Kind(root)}; the body is an order or an array of orders"), false, []);
            }
        }
    }
}
