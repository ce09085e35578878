using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using Segue.Webhooks;

namespace Segue.Http.Webhooks.Outgoing;

/// <summary>
/// Opens connections for webhooks. Names are resolved here and the addresses judged are the very ones connected to, so that no name
/// can be public when it is checked and private a moment later.
/// </summary>
internal static class PublicConnections
{
    /// <summary>Set on a request whose host the settings name as the shop's own.</summary>
    public static readonly HttpRequestOptionsKey<bool> MayBePrivate = new("segue.webhooks.may-be-private");

    /// <summary>Connects to the first address of the host that answers.</summary>
    /// <exception cref="PrivateAddressException">The host has no address on the public internet.</exception>
    public static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var host = context.DnsEndPoint.Host;
        var all = IPAddress.TryParse(host, out var literal) ? [literal] : await Dns.GetHostAddressesAsync(host, cancellation);
        var isTrusted = context.InitialRequestMessage.Options.TryGetValue(MayBePrivate, out var may) && may;
        var allowed = isTrusted ? all : [.. all.Where(PublicAddresses.Contains)];
        if (allowed.Length == 0)
        {
            throw new PrivateAddressException();
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, context.DnsEndPoint.Port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

/// <summary>A webhook's host leads into a private network.</summary>
internal sealed class PrivateAddressException() : Exception("the host has no address on the public internet");
