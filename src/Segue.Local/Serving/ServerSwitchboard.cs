using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Segue.Campaigns;
using Segue.Http.Journeys;
using Segue.Local.Commands;

namespace Segue.Local.Serving;

/// <summary>Switches journeys through the server that holds the data folder.</summary>
internal sealed class ServerSwitchboard : ISwitchboard
{
    private readonly HttpClient _client;

    /// <summary>Knows where the server is.</summary>
    public ServerSwitchboard(Uri server) => _client = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false })
    {
        BaseAddress = server,
        Timeout = TimeSpan.FromSeconds(60),
    };

    /// <inheritdoc/>
    public async Task<ForecastResult> ForecastAsync(string journey, CancellationToken cancellation)
    {
        using var answer = await SendAsync(HttpMethod.Get, journey, "forecast", null, cancellation);
        return await answer.Content.ReadFromJsonAsync<ForecastResult>(cancellation)
            ?? throw new RefusedException($"The server at {_client.BaseAddress} answered nothing.");
    }

    /// <inheritdoc/>
    public async Task SwitchAsync(string journey, SwitchTo to, string by, CancellationToken cancellation)
    {
        var action = to switch { SwitchTo.Live => "golive", SwitchTo.Paused => "pause", SwitchTo.Archived => "archive", _ => "resume" };
        using var answer = await SendAsync(HttpMethod.Post, journey, action, new { by }, cancellation);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string journey, string action, object? body, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(method, $"/api/journeys/{Uri.EscapeDataString(journey)}/{action}")
        {
            Content = body is null ? null : JsonContent.Create(body),
        };
        try
        {
            var answer = await _client.SendAsync(request, cancellation);
            if (answer.IsSuccessStatusCode)
            {
                return answer;
            }

            using (answer)
            {
                throw Refusal(answer.StatusCode, await DetailAsync(answer, cancellation));
            }
        }
        catch (HttpRequestException e)
        {
            throw new RefusedException($"The server at {_client.BaseAddress} holds the data folder and does not answer: {e.Message}", e);
        }
        catch (TaskCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            throw new RefusedException($"The server at {_client.BaseAddress} holds the data folder and does not answer in time.", e);
        }
    }

    private Exception Refusal(HttpStatusCode status, string detail) => status switch
    {
        HttpStatusCode.NotFound => new JourneyNotFoundException(
            $"{detail} So says the server at {_client.BaseAddress}: publish puts a changed folder in force there."),
        HttpStatusCode.Conflict => new JourneySwitchException(detail),
        _ => new RefusedException($"The server at {_client.BaseAddress} refused ({(int)status}): {detail}"),
    };

    /// <summary>What a refusal says in words.</summary>
    internal static async Task<string> DetailAsync(HttpResponseMessage answer, CancellationToken cancellation)
    {
        var text = await answer.Content.ReadAsStringAsync(cancellation);
        try
        {
            using var problem = JsonDocument.Parse(text);
            return problem.RootElement.ValueKind == JsonValueKind.Object
                && problem.RootElement.TryGetProperty("detail", out var detail) && detail.ValueKind == JsonValueKind.String
                    ? detail.GetString()! : text;
        }
        catch (JsonException)
        {
            return text;
        }
    }
}
