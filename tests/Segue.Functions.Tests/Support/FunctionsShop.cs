using Azure.Messaging.ServiceBus;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Segue.Functions.ServiceBus;
using Segue.Ports;
using Segue.Simulation;

namespace Segue.Functions.Tests.Support;

/// <summary>
/// The app as Program composes it, its services in memory, with the HTTP triggers behind a real ASP.NET Core pipeline: what the
/// worker's integration does for a request is done for it by a route of the trigger's own.
/// </summary>
internal sealed class FunctionsShop : IAsyncDisposable
{
    // Far beyond what anything here takes: a test that waits for a clock which nobody moves fails with its name instead of hanging.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly WebApplication _app;

    private FunctionsShop(WebApplication app, FakeServiceBus bus, OutageStore store) => (_app, Bus, Store) = (app, bus, store);

    public FakeServiceBus Bus { get; }

    public OutageStore Store { get; }

    public IServiceProvider Services => _app.Services;

    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    public static async Task<FunctionsShop> StartAsync(TimeProvider clock, params (string Name, string Value)[] settings)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration.AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Name, (string?)s.Value)));
        var (bus, store) = (new FakeServiceBus(clock), new OutageStore(new InMemoryTableStore()));
        builder.Services.AddSingleton(clock).AddSingleton<ServiceBusClient>(bus).AddSingleton<ITableStore>(store)
            .AddSingleton<IMessageBus, ServiceBusMessageBus>().AddSingleton<IEmailSender, NoSender>()
            .AddSegueProduct(builder.Configuration);
        foreach (var trigger in Triggers.All)
        {
            builder.Services.AddScoped(trigger.Class);
        }

        var app = builder.Build();
        foreach (var trigger in Triggers.Http)
        {
            app.MapMethods("/" + trigger.Http!.Route!.TrimStart('/'), trigger.Http.Methods!, async (HttpContext context) =>
            {
                var answer = trigger.Method.Invoke(context.RequestServices.GetRequiredService(trigger.Class), [context.Request]);
                return await (Task<IResult>)answer!;
            });
        }

        await app.StartAsync();
        return new(app, bus, store);
    }

    /// <summary>Runs a function of a queue or a timer, as the host calls it.</summary>
    /// <exception cref="TimeoutException">It did not end within a minute.</exception>
    public async Task RunAsync(string function, params object[] arguments)
    {
        await using var scope = Services.CreateAsyncScope();
        var trigger = Triggers.All.Single(t => t.Name == function);
        var running = (Task)trigger.Method.Invoke(
            scope.ServiceProvider.GetRequiredService(trigger.Class), [.. arguments, TestContext.Current.CancellationToken])!;
        await running.WaitAsync(Patience);
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private sealed class NoSender : IEmailSender
    {
        public Task<SendAnswer> SendAsync(RenderedEmail email, CancellationToken cancellation = default) =>
            Task.FromResult<SendAnswer>(new SendAnswer.Accepted());

        public Task<bool?> WasAcceptedAsync(string sendId, CancellationToken cancellation = default) => Task.FromResult<bool?>(null);
    }
}
