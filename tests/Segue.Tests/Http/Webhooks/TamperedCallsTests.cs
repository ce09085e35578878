using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Segue.Tests.Support;

namespace Segue.Tests.Http.Webhooks;

/// <summary>
/// Calls of each service, as it documents them, tampered with in every way that there is: each is refused, the refusal is in the log
/// without anything personal, and nothing is kept. Fixtures/README.md names the pages that they follow.
/// </summary>
public sealed class TamperedCallsTests : IAsyncLifetime
{
    private const string CloudEvents = "/api/cloudevents";
    private static readonly string[] Personal = ["ada", "lovelace", "example.com", "55501", "115310627314723954", "NeZwdNtLEOXuvB", "203.0.113"];
    private readonly SignedCalls _services = new();
    private ApiHost _host = null!;

    public static TheoryData<string> SignedRoutes => [.. SignedCalls.Routes];

    public static TheoryData<string> All => [.. SignedCalls.Routes, CloudEvents];

    public static TheoryData<string> Timed => ["/api/sendgrid/events", "/api/stripe/events"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private DateTimeOffset Now => _host.Shop.Now;

    public async ValueTask InitializeAsync()
    {
        _host = await ApiHost.StartAsync(await BusyShop.OpenAsync(), _services.Settings);
        _host.Log.Clear();
    }

    public async ValueTask DisposeAsync()
    {
        _services.Dispose();
        await _host.DisposeAsync();
    }

    /// <summary>What is refused below is taken as it stands: the tampering is what makes the difference.</summary>
    [Theory]
    [MemberData(nameof(All))]
    public async Task Call_AsTheServiceSendsIt_IsTaken(string route)
    {
        var body = Body(route);
        using var answer = await SendAsync(route, body, Sign(route, body));
        Assert.True(answer.IsSuccessStatusCode, $"{answer.StatusCode}: {await answer.Content.ReadAsStringAsync(Cancellation)}");
        Assert.True(_host.Shop.Bus.Count > 0, "nothing was put on the bus");
        AssertNothingPersonalIsLogged();
    }

    [Theory]
    [MemberData(nameof(SignedRoutes))]
    public async Task Call_OneByteOfItsBodyChanged_IsRefused(string route)
    {
        var body = Body(route);
        var signed = Sign(route, body);
        for (var i = 0; i < body.Length; i += 3)
        {
            var changed = body.ToArray();
            changed[i] ^= (byte)(1 << (i % 8));
            await RefusedAsync(route, changed, signed);
        }

        await RefusedAsync(route, [.. body, (byte)' '], signed);
        await RefusedAsync(route, body[..^1], signed);
    }

    [Theory]
    [MemberData(nameof(SignedRoutes))]
    public async Task Call_OneCharacterOfItsSignatureChanged_IsRefused(string route)
    {
        var body = Body(route);
        var signed = Sign(route, body);
        var (name, signature) = signed.First(h => h.Key.Contains("Signature", StringComparison.Ordinal) || h.Key.Contains("Hmac", StringComparison.Ordinal));
        // The last characters of Base64 may hold bits that mean nothing.
        for (var i = 0; i < signature.Length - 4; i++)
        {
            var changed = signature.ToCharArray();
            changed[i] = changed[i] == 'A' ? 'B' : 'A';
            await RefusedAsync(route, body, With(signed, name, new(changed)));
        }

        foreach (var other in new[] { "", " ", "AAAA", signature[..^8], "%%%", new string('A', 100_000) })
        {
            await RefusedAsync(route, body, With(signed, name, other));
        }
    }

    [Theory]
    [MemberData(nameof(Timed))]
    public async Task Call_ItsTimeChanged_IsRefused(string route)
    {
        var body = Body(route);
        var signed = Sign(route, body);
        var (name, header) = signed.First(h => h.Value.Contains($"{Now.ToUnixTimeSeconds()}", StringComparison.Ordinal));
        foreach (var time in new[] { $"{Now.ToUnixTimeSeconds() + 1}", $"{Now.ToUnixTimeSeconds() - 1}", "", "0", "-1", "99999999999999999999", "now", $" {Now.ToUnixTimeSeconds()}", $"0{Now.ToUnixTimeSeconds()}" })
        {
            await RefusedAsync(route, body, With(signed, name, header.Replace($"{Now.ToUnixTimeSeconds()}", time, StringComparison.Ordinal)), mayBeTheSame: time.Trim() == $"{Now.ToUnixTimeSeconds()}");
        }
    }

    [Theory]
    [MemberData(nameof(Timed))]
    public async Task Call_RecordedAndSentLongAfter_OrSignedInTheFuture_IsRefused(string route)
    {
        var body = Body(route);
        await RefusedAsync(route, body, _services.Sign(route, body, Now.AddHours(-26)));
        await RefusedAsync(route, body, _services.Sign(route, body, Now.AddMinutes(6)));
        await RefusedAsync(route, body, _services.Sign(route, body, DateTimeOffset.UnixEpoch));
    }

    /// <summary>A recording that is sent while its signature holds, or of a service that signs no time, finds everything known.</summary>
    [Theory]
    [MemberData(nameof(All))]
    public async Task Call_SentAgain_ChangesNothing(string route)
    {
        var body = Body(route);
        var signed = Sign(route, body);
        await SendAsync(route, body, signed);
        await _host.Shop.RunAsync(62.001);
        var before = Facts();
        for (var i = 0; i < 3; i++)
        {
            using var answer = await SendAsync(route, body, signed);
            Assert.True(answer.IsSuccessStatusCode);
        }

        await _host.Shop.RunAsync(62.002);
        Assert.Equal(before, Facts());
    }

    [Theory]
    [MemberData(nameof(SignedRoutes))]
    public async Task Call_SignedByAnother_OrByNobody_IsRefused(string route)
    {
        var body = Body(route);
        await RefusedAsync(route, body, _services.Sign(route, body, Now, secret: "whsec_another"));
        await RefusedAsync(route, body, new Dictionary<string, string>());
        foreach (var other in SignedCalls.Routes.Where(r => r != route))
        {
            await RefusedAsync(route, body, _services.Sign(other, body, Now));
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Call_Empty_IsRefused(string route)
    {
        await RefusedAsync(route, [], route == CloudEvents ? [] : Sign(route, Body(route)));
        await RefusedAsync(route, [], Sign(route, []));
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Call_OfTenMegabytes_IsRefusedUnread(string route)
    {
        var body = new byte[10 * 1024 * 1024];
        Array.Fill(body, (byte)' ');
        "[]"u8.CopyTo(body);
        using var answer = await RefusedAsync(route, body, Sign(route, body));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Call_InAnotherEncoding_IsRefused(string route)
    {
        var body = Body(route);
        foreach (var type in new[] { "text/plain", "application/xml", "application/json; charset=utf-16", "application/json; charset=iso-8859-1", null })
        {
            Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await RefusedAsync(route, body, Sign(route, body), type)).StatusCode);
        }

        // Well signed, but no JSON: in UTF-16, with bytes that no text has, and cut off.
        foreach (var other in new[] { Encoding.Unicode.GetBytes(Encoding.UTF8.GetString(body)), [.. "[\""u8, 0xC3, 0x28, 0xFF, .. "\"]"u8], body[..^5], [0], "{"u8.ToArray() })
        {
            await RefusedAsync(route, other, Sign(route, other));
        }
    }

    private async Task<HttpResponseMessage> RefusedAsync(
        string route, byte[] body, IReadOnlyDictionary<string, string> headers, string? type = "application/json", bool mayBeTheSame = false)
    {
        var before = _host.Fingerprint();
        _host.Log.Clear();
        var answer = await SendAsync(route, body, headers, type);
        if (mayBeTheSame && answer.IsSuccessStatusCode)
        {
            return answer;
        }

        Assert.InRange((int)answer.StatusCode, 400, 499);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal(before, _host.Fingerprint());
        if (route != CloudEvents)
        {
            var line = Assert.Single(_host.Log.Lines, l => l.Id.Id == 3001);
            Assert.Equal(LogLevel.Warning, line.Level);
            Assert.Contains(route.Split('/')[2], line.Text, StringComparison.Ordinal);
        }

        AssertNothingPersonalIsLogged();
        return answer;
    }

    private void AssertNothingPersonalIsLogged() => Assert.All(
        _host.Log.Own, line => Assert.All(Personal, p => Assert.DoesNotContain(p, line, StringComparison.OrdinalIgnoreCase)));

    private Task<HttpResponseMessage> SendAsync(string route, byte[] body, IReadOnlyDictionary<string, string> headers, string? type = "application/json") =>
        _host.Client.SendAsync(SignedCalls.Request(route, body, headers, type), Cancellation);

    private Dictionary<string, string> Sign(string route, byte[] body) => route == CloudEvents ? [] : _services.Sign(route, body, Now);

    private static Dictionary<string, string> With(Dictionary<string, string> headers, string name, string value) => new(headers) { [name] = value };

    /// <summary>What is known of all customers, with their orders and events.</summary>
    private List<string> Facts() =>
    [
        .. _host.Shop.Rows.AllRows().Where(r => r.Table == Segue.Storage.Tables.Customers && !r.Row.Key.StartsWith("0-", StringComparison.Ordinal))
            .Select(r => $"{r.Row.Partition} {r.Row.Key} {JsonSerializer.Serialize(r.Row.Properties)}").Order(StringComparer.Ordinal),
    ];

    private byte[] Body(string route)
    {
        var text = WebhookFixtures.Read(route);
        var reference = _host.Shop.Engine.MailReferences.Of(BusyShop.Customer, _host.Shop.Sends(BusyShop.Customer)[0].Id);
        return Encoding.UTF8.GetBytes(text.Replace("REFERENCE", reference, StringComparison.Ordinal));
    }
}
