using System.Net;
using System.Net.Http.Json;

namespace Segue.Tests.Local.Processes;

/// <summary>A server process and how to reach it.</summary>
internal sealed class RunningShop : IDisposable
{
    private readonly HttpClient _client;

    private RunningShop(SegueProcess process, string url) =>
        (Process, _client) = (process, new() { BaseAddress = new(url), Timeout = TimeSpan.FromSeconds(20) });

    public SegueProcess Process { get; }

    public static async Task<RunningShop> StartAsync(SegueProcess process)
    {
        var line = await process.LineAsync("Serving ");
        return new(process, line.Split(' ')[1]);
    }

    public static Task<RunningShop> StartAsync(ProcessShop shop, params string[] words) =>
        StartAsync(shop.Start(["serve", "--urls", "http://127.0.0.1:0", .. words]));

    /// <summary>Posts orders: the status and how long to wait, or null where the process is gone.</summary>
    public async Task<(HttpStatusCode Status, TimeSpan? RetryAfter)?> PostAsync(IEnumerable<object> orders)
    {
        try
        {
            using var answer = await _client.PostAsJsonAsync("/api/orders", orders, TestContext.Current.CancellationToken);
            return (answer.StatusCode, answer.Headers.RetryAfter?.Delta);
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    public Task<string> GetAsync(string path) => _client.GetStringAsync(path, TestContext.Current.CancellationToken);

    public void Dispose()
    {
        _client.Dispose();
        Process.Dispose();
    }
}
