using System.Globalization;
using System.Net;

namespace Segue.Local.DeadLetters;

/// <summary>Asks the server that holds the data folder.</summary>
internal sealed class ServerDeadLetters(Uri server) : IDeadLetters
{
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false })
    {
        BaseAddress = server,
        Timeout = TimeSpan.FromSeconds(60),
    };

    /// <inheritdoc/>
    public Task<bool> ReplayAsync(long number, CancellationToken cancellation) => PostAsync(number, "replay", cancellation);

    /// <inheritdoc/>
    public Task<bool> DropAsync(long number, CancellationToken cancellation) => PostAsync(number, "drop", cancellation);

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<bool> PostAsync(long number, string action, CancellationToken cancellation)
    {
        try
        {
            var path = string.Create(CultureInfo.InvariantCulture, $"/local/deadletters/{number}/{action}");
            using var answer = await _client.PostAsync(path, null, cancellation);
            return answer.IsSuccessStatusCode || (answer.StatusCode == HttpStatusCode.NotFound
                ? false
                : throw new RefusedException($"The server at {server} refused ({(int)answer.StatusCode}). Try again."));
        }
        catch (HttpRequestException e)
        {
            throw new RefusedException($"The server at {server} holds the data folder and does not answer: {e.Message}", e);
        }
        catch (TaskCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            throw new RefusedException($"The server at {server} holds the data folder and does not answer in time.", e);
        }
    }
}
