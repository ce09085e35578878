using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Segue.Messaging;
using Segue.Ports;

namespace Segue.Benchmarks.Http;

/// <summary>Kestrel with one route that puts the body on a queue as it is and answers 202: the least that could be done.</summary>
internal static class EnqueueOnly
{
    /// <summary>Starts it; to be disposed.</summary>
    public static async Task<WebApplication> StartAsync(IMessageBus bus)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(k => k.AddServerHeader = false);
        var app = builder.Build();
        var number = 0;
        app.MapPost("/orders", async (HttpContext context) =>
        {
            using var reader = new StreamReader(context.Request.Body);
            var body = await reader.ReadToEndAsync(context.RequestAborted);
            await bus.SendAsync(Queues.Customers, [new(FormattableString.Invariant($"m{Interlocked.Increment(ref number)}"), body)], context.RequestAborted);
            return Results.StatusCode(StatusCodes.Status202Accepted);
        });
        await app.StartAsync();
        return app;
    }
}
