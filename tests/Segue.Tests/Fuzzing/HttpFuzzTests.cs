using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Segue.Tests.Http.OpenApi;
using Segue.Tests.Http.Webhooks;
using Segue.Tests.Support;

namespace Segue.Tests.Fuzzing;

/// <summary>Every HTTP route, and every webhook well signed: whatever comes, no 5xx, no hang, and nothing kept of what was refused.</summary>
public sealed class HttpFuzzTests : IAsyncLifetime
{
    /// <summary>A shop takes what is right, and grows: so many cases it serves.</summary>
    private const int CasesOfAShop = 4000;

    private const int Variety = 30;
    private static readonly string[] Headers =
        ["Idempotency-Key", "Origin", "X-Request-Id", "X-Forwarded-For", "ce-type", "ce-specversion", "ce-id", "ce-source", "ce-time", "ce-subject", "Accept", "Accept-Encoding", "X-Shopify-Topic", "X-WC-Webhook-Topic"];

    private static readonly string[] Types =
        ["application/json", "application/cloudevents+json", "text/plain", "application/json; charset=utf-16", "multipart/form-data; boundary=x", "application/x-www-form-urlencoded", "a/b; c=d"];

    private readonly SignedCalls _services = new();
    private ApiHost _host = null!;
    private int _commits;
    private List<(string Path, string Method, List<string> Query, List<(string Type, JsonNode? Body)> Bodies)> _operations = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await OpenAsync();
        var document = JsonNode.Parse(await _host.Client.GetStringAsync("/api/openapi.json", Cancellation))!.AsObject();
        var values = new SchemaValues(new JsonSchema(document), new Random(1), _host.Shop.Now);
        _operations =
        [
            .. document["paths"]!.AsObject().SelectMany(p => p.Value!.AsObject().Select(o => (p.Key, o.Key.ToUpperInvariant(),
                o.Value!["parameters"]!.AsArray().Where(q => (string?)q!["in"] == "query").Select(q => (string)q!["name"]!).ToList(),
                (o.Value["requestBody"]?["content"] as JsonObject ?? []).SelectMany(c => Enumerable.Range(0, Variety).Select(_ => (c.Key, values.Draw(c.Value!["schema"]!)))).ToList()))),
        ];
    }

    public async ValueTask DisposeAsync()
    {
        _services.Dispose();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task Routes_WhateverComes_AnswerAndKeepNothingOfWhatIsRefused()
    {
        var run = new FuzzRun("http", 65);
        var mutator = new Mutator(run.Random);
        for (var i = 0; i < run.Cases; i++)
        {
            await ReopenAsync(i);
            var operation = mutator.Pick(_operations);
            if (operation.Path == "/api/simulations" && run.Random.Next(10) > 0)
            {
                // Each replays years.
                continue;
            }

            var (request, told) = Request(operation, mutator, run.Random);
            await run.CaseAsync(i, told, () => AskAsync(request));
        }

        run.Tell();
    }

    [Fact]
    public async Task Webhooks_WellSignedWhateverTheySay_AnswerAndKeepNothingOfWhatIsRefused()
    {
        var run = new FuzzRun("webhooks", 15);
        var mutator = new Mutator(run.Random);
        for (var i = 0; i < run.Cases; i++)
        {
            await ReopenAsync(i);
            var route = mutator.Pick([.. SignedCalls.Routes, "/api/cloudevents"]);
            var fixture = WebhookFixtures.Read(route).Replace(
                "REFERENCE", _host.Shop.Engine.MailReferences.Of(BusyShop.Customer, _host.Shop.Sends(BusyShop.Customer)[0].Id), StringComparison.Ordinal);
            var body = run.Random.Next(3) == 0 ? mutator.Bytes(Encoding.UTF8.GetBytes(fixture)) : mutator.Json(JsonNode.Parse(fixture));
            var headers = route == "/api/cloudevents" ? [] : _services.Sign(route, body, _host.Shop.Now);
            await run.CaseAsync(i, [.. Encoding.UTF8.GetBytes(route + "\n"), .. body], () => AskAsync(SignedCalls.Request(route, body, headers)));
        }

        run.Tell();
    }

    private async Task<string> AskAsync(HttpRequestMessage request)
    {
        var (before, commits, bus) = (default(string), _commits, _host.Shop.Bus.Count);
        using (request)
        {
            using var answer = await _host.Client.SendAsync(request, Cancellation);
            await answer.Content.CopyToAsync(Stream.Null, Cancellation);
            var status = (int)answer.StatusCode;
            if (status >= 500)
            {
                return $"!answered {status}: {string.Join('\n', _host.Log.Lines.TakeLast(3).Select(l => l.Text))}";
            }

            _host.Log.Clear();
            before ??= _seen;
            if (status >= 400 && (_commits != commits || bus != _host.Shop.Bus.Count))
            {
                // Something was written: it may have been taken away again, as the claim of a key is.
                var now = _host.Fingerprint();
                if (now != before)
                {
                    return $"!refused with {status}, and something was kept";
                }
            }
            else if (status < 400 && (_commits != commits || bus != _host.Shop.Bus.Count))
            {
                _seen = _host.Fingerprint();
            }

            return status.ToString(CultureInfo.InvariantCulture);
        }
    }

    private string _seen = "";

    private (HttpRequestMessage Request, byte[] Told) Request(
        (string Path, string Method, List<string> Query, List<(string Type, JsonNode? Body)> Bodies) operation, Mutator mutator, Random random)
    {
        var path = string.Join('/', operation.Path.Split('/').Select(part => part.StartsWith('{') ? Segment(operation.Path, mutator, random) : part));
        var query = operation.Query.Where(_ => random.Next(3) == 0).Select(name => $"{name}={Escape(Argument(name, mutator, random))}").ToList();
        if (operation.Path == "/api/browser/events" && random.Next(8) > 0)
        {
            query.Add($"key={BusyShop.BrowserKey}");
        }

        var address = path + (query.Count > 0 ? "?" + string.Join('&', query) : "");
        var request = new HttpRequestMessage(new(operation.Method), new Uri(address, UriKind.Relative));
        byte[] body = [];
        if (operation.Bodies.Count > 0)
        {
            var (type, valid) = mutator.Pick(operation.Bodies);
            body = random.Next(4) switch
            {
                0 => mutator.Bytes(JsonSerializer.SerializeToUtf8Bytes(valid)),
                1 when random.Next(10) == 0 => JsonSerializer.SerializeToUtf8Bytes(valid),
                _ => mutator.Json(valid),
            };
            request.Content = new ByteArrayContent(body);
            if (type == FormText.MediaType && valid is not null && random.Next(4) > 0)
            {
                body = random.Next(3) == 0 ? FormText.Of(valid) : mutator.Bytes(FormText.Of(valid));
                request.Content = new ByteArrayContent(body);
            }

            if (random.Next(30) > 0)
            {
                request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(random.Next(20) == 0 ? mutator.Pick(Types) : type);
            }

            if (SignedCalls.Routes.Contains(operation.Path) && random.Next(2) == 0)
            {
                _services.Sign(operation.Path, body, _host.Shop.Now).ToList().ForEach(h => request.Headers.TryAddWithoutValidation(h.Key, h.Value));
            }
        }

        if (operation.Path == "/api/browser/events")
        {
            request.Headers.TryAddWithoutValidation("Origin", BusyShop.Origin);
        }

        for (var more = random.Next(3); more > 0; more--)
        {
            request.Headers.TryAddWithoutValidation(mutator.Pick(Headers), random.Next(2) == 0 ? $"key-{random.Next(20)}" : mutator.Text().ReplaceLineEndings(" "));
        }

        return (request, Encoding.UTF8.GetBytes($"{operation.Method} {address}\n{string.Join('\n', request.Headers.Select(h => $"{h.Key}: {string.Join(',', h.Value)}"))}\n\n{Encoding.UTF8.GetString(body)}"));
    }

    private string Segment(string path, Mutator mutator, Random random) => random.Next(3) == 0 ? Escape(mutator.Text()) : path.Split('/')[^1] is var last && path.Contains("token", StringComparison.Ordinal)
        ? Encoding.ASCII.GetString(mutator.Bytes(Encoding.ASCII.GetBytes(BusyShop.Unsubscribe(_host.Shop)))) is var token && random.Next(2) == 0 ? Escape(token) : BusyShop.Unsubscribe(_host.Shop)
        : mutator.Pick([BusyShop.Customer, "two-steps", "first", "nobody", "by-phone", "draft", "gid:%2F%2Fshop%2Fc3", last.Length > 40 ? "x" : "y"]);

    private static string Argument(string name, Mutator mutator, Random random) => random.Next(2) == 0 ? mutator.Text() : name switch
    {
        "format" => mutator.Pick(["csv", "json", "html"]), "partial" => "true", "customer" => BusyShop.Customer, "queue" => "accounts", "every" => "7", _ => "last-touch",
    };

    // What no address can hold at all is no request.
    private static string Escape(string text)
    {
        var clean = new string([.. text.Where(c => c != '\0' && !char.IsSurrogate(c))]);
        var escaped = Uri.EscapeDataString(clean.Length > 2000 ? clean[..2000] : clean);
        return escaped is "" or "." or ".." ? "x" : escaped;
    }

    private async Task ReopenAsync(int number)
    {
        if (number > 0 && number % CasesOfAShop == 0)
        {
            await _host.DisposeAsync();
            await OpenAsync();
        }
    }

    private async Task OpenAsync()
    {
        _host = await ApiHost.StartAsync(await BusyShop.OpenAsync(), _services.Settings);
        _host.Shop.Store.BeforeCommit = (_, _, _) => _commits++;
        _seen = _host.Fingerprint();
    }
}
