using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;
using Segue.Ports;
using Segue.Storage;

namespace Segue.Messaging;

/// <summary>
/// What surrounds every handler: a conflict or a passing fault is tried again at once; what still does not work goes back
/// as a delayed copy; only what can never work is thrown as <see cref="PermanentException"/>.
/// </summary>
internal sealed class Reliably(IMessageBus bus, TimeProvider clock, RetryOptions options, ILogger<Reliably> logger)
{
    private readonly ResiliencePipeline _pipeline = new ResiliencePipelineBuilder { TimeProvider = clock }
        .AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = new PredicateBuilder().Handle<TableConflictException>().Handle<PortUnavailableException>(),
            MaxRetryAttempts = options.Attempts,
            Delay = options.FirstDelay,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = options.FirstDelay > TimeSpan.Zero,
        })
        .Build();

    /// <summary>Tries again what conflicts or is not available for a moment.</summary>
    public ValueTask RetryAsync(Func<CancellationToken, ValueTask> action, CancellationToken cancellation) =>
        _pipeline.ExecuteAsync(action, cancellation);

    /// <summary>Handles one message of a queue, whole.</summary>
    /// <param name="function">The function's name, for traces and logs.</param>
    /// <param name="queue">Where a delayed copy goes.</param>
    /// <param name="parse">Reads the body.</param>
    /// <param name="handle">The handler; must be safe to run again.</param>
    /// <param name="putBack">The same message with one retry more, and how many it has had.</param>
    public async Task HandleAsync<T>(
        string function,
        string queue,
        Func<T?> parse,
        Func<T, CancellationToken, Task> handle,
        Func<T, (int Retries, string Body)> putBack,
        CancellationToken cancellation)
        where T : class
    {
        using var activity = Telemetry.Source.StartActivity(function, ActivityKind.Consumer);
        var started = clock.GetTimestamp();
        T message;
        try
        {
            message = parse() ?? throw new PermanentException("The message is empty.");
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            // The second is what a body without the name of its kind is answered with.
            throw new PermanentException($"The message is not one of ours: {e.Message}", e);
        }

        try
        {
            await _pipeline.ExecuteAsync(
                static (s, c) => new ValueTask(s.handle(s.message, c)), (handle, message), cancellation);
        }
        catch (Exception e) when (e is TableConflictException or PortUnavailableException)
        {
            var (retries, body) = putBack(message);
            var delay = options.DelayAfter(retries, Draw.Of("put-back", body));
            logger.PutBack(function, retries, delay, e.GetType().Name);
            await bus.SendAsync(queue, [new(MessageIds.Of($"retry~{retries}~{Draw.Of(body):R}"), body, clock.GetUtcNow() + delay)], cancellation);
        }
        catch (Exception e) when (e is TableLimitException or MessageTooLargeException)
        {
            throw new PermanentException(e.Message, e);
        }
        finally
        {
            Telemetry.Handled(function, clock.GetElapsedTime(started));
        }
    }
}

/// <summary>How patiently a handler tries again.</summary>
/// <param name="Attempts">Further tries within the handler, 1 or more.</param>
/// <param name="FirstDelay">Before the first of them; doubles, with jitter. Zero for none.</param>
/// <param name="PutBackDelay">Of the first delayed copy; doubles up to an hour. Zero for none.</param>
public sealed record RetryOptions(int Attempts, TimeSpan FirstDelay, TimeSpan PutBackDelay)
{
    /// <summary>For services over a network.</summary>
    public static RetryOptions Default { get; } = new(5, TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(10));

    /// <summary>For simulations: never waits.</summary>
    public static RetryOptions Immediate { get; } = new(5, TimeSpan.Zero, TimeSpan.Zero);

    internal TimeSpan DelayAfter(int retries, double jitter)
    {
        var doubled = PutBackDelay * Math.Pow(2, Math.Min(retries, 12)) * (0.75 + (jitter / 2));
        return doubled < TimeSpan.FromHours(1) ? doubled : TimeSpan.FromHours(1);
    }
}
