using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Segue.Http;
using Segue.Http.Guarding;
using Segue.Local.DeadLetters;
using Segue.Local.Hosting;

namespace Segue.Local.Serving;

/// <summary>The running process: Kestrel with the endpoints, a pump per queue and one per timer.</summary>
public sealed class LocalServer : IAsyncDisposable
{
    /// <summary>Where it listens unless told otherwise.</summary>
    public const string DefaultUrls = "http://127.0.0.1:7071";

    private readonly WebApplication _app;
    private readonly string? _addressFile;

    private LocalServer(WebApplication app, string? addressFile) => (_app, _addressFile) = (app, addressFile);

    /// <summary>Where it listens.</summary>
    public IReadOnlyCollection<string> Addresses => [.. _app.Urls];

    /// <summary>Starts listening and working.</summary>
    /// <param name="parts">What it serves.</param>
    /// <param name="urls">Where it listens, separated by semicolons.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="cancellation">Gives up the start.</param>
    /// <param name="backlog">So many facts may wait to be handled; then more are put off with 429. 1 or more.</param>
    /// <exception cref="RefusedException">It can't listen there.</exception>
    public static async Task<LocalServer> StartAsync(
        ServedParts parts, string urls, TimeProvider clock, CancellationToken cancellation, int backlog = Backpressure.DefaultLimit)
    {
        var app = Build(parts, urls, clock, backlog);
        try
        {
            await app.StartAsync(cancellation);
            if (parts.AddressFile is { } file)
            {
                ServerAddress.Announce(file, app.Urls);
            }

            return new(app, parts.AddressFile);
        }
        catch (Exception e)
        {
            // Pumps may have begun: they must have ended before whoever called closes the store.
            await app.StopAsync(CancellationToken.None);
            await app.DisposeAsync();
            throw e switch
            {
                IOException { InnerException: AddressInUseException } => new RefusedException(
                    $"{urls} is in use by another program, perhaps another Segue. Stop it, or choose another address with --urls.", e),
                IOException or FormatException or InvalidOperationException or System.Net.Sockets.SocketException =>
                    new RefusedException($"Can't listen on {urls}: {e.Message}", e),
                _ => new InvalidOperationException("The server did not start.", e),
            };
        }
    }

    /// <summary>Waits until the process is asked to stop, and then until it has.</summary>
    public Task WaitForStopAsync(CancellationToken cancellation) => _app.WaitForShutdownAsync(cancellation);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_addressFile is { } file)
        {
            ServerAddress.Withdraw(file);
        }

        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private static WebApplication Build(ServedParts parts, string urls, TimeProvider clock, int backlog)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseUrls(urls);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Logging.ClearProviders().AddFilter("Microsoft", LogLevel.Warning)
            // A start that fails is told in one sentence by whoever started it.
            .AddFilter("Microsoft.Extensions.Hosting", LogLevel.Critical)
            .AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        var services = builder.Services;
        services.Configure<HostOptions>(host =>
        {
            host.ServicesStopConcurrently = true;
            host.ShutdownTimeout = new QueuePumpOptions().DrainFor + TimeSpan.FromSeconds(5);
        });
        services.AddSegueHttp()
            .AddSingleton(clock)
            .AddSingleton(parts.Orders)
            .AddSingleton(parts.Events)
            .AddSingleton(parts.Customers)
            .AddSingleton(parts.Calls)
            .AddSingleton(parts.Campaigns)
            .AddSingleton(parts.Codes)
            .AddSingleton(parts.Products)
            .AddSingleton(parts.Surveys)
            .AddSingleton(parts.Previews)
            .AddSingleton(parts.Reports)
            .AddSingleton(parts.Insights)
            .AddSingleton(parts.Journeys)
            .AddSingleton(parts.Unsubscribe)
            .AddSingleton(parts.MailReports)
            .AddSingleton(parts.Health);
        foreach (var queue in parts.Queues)
        {
            services.AddSingleton<IHostedService>(s => new QueuePump(
                queue, parts.Receiver, new(), clock, s.GetRequiredService<ILogger<QueuePump>>()));
        }

        foreach (var timer in parts.Timers)
        {
            services.AddSingleton<IHostedService>(s => new TimerPump(
                timer, parts.Ledger, clock, s.GetRequiredService<ILogger<TimerPump>>()));
        }

        var app = builder.Build();
        app.UseRequestIds();
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.UseRouting();
        app.Use((HttpContext context, RequestDelegate next) => LocalOnly.InvokeAsync(context, next));
        if (parts.CountWaiting is { } count)
        {
            var pressure = new Backpressure(count, backlog, clock);
            app.Use((HttpContext context, RequestDelegate next) => pressure.InvokeAsync(context, next));
        }

        app.MapSegue();
        if (parts.DeadLetters is { } letters)
        {
            DeadLetterRoutes.Map(app, letters);
        }

        return app;
    }
}
