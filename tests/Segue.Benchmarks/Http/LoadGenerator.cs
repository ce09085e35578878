using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Segue.Benchmarks.Http;

/// <summary>Posts orders over kept connections as fast as they are answered.</summary>
internal static class LoadGenerator
{
    /// <summary>Seconds that so many requests took, and each one's milliseconds.</summary>
    /// <exception cref="HttpRequestException">An answer was no success.</exception>
    public static async Task<(double Seconds, double[] Milliseconds)> RunAsync(Uri url, int requests, int connections, string round)
    {
        using var handler = new SocketsHttpHandler { MaxConnectionsPerServer = connections };
        using var client = new HttpClient(handler);
        await PostAsync(client, url, round + "-warm", 0);
        var next = -1;
        var times = new double[requests];
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Increment(ref next) is var i && i < requests)
            {
                var began = Stopwatch.GetTimestamp();
                await PostAsync(client, url, round, i);
                times[i] = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
            }
        })));
        return (watch.Elapsed.TotalSeconds, times);
    }

    private static async Task PostAsync(HttpClient client, Uri url, string round, int i)
    {
        var body = string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"orderId":"{{round}}-{{i}}","customerId":"c{{i % 5000}}","email":"c{{i % 5000}}@example.com","orderedAt":"2025-03-04T12:00:00Z","status":"paid","currency":"USD","amount":25.5,"items":[{"productId":"p{{i % 97}}","name":"A thing","category":"books","quantity":1,"price":25.5}],"emailConsent":"granted"}""");
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await client.PostAsync(url, content);
        if (!answer.IsSuccessStatusCode)
        {
            throw new HttpRequestException($"{answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
        }
    }
}
