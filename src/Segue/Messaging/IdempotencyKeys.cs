using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Segue.Ports;
using Segue.Storage;

namespace Segue.Messaging;

/// <summary>A request that its sender has named.</summary>
/// <param name="Scope">What it asks for: one key may be used once for each.</param>
/// <param name="Key">The sender's name.</param>
/// <param name="Body">Its body, as it came.</param>
/// <param name="Partial">Whether it asks for a part.</param>
public sealed record NamedRequest(string Scope, string Key, ReadOnlyMemory<byte> Body, bool Partial);

/// <summary>A request's name can't be used.</summary>
/// <param name="isUnderWay">A request of the name is under way; else it came with another body before.</param>
public sealed class IdempotencyKeyException(bool isUnderWay) : Exception("The idempotency key is in use.")
{
    /// <summary>See the constructor.</summary>
    public bool IsUnderWay { get; } = isUnderWay;
}

/// <summary>
/// Remembers requests that their senders named, so that one that comes again is taken once and another of the name is refused.
/// Only keyed hashes are kept, nothing of what a request says: its answer follows from its body, so it is worked out again.
/// </summary>
/// <remarks>
/// Source: IETF, draft-ietf-httpapi-idempotency-key-header. What a request leads to is named by its key too, so a memory that is lost
/// costs nothing but the refusal of another body.
/// </remarks>
public sealed class IdempotencyKeys
{
    /// <summary>So long a name is kept at least; twice that at most.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    /// <summary>A request that has been under way for longer has been given up: its process is gone.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private const int DaysCleared = 7;
    private const string State = "state";
    private const string Since = "since";
    private const string Print = "print";
    private const string UnderWay = "under way";
    private const string Done = "done";
    private readonly ITableStore _store;
    private readonly byte[] _secret;
    private readonly TimeProvider _clock;
    private readonly DayClearing _clearing;

    internal IdempotencyKeys(ITableStore store, DerivedNames names, TimeProvider clock)
    {
        (_store, _clock) = (store, clock);
        _secret = names.KeyFor("idempotency");
        _clearing = new(store);
    }

    /// <summary>Does what the request asks for, unless it was done before.</summary>
    /// <param name="request">The request; null for one without a name, which is done at once.</param>
    /// <param name="act">Does it.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="IdempotencyKeyException">Another request has the name.</exception>
    public async Task OnceAsync(NamedRequest? request, Func<Task> act, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(act);
        if (request is null)
        {
            await act();
            return;
        }

        var (today, name, print) = (_clock.GetUtcNow(), Hash(request.Scope, request.Key), PrintOf(request));
        if (await ClaimAsync(today, name, print, cancellation) is not var (partition, etag))
        {
            return;
        }

        try
        {
            await act();
        }
        catch
        {
            // Nothing is kept of what was not taken. Where this fails too, the claim ends by itself.
            await ReleaseAsync(partition, name, etag);
            throw;
        }

        await PutAsync(partition, RowChange.Replace(name, Row(Done, print, today), etag), cancellation);
        await _clearing.AfterAsync(partition, Enumerable.Range(2, DaysCleared).Select(back => PartitionOf(today - (back * Kept))), cancellation);
    }

    private async Task<(string Partition, string ETag)?> ClaimAsync(DateTimeOffset today, string name, string print, CancellationToken cancellation)
    {
        foreach (var day in new[] { today, today - Kept })
        {
            if (await _store.GetAsync(Tables.Settings, PartitionOf(day), name, cancellation) is not { } known)
            {
                continue;
            }

            if ((string)known.Properties[Print] != print)
            {
                throw new IdempotencyKeyException(isUnderWay: false);
            }

            if ((string)known.Properties[State] == Done)
            {
                return null;
            }

            return today - (DateTimeOffset)known.Properties[Since] < Patience
                ? throw new IdempotencyKeyException(isUnderWay: true)
                : (PartitionOf(day), await PutAsync(PartitionOf(day), RowChange.Replace(name, Row(UnderWay, print, today), known.ETag), cancellation));
        }

        return (PartitionOf(today), await PutAsync(PartitionOf(today), RowChange.Insert(name, Row(UnderWay, print, today)), cancellation));
    }

    private async Task<string> PutAsync(string partition, RowChange change, CancellationToken cancellation)
    {
        try
        {
            return (await _store.CommitAsync(Tables.Settings, partition, [change], cancellation))[0]!;
        }
        catch (TableConflictException)
        {
            throw new IdempotencyKeyException(isUnderWay: true);
        }
    }

    private async Task ReleaseAsync(string partition, string name, string etag)
    {
        try
        {
            await _store.CommitAsync(Tables.Settings, partition, [RowChange.Delete(name, etag)], CancellationToken.None);
        }
        catch (Exception e) when (e is TableConflictException or PortUnavailableException)
        {
            // Somebody else has it by now, or it ends after a minute.
        }
    }

    private string PrintOf(NamedRequest request)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _secret);
        hmac.AppendData([request.Partial ? (byte)1 : (byte)0]);
        hmac.AppendData(request.Body.Span);
        return Convert.ToHexStringLower(hmac.GetHashAndReset(), 0, 16);
    }

    private string Hash(string scope, string key)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, scope.Length);
        return Convert.ToHexStringLower(HMACSHA256.HashData(_secret, (byte[])[.. length, .. Encoding.UTF8.GetBytes(scope), .. Encoding.UTF8.GetBytes(key)]), 0, 16);
    }

    private static Dictionary<string, object> Row(string state, string print, DateTimeOffset since) =>
        new() { [State] = state, [Print] = print, [Since] = since };

    private static string PartitionOf(DateTimeOffset day) =>
        string.Create(CultureInfo.InvariantCulture, $"idempotency-{day.UtcDateTime:yyyyMMdd}");
}
