using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Segue.Campaigns;
using Segue.Files;
using Segue.Http.Campaigns;
using Segue.Local.Commands;

namespace Segue.Local.Serving;

/// <summary>Publishes campaigns through a server: the one that holds the data folder, or one elsewhere.</summary>
internal sealed class ServerPublishing : IPublishing
{
    /// <summary>The environment variable with the key that a server elsewhere asks for: on the command line others could read it.</summary>
    public const string KeyVariable = "SEGUE_KEY";

    private const string KeyHeader = "x-functions-key";
    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web);

    private readonly HttpClient _client;

    /// <summary>Knows where the server is.</summary>
    public ServerPublishing(Uri server, string? key)
    {
        _client = new(new SocketsHttpHandler { UseProxy = !server.IsLoopback, AllowAutoRedirect = false })
        {
            BaseAddress = server,
            Timeout = TimeSpan.FromMinutes(2),
        };
        if (key is { Length: > 0 })
        {
            _client.DefaultRequestHeaders.TryAddWithoutValidation(KeyHeader, key);
        }
    }

    /// <inheritdoc/>
    public Task<PublishResult> PublishAsync(CampaignFiling filing, CancellationToken cancellation)
    {
        var request = new HttpRequestMessage(HttpMethod.Put, $"/api/campaigns{Query(filing.DryRun)}")
        {
            Content = JsonContent.Create(new { by = filing.By, files = filing.Files }),
        };
        if (filing.Expected is { } expected)
        {
            request.Headers.TryAddWithoutValidation("If-Match", $"\"{expected}\"");
        }

        return ResultAsync(request, cancellation);
    }

    /// <inheritdoc/>
    public Task<PublishResult> RevertAsync(string? version, string by, bool dryRun, CancellationToken cancellation) => ResultAsync(
        new(HttpMethod.Post, $"/api/campaigns/revert{Query(dryRun)}") { Content = JsonContent.Create(new { by, to = version }) }, cancellation);

    /// <inheritdoc/>
    public async Task<CampaignHistory> HistoryAsync(CancellationToken cancellation)
    {
        using var answer = await SendAsync(new(HttpMethod.Get, "/api/campaigns"), cancellation);
        var found = await answer.Content.ReadFromJsonAsync<JsonElement>(_json, cancellation);
        var history = found.GetProperty("history").Deserialize<List<PublishedVersion>>(_json) ?? [];
        return new(history.Find(p => p.Version == found.GetProperty("version").GetString()), history);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<string, string>?> FilesAsync(string version, CancellationToken cancellation)
    {
        using var answer = await SendAsync(new(HttpMethod.Get, $"/api/campaigns/{Uri.EscapeDataString(version)}"), cancellation);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>(_json, cancellation)).GetProperty("files").Deserialize<Dictionary<string, string>>(_json);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }

    private static string Query(bool dryRun) => dryRun ? "?dryRun=true" : "";

    private async Task<PublishResult> ResultAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        using var answer = await SendAsync(request, cancellation, HttpStatusCode.UnprocessableEntity);
        var found = await answer.Content.ReadFromJsonAsync<JsonElement>(_json, cancellation);
        if (answer.IsSuccessStatusCode)
        {
            return found.Deserialize<PublishResult>(_json)!;
        }

        return new()
        {
            Errors = found.GetProperty("errors").Deserialize<List<FileError>>(_json)!,
            Warnings = found.GetProperty("warnings").Deserialize<List<FileError>>(_json)!,
        };
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellation, HttpStatusCode? allowed = null)
    {
        using (request)
        {
            try
            {
                var answer = await _client.SendAsync(request, cancellation);
                if (answer.IsSuccessStatusCode || answer.StatusCode == allowed)
                {
                    return answer;
                }

                using (answer)
                {
                    var hint = answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden
                        ? $" Give its key in the environment variable {KeyVariable}." : "";
                    throw new RefusedException(
                        $"The server at {_client.BaseAddress} refused ({(int)answer.StatusCode}): {await ServerSwitchboard.DetailAsync(answer, cancellation)}{hint}");
                }
            }
            catch (HttpRequestException e)
            {
                throw new RefusedException($"The server at {_client.BaseAddress} does not answer: {e.Message}", e);
            }
            catch (TaskCanceledException e) when (!cancellation.IsCancellationRequested)
            {
                throw new RefusedException($"The server at {_client.BaseAddress} does not answer in time.", e);
            }
        }
    }
}
