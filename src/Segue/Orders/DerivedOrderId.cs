using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Segue.Orders;

/// <summary>Ids for orders that came without one: derived, so that the same input gives the same id again.</summary>
public static class DerivedOrderId
{
    /// <summary>
    /// The id of a file's row: <c>row-</c> and 128 bits of SHA-256 of what tells one purchase from another. Equal rows have
    /// equal ids; <see cref="Nth"/> tells them apart.
    /// </summary>
    /// <param name="customerId">The customer.</param>
    /// <param name="orderedAt">When; only the instant counts, not its offset.</param>
    /// <param name="amount">As it came; 12.5 and 12.50 are equal.</param>
    /// <param name="currency">Currency as it came.</param>
    /// <param name="items">The items as the file writes them; null and empty are equal.</param>
    public static string OfContent(string customerId, DateTimeOffset orderedAt, decimal amount, string currency, string? items) =>
        Hash("row-", string.Create(CultureInfo.InvariantCulture,
            $"{customerId}\n{orderedAt.UtcTicks}\n{amount:0.####}\n{currency}\n{items}"));

    /// <summary>The id of the n-th (from 1) of equal rows of one customer in one file.</summary>
    public static string Nth(string ofContent, int n) =>
        n == 1 ? ofContent : string.Create(CultureInfo.InvariantCulture, $"{ofContent}-{n}");

    /// <summary>The id of an order without one in a request that has an <c>Idempotency-Key</c>.</summary>
    /// <param name="idempotencyKey">The request's key.</param>
    /// <param name="index">0-based place in the body.</param>
    public static string OfRequest(string idempotencyKey, int index) =>
        Hash("req-", string.Create(CultureInfo.InvariantCulture, $"{idempotencyKey}\n{index}"));

    private static string Hash(string prefix, string text)
    {
        // Files have millions of rows without an id: short texts are hashed on the stack.
        var length = Encoding.UTF8.GetMaxByteCount(text.Length);
        var bytes = length <= 1024 ? stackalloc byte[length] : new byte[length];
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes[..Encoding.UTF8.GetBytes(text, bytes)], hash);
        Span<char> id = stackalloc char[prefix.Length + 32];
        prefix.CopyTo(id);
        Convert.TryToHexStringLower(hash[..16], id[prefix.Length..], out _);
        return new(id);
    }
}
