using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Segue.Functions.Tests.Support;

/// <summary>
/// A server on this machine that answers each request with the very bytes that a test gives, or misbehaves as it says: plain
/// sockets, since no web server lets go of a connection in the middle of an answer.
/// </summary>
internal sealed class MailServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;

    public MailServer()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>What it does with a connection once it has the request; by default 202.</summary>
    public Func<Socket, CancellationToken, Task> Answer { get; set; } = (s, c) => SayAsync(s, "202 Accepted", "X-Message-Id: service-1\r\n", c);

    /// <summary>The requests: head and body.</summary>
    public ConcurrentQueue<(string Head, string Body)> Requests { get; } = new();

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    /// <summary>A whole answer.</summary>
    public static async Task SayAsync(Socket socket, string status, string headers, CancellationToken cancellation, string body = "") =>
        await socket.SendAsync(
            Encoding.UTF8.GetBytes($"HTTP/1.1 {status}\r\n{headers}Content-Length: {body.Length}\r\n\r\n{body}"), cancellation);

    /// <summary>Listens no more, and lets go of every connection. Safe to call twice.</summary>
    public async ValueTask StopAsync()
    {
        await _stop.CancelAsync();
        await _accepting;
        _listener.Stop();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var serving = new List<Task>();
        try
        {
            while (true)
            {
                serving.Add(ServeAsync(await _listener.AcceptSocketAsync(_stop.Token)));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException)
        {
            await Task.WhenAll(serving);
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        using (socket)
        {
            try
            {
                while (await ReadAsync(socket) is { } request)
                {
                    Requests.Enqueue(request);
                    await Answer(socket, _stop.Token);
                }
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
            {
                // The connection was cut, by whichever side the test wanted.
            }
        }
    }

    private async Task<(string Head, string Body)?> ReadAsync(Socket socket)
    {
        var read = new StringBuilder();
        var buffer = new byte[16 * 1024];
        while (true)
        {
            var text = read.ToString();
            var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (end >= 0 && text.Length - end - 4 >= Length(text[..end]))
            {
                return (text[..end], text[(end + 4)..]);
            }

            var count = await socket.ReceiveAsync(buffer, _stop.Token);
            if (count == 0)
            {
                return null;
            }

            // Latin 1 keeps a character for each byte, so that lengths are those of the wire.
            read.Append(Encoding.Latin1.GetString(buffer, 0, count));
        }
    }

    private static int Length(string head) => head.Split("\r\n")
        .Where(l => l.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase)).Select(l => int.Parse(l[15..], null)).FirstOrDefault();
}
