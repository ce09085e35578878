using System.Net;
using System.Net.Sockets;

namespace Segue.Webhooks;

/// <summary>
/// The addresses of the public internet. What journeys' files name must not reach into the network that Segue runs in: the cloud's
/// metadata service, databases, other people's machines. The ranges are IANA's special-purpose registries (RFC 6890 and later).
/// </summary>
public static class PublicAddresses
{
    private static readonly IPNetwork[] _special =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
            "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            "168.63.129.16/32",
        }.Select(IPNetwork.Parse),
    ];

    private static readonly IPNetwork _global6 = IPNetwork.Parse("2000::/3");

    private static readonly IPNetwork[] _special6 =
        [.. new[] { "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20" }.Select(IPNetwork.Parse)];

    /// <summary>Whether an address is one of them. One that carries an IPv4 address is judged by that.</summary>
    public static bool Contains(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        var ip = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return ip.AddressFamily switch
        {
            AddressFamily.InterNetwork => !_special.Any(n => n.Contains(ip)),
            AddressFamily.InterNetworkV6 => _global6.Contains(ip) && !_special6.Any(n => n.Contains(ip)),
            _ => false,
        };
    }
}
