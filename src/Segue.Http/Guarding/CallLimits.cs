using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace Segue.Http.Guarding;

/// <summary>
/// How often somebody may call. Whoever has a key is counted by it, the world by its address, and this machine itself not at all.
/// Each process counts for itself: of n instances in Azure all together let n times as much through.
/// </summary>
internal sealed class CallLimits : IDisposable
{
    /// <summary>The section of the settings.</summary>
    public const string Section = "CallLimits";

    /// <summary>Requests a minute of one key; 0 is without limit.</summary>
    public const int DefaultKeyed = 6000;

    /// <summary>Requests a minute of one address, where no key is asked for; 0 is without limit.</summary>
    public const int DefaultOpen = 1200;

    private const int BurstsAMinute = 6;
    private readonly PartitionedRateLimiter<HttpContext> _limiter;

    public CallLimits(IConfiguration configuration)
    {
        var (keyed, open) = (Read(configuration, "KeyedPerMinute", DefaultKeyed), Read(configuration, "OpenPerMinute", DefaultOpen));
        _limiter = PartitionedRateLimiter.Create<HttpContext, string>(context => Caller(context) switch
        {
            { } key when key.StartsWith('k') && keyed > 0 => Bucket(key, keyed),
            { } address when address.StartsWith('a') && open > 0 => Bucket(address, open),
            _ => RateLimitPartition.GetNoLimiter(""),
        });
    }

    /// <summary>Counts a request; the lease says whether it may go on.</summary>
    public RateLimitLease Ask(HttpContext context) => _limiter.AttemptAcquire(context);

    /// <summary>Whole seconds until the next may go on, 1 or more.</summary>
    public static int RetryAfter(RateLimitLease lease) =>
        lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? Math.Max(1, (int)Math.Ceiling(after.TotalSeconds)) : 1;

    /// <inheritdoc/>
    public void Dispose() => _limiter.Dispose();

    /// <summary>Who calls: the key's hash, else the address; null for this machine.</summary>
    internal static string? Caller(HttpContext context)
    {
        string? key = context.Request.Headers["x-functions-key"].FirstOrDefault() ?? context.Request.Query["code"].FirstOrDefault();
        if (!string.IsNullOrEmpty(key) && context.GetEndpoint()?.Metadata.GetMetadata<OpenToAll>() is null)
        {
            return "k" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)), 0, 16);
        }

        var address = context.Connection.RemoteIpAddress;
        if (address is null || IPAddress.IsLoopback(address))
        {
            // A front on this machine says for whom it asks; the last of its words is its own.
            var forwarded = context.Request.Headers["X-Forwarded-For"].LastOrDefault()?.Split(',')[^1].Trim();
            if (forwarded is null || !IPEndPoint.TryParse(forwarded, out var end))
            {
                return null;
            }

            address = end.Address;
        }

        return "a" + Network(address);
    }

    /// <summary>An address; of IPv6 its /64, all of which one caller has.</summary>
    private static string Network(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return plain.AddressFamily == AddressFamily.InterNetworkV6 ? Convert.ToHexStringLower(plain.GetAddressBytes(), 0, 8) : plain.ToString();
    }

    private static RateLimitPartition<string> Bucket(string caller, int perMinute) => RateLimitPartition.GetTokenBucketLimiter(caller, _ => new()
    {
        TokenLimit = Math.Max(1, perMinute / BurstsAMinute),
        TokensPerPeriod = Math.Max(1, perMinute / 60),
        ReplenishmentPeriod = perMinute >= 60 ? TimeSpan.FromSeconds(1) : TimeSpan.FromMinutes(1) / perMinute,
        QueueLimit = 0,
    });

    private static int Read(IConfiguration configuration, string name, int otherwise)
    {
        var text = configuration[$"{Section}:{name}"];
        return string.IsNullOrWhiteSpace(text) ? otherwise
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var found) ? found
            : throw new InvalidOperationException($"The setting {Section}:{name} is '{text}'; it is a whole number, requests a minute, 0 for no limit.");
    }
}
