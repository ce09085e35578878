using Azure.Messaging.ServiceBus;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Segue.Ports;
using Segue.Simulation;

namespace Segue.Functions.Tests.Support;

/// <summary>
/// The app as Program composes it, with the HTTP triggers behind a real ASP.NET Core pipeline: what the host and the worker's
/// integration do for a request (ask for the key, call the trigger, run its result) is done for it by a route of the trigger's own.
/// Tables and queues are in memory unless a test brings others; mail is taken by nobody unless a setting names SendGrid's key.
/// </summary>
internal sealed class FunctionsShop : IAsyncDisposable
{
    /// <summary>The key of the host that requests must bring to triggers that ask for one.</summary>
    public const string Key = "the-host-key";

    // Far beyond what anything here takes: a test that waits for a clock which nobody moves fails with its name instead of hanging.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly WebApplication _app;

    private FunctionsShop(WebApplication app, FakeServiceBus bus, OutageStore store) => (_app, Bus, Store) = (app, bus, store);

    public FakeServiceBus Bus { get; }

    public OutageStore Store { get; }

    public IServiceProvider Services => _app.Services;

    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    public static Task<FunctionsShop> StartAsync(TimeProvider clock, params (string Name, string Value)[] settings) =>
        StartOnAsync(clock, new InMemoryTableStore(), settings);

    public static async Task<FunctionsShop> StartOnAsync(TimeProvider clock, ITableStore tables, params (string Name, string Value)[] settings)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration.AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Name, (string?)s.Value)));
        var (bus, store) = (new FakeServiceBus(clock), new OutageStore(tables));
        builder.Services.AddSegueAzure(builder.Configuration)
            .AddSingleton(clock).AddSingleton<ServiceBusClient>(bus).AddSingleton<ITableStore>(store)
            .AddSegueProduct(builder.Configuration);
        if (settings.All(s => s.Name != "SendGrid:ApiKey"))
        {
            builder.Services.AddSingleton<IEmailSender, NoSender>();
        }

        foreach (var trigger in Triggers.All)
        {
            builder.Services.AddScoped(trigger.Class);
        }

        var app = builder.Build();
        foreach (var trigger in Triggers.Http)
        {
            app.MapMethods("/" + trigger.Http!.Route!.TrimStart('/'), trigger.Http.Methods!, (HttpContext context) => CallAsync(trigger, context));
        }

        await app.StartAsync();
        return new(app, bus, store);
    }

    /// <summary>A client of the HTTP triggers, by default with the host's key.</summary>
    public HttpClient Client(string? key = Key)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = Address, Timeout = Patience };
        if (key is not null)
        {
            client.DefaultRequestHeaders.Add("x-functions-key", key);
        }

        return client;
    }

    /// <summary>Runs a function of a queue or a timer, as the host calls it.</summary>
    /// <exception cref="TimeoutException">It did not end within a minute.</exception>
    public Task RunAsync(string function, params object[] arguments) => RunAsync(function, TestContext.Current.CancellationToken, arguments);

    /// <summary>The same, with the host's own word on when to stop.</summary>
    /// <exception cref="TimeoutException">It did not end within a minute.</exception>
    public async Task RunAsync(string function, CancellationToken stopping, params object[] arguments)
    {
        await using var scope = Services.CreateAsyncScope();
        var trigger = Triggers.All.Single(t => t.Name == function);
        var running = (Task)trigger.Method.Invoke(
            scope.ServiceProvider.GetRequiredService(trigger.Class), [.. arguments, stopping])!;
        await running.WaitAsync(Patience);
    }

    /// <summary>Gives every message that is visible to its function, until none is left; each must be completed.</summary>
    /// <returns>The messages handled, by queue.</returns>
    public async Task<ILookup<string, ServiceBusMessage>> DrainAsync()
    {
        var handled = new List<(string Queue, ServiceBusMessage Message)>();
        for (var before = -1; before < handled.Count;)
        {
            before = handled.Count;
            foreach (var trigger in Triggers.All.Where(t => t.Queue is not null))
            {
                foreach (var message in Bus.Take(trigger.Queue!.QueueName!, 100))
                {
                    var actions = new RecordedActions();
                    await RunAsync(trigger.Name, Received(message), actions);
                    Assert.Equal(["completed"], actions.Settled);
                    handled.Add((trigger.Queue.QueueName!, message));
                }
            }
        }

        return handled.ToLookup(h => h.Queue, h => h.Message);
    }

    /// <summary>A message as its receiver gets it.</summary>
    public static ServiceBusReceivedMessage Received(ServiceBusMessage message) =>
        ServiceBusModelFactory.ServiceBusReceivedMessage(body: message.Body, messageId: message.MessageId, deliveryCount: 1);

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private static async Task CallAsync(Trigger trigger, HttpContext context)
    {
        if (trigger.Http!.AuthLevel != AuthorizationLevel.Anonymous
            && context.Request.Headers["x-functions-key"] != Key && context.Request.Query["code"] != Key)
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        var answer = trigger.Method.Invoke(context.RequestServices.GetRequiredService(trigger.Class), [context.Request]);
        await (await (Task<IResult>)answer!).ExecuteAsync(context);
    }

    private sealed class NoSender : IEmailSender
    {
        public Task<SendAnswer> SendAsync(RenderedEmail email, CancellationToken cancellation = default) =>
            Task.FromResult<SendAnswer>(new SendAnswer.Accepted());

        public Task<bool?> WasAcceptedAsync(string sendId, CancellationToken cancellation = default) => Task.FromResult<bool?>(null);
    }
}
