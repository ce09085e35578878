using System.Globalization;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Net.Mime;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Configuration;
using Segue.Http.Webhooks.Shops;
using Segue.Webhooks;

namespace Segue.Http.Webhooks.Outgoing;

/// <summary>
/// Calls webhooks over HTTP: signed as Standard Webhooks has it, to public addresses alone, without proxy, cookies and redirects. Of an
/// answer only the status and Retry-After are read, unless it was asked for.
/// </summary>
public sealed class HttpWebhookCaller : IWebhookCaller, IDisposable
{
    private const int LongestAnswer = 4096;
    private const string UserAgent = "Segue-Webhooks/1.0";
    private static readonly HttpStatusCode[] _forGood =
        [HttpStatusCode.BadRequest, HttpStatusCode.Gone, HttpStatusCode.RequestEntityTooLarge, HttpStatusCode.UnprocessableEntity];

    private readonly HttpClient _http;
    private readonly WebhookSignature? _signature;
    private readonly TimeProvider _clock;

    /// <summary>A caller that signs with the setting <c>Webhooks:SigningSecret</c>.</summary>
    /// <param name="configuration">The host's settings.</param>
    /// <param name="clock">The clock.</param>
    public HttpWebhookCaller(IConfiguration configuration, TimeProvider clock)
    {
        _clock = clock;
        _signature = WebhookSignature.TryParse(WebhookSecrets.Of(configuration, WebhookSecrets.Signing), out var signature) ? signature : null;
        _http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            ConnectCallback = PublicConnections.ConnectAsync,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            MaxResponseHeadersLength = 16,
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    /// <inheritdoc/>
    public async Task<WebhookAnswer> CallAsync(WebhookRequest request, CancellationToken cancellation = default) =>
        (await CallAsync(request, reads: false, cancellation)).Answer;

    /// <inheritdoc/>
    public Task<(WebhookAnswer Answer, string? Text)> AskAsync(WebhookRequest request, CancellationToken cancellation = default) =>
        CallAsync(request, reads: true, cancellation);

    private async Task<(WebhookAnswer Answer, string? Text)> CallAsync(WebhookRequest request, bool reads, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (_signature is null)
        {
            return (new WebhookAnswer.TryAgain("the setting Webhooks:SigningSecret holds no secret of 24 to 64 bytes (whsec_…)"), null);
        }

        using var timeout = new CancellationTokenSource(request.Timeout, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, timeout.Token);
        try
        {
            using var message = Sign(request, _signature);
            using var answer = await _http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, either.Token);
            var came = Read(answer);
            return (came, reads && came is WebhookAnswer.Taken ? await TextAsync(answer.Content, either.Token) : null);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return (new WebhookAnswer.TryAgain("no answer in time"), null);
        }
        catch (HttpRequestException e) when (e.InnerException is PrivateAddressException)
        {
            return (new WebhookAnswer.Refused(e.InnerException.Message), null);
        }
        catch (PrivateAddressException e)
        {
            return (new WebhookAnswer.Refused(e.Message), null);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or SocketException)
        {
            return (new WebhookAnswer.TryAgain($"no connection: {(e as HttpRequestException)?.HttpRequestError.ToString() ?? e.GetType().Name}"), null);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    /// <summary>The text of an answer of 4 KiB at most; null for a longer one.</summary>
    private static async Task<string?> TextAsync(HttpContent content, CancellationToken cancellation)
    {
        await using var stream = await content.ReadAsStreamAsync(cancellation);
        var bytes = new byte[LongestAnswer + 1];
        var read = await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellation);
        return read > LongestAnswer ? null : Encoding.UTF8.GetString(bytes, 0, read);
    }

    private HttpRequestMessage Sign(WebhookRequest request, WebhookSignature signature)
    {
        var now = _clock.GetUtcNow();
        var message = new HttpRequestMessage(HttpMethod.Post, request.Url)
        {
            Content = new StringContent(request.Body, Encoding.UTF8, MediaTypeNames.Application.Json),
        };
        message.Options.Set(PublicConnections.MayBePrivate, request.MayBePrivate);
        message.Headers.UserAgent.Add(ProductInfoHeaderValue.Parse(UserAgent));
        message.Headers.Add("webhook-id", request.Id);
        message.Headers.Add("webhook-timestamp", now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        message.Headers.Add("webhook-signature", signature.Of(request.Id, now, request.Body));
        return message;
    }

    private WebhookAnswer Read(HttpResponseMessage answer)
    {
        var status = string.Create(CultureInfo.InvariantCulture, $"answered {(int)answer.StatusCode}");
        return answer.IsSuccessStatusCode ? new WebhookAnswer.Taken()
            : (int)answer.StatusCode is >= 300 and < 400 ? new WebhookAnswer.Refused($"{status}: redirects are not followed")
            : _forGood.Contains(answer.StatusCode) ? new WebhookAnswer.Refused(status)
            : new WebhookAnswer.TryAgain(status, RestOf(answer.Headers.RetryAfter));
    }

    private TimeSpan? RestOf(RetryConditionHeaderValue? asked) =>
        (asked?.Delta ?? asked?.Date - _clock.GetUtcNow()) is { } rest && rest > TimeSpan.Zero ? rest : null;
}
