using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Segue.Functions.Hosting;
using Segue.Functions.Tests.Support;
using Segue.Http;
using Segue.Local.Commands;
using Segue.Local.Serving;
using Segue.Local.Shop;
using Segue.Tests.Ports;

namespace Segue.Functions.Tests.Triggers;

/// <summary>
/// Both hosts run the same: the routes of <see cref="SegueEndpoints.MapSegue"/>, and the queues and timers of
/// <see cref="SegueEngine"/>. Whoever adds one there adds a trigger class here, or these tests fail.
/// </summary>
public sealed class ParityTests : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Http_TriggersAndEndpoints_AreTheSameRoutesMethodsAndKeys()
    {
        await using var shop = await FunctionsShop.StartAsync(TimeProvider.System);
        var endpoints = SegueRoutes.All(shop.Services).SelectMany(e => SegueRoutes.MethodsOf(e).Select(m => Line(m, SegueRoutes.RouteOf(e), IsOpen(e))));
        var triggers = Support.Triggers.Http.SelectMany(t => t.Http!.Methods!.Select(m => Line(m, t.Http.Route!.TrimStart('/'), t.Http.AuthLevel)));

        Assert.Equal(endpoints.Order(StringComparer.Ordinal), triggers.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Http_EveryEndpoint_FindsItsServicesInThisHost()
    {
        await using var shop = await FunctionsShop.StartAsync(TimeProvider.System);
        await shop.Services.GetRequiredService<AzureShop>().OpenAsync(Cancellation);

        // Binding is prepared with the first use of an endpoint; where a service is missing, that throws.
        var delegates = SegueRoutes.All(shop.Services).Select(e => e.RequestDelegate).ToList();
        Assert.All(delegates, Assert.NotNull);
        Assert.All(
            SegueRoutes.All(shop.Services).Select(e => e.Metadata.GetMetadata<System.Reflection.MethodInfo>()).OfType<System.Reflection.MethodInfo>()
                .SelectMany(m => m.GetParameters()).Where(p => p.ParameterType.IsInterface),
            p => Assert.True(shop.Services.GetService(p.ParameterType) is not null, $"{p.ParameterType} is not added by {nameof(ProductServices)}."));
    }

    /// <summary>
    /// The worker puts the host's prefix, a slash and the trigger's route together and parses them all at once: one that it can't
    /// read leaves every route unanswered. The host takes an empty one for none, and names the route after the function.
    /// </summary>
    [Fact]
    public void Http_EveryRoute_IsReadByTheWorkerAndTheHost()
    {
        using var host = JsonDocument.Parse(File.ReadAllText(Repository.File("host.json")));
        var prefix = host.RootElement.GetProperty("extensions").GetProperty("http").GetProperty("routePrefix").GetString();
        foreach (var trigger in Support.Triggers.Http)
        {
            Assert.NotEmpty(trigger.Http!.Route!);
            Assert.NotNull(RoutePatternFactory.Parse($"{prefix}/{trigger.Http.Route}"));
        }
    }

    [Fact]
    public async Task Queues_BothHosts_WorkTheSame()
    {
        await using var local = await LocalShopAsync();
        Assert.Equal(
            local.Parts.Queues.Select(q => (q.Name, (string?)q.Queue)).Order(),
            Support.Triggers.All.Where(t => t.Queue is not null).Select(t => (t.Name, t.Queue!.QueueName)).Order());
        Assert.All(Support.Triggers.All.Where(t => t.Queue is not null), t =>
        {
            Assert.Equal(AppSettings.ServiceBus, t.Queue!.Connection);
            Assert.False(t.Queue.AutoCompleteMessages);
        });
    }

    [Fact]
    public async Task Timers_BothHosts_TickTheSame()
    {
        await using var local = await LocalShopAsync();
        Assert.Equal(
            local.Parts.Timers.Select(t => (t.Name, t.Schedule)).Order(),
            Support.Triggers.All.Where(t => t.Timer is not null).Select(t => (t.Name, t.Timer!.Schedule)).Order());
        Assert.All(Support.Triggers.All.Where(t => t.Timer is not null), t => Assert.True(t.Timer!.UseMonitor));
    }

    [Fact]
    public async Task Authorization_RequestFromOutside_IsRefusedByLocalWhereFunctionsWantsAKey()
    {
        await using var shop = await LocalShopAsync();
        await using var local = await LocalServer.StartAsync(shop.Parts, "http://127.0.0.1:0", TimeProvider.System, Cancellation);
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new(local.Addresses.First()) };
        foreach (var trigger in Support.Triggers.Http)
        {
            foreach (var method in trigger.Http!.Methods!)
            {
                var path = trigger.Http.Route == SegueRoutes.Root ? "" : Regex.Replace(trigger.Http.Route!, @"\{[^}]+\}", "x");
                using var request = new HttpRequestMessage(new HttpMethod(method), path);
                request.Headers.Host = "shop.example";
                using var answer = await client.SendAsync(request, Cancellation);
                var refused = answer.StatusCode == HttpStatusCode.Forbidden
                    && (await answer.Content.ReadAsStringAsync(Cancellation)).Contains("Only for this machine", StringComparison.Ordinal);
                Assert.True(
                    refused == (trigger.Http.AuthLevel == AuthorizationLevel.Function),
                    $"{method} {path}: {trigger.Http.AuthLevel} in Functions, {(int)answer.StatusCode} from outside in Local.");
            }
        }
    }

    [Fact]
    public void Names_Functions_AreTheirClassesAndUnique()
    {
        Assert.All(Support.Triggers.All, t => Assert.Equal(t.Class.Name, t.Name));
        Assert.Equal(Support.Triggers.All.Count, Support.Triggers.All.Select(t => t.Name.ToUpperInvariant()).Distinct().Count());
        Assert.All(Support.Triggers.All, t => Assert.True(t.Class is { IsPublic: true, IsSealed: true }, $"{t.Name} must be public: the host's generated code calls it."));
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    private static string Line(string method, string route, AuthorizationLevel level) => $"{route} {method.ToUpperInvariant()} {level}";

    private static AuthorizationLevel IsOpen(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<OpenToAll>() is null ? AuthorizationLevel.Function : AuthorizationLevel.Anonymous;

    private Task<IShop> LocalShopAsync() => new LocalShopOpener(TimeProvider.System, NullLoggerFactory.Instance)
        .OpenAsync(new(_folder.Path, Repository.File("src", "Campaigns"), Writes: true), Cancellation);
}
