using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Segue.Http.Journeys;
using Segue.Http.Reports;
using Segue.Simulation;

namespace Segue.Http.Simulations;

/// <summary>
/// <c>POST /api/simulations</c> with <c>{"journey", "from", "until", "assumeReachable"}</c>: replays history through a journey
/// in memory; sends nothing. Answers lines of JSON: <c>{"done", "total"}</c> (days) while it runs, then <c>{"report"}</c> or
/// <c>{"problem"}</c>. It ends with the request. 400 naming what is wrong, 404 for no such journey, 409 while another runs.
/// </summary>
/// <remarks>All in one answer, so that no host must keep anything between two requests.</remarks>
internal static class PostSimulation
{
    public static async Task<IResult> HandleAsync(
        HttpContext context, IShopInsights insights, SimulationTurn turns, CancellationToken cancellation)
    {
        var (body, refusal) = await JsonBody.ReadAsync(context.Request, cancellation);
        if (refusal is not null)
        {
            return refusal;
        }

        var (request, faults) = SimulationWish.Read(body);
        if (request is null)
        {
            return Problems.Faults("The request is not right", "Nothing was simulated.", faults);
        }

        if (turns.TryTake() is not { } turn)
        {
            return Problems.Conflict("A simulation is running already: wait for its end.");
        }

        using (turn)
        {
            return await JourneyAnswers.OfAsync(context, () => RunAsync(context, request, insights, cancellation));
        }
    }

    private static async Task<IResult> RunAsync(
        HttpContext context, SimulationRequest request, IShopInsights insights, CancellationToken cancellation)
    {
        var (currency, perMail) = await insights.MoneyAsync(cancellation);
        var total = (int)Math.Ceiling((request.Until - request.From).TotalDays);
        var days = Channel.CreateBounded<int>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });
        var progress = new Telling(p => days.Writer.TryWrite(Math.Clamp((int)(p.Now - request.From).TotalDays, 0, total)));
        var simulation = Task.Run(async () =>
        {
            try
            {
                return await insights.SimulateAsync(request, progress, cancellation);
            }
            finally
            {
                days.Writer.TryComplete();
            }
        }, cancellation);

        var told = -1;
        await foreach (var done in days.Reader.ReadAllAsync(cancellation))
        {
            if (done != told)
            {
                await WriteAsync(context.Response, new SimulationLine { Done = done, Total = total }, cancellation);
            }

            told = done;
        }

        try
        {
            var report = SimulationReport.Of(await simulation, request.Journeys[0], currency) with { CostPerMail = perMail };
            await WriteAsync(context.Response, new SimulationLine { Report = report }, cancellation);
        }
        catch (Exception e) when (context.Response.HasStarted && e is not OperationCanceledException)
        {
            // The answer has begun: that it failed can only be said in it.
            context.RequestServices.GetRequiredService<ILogger<SimulationTurn>>().SimulationBroke(request.Journeys[0], e);
            await WriteAsync(context.Response, new SimulationLine { Problem = "The simulation broke off. Try again; if it stays so, the log says why." }, cancellation);
        }

        return Results.Empty;
    }

    private static async Task WriteAsync(HttpResponse response, SimulationLine line, CancellationToken cancellation)
    {
        if (!response.HasStarted)
        {
            response.ContentType = "application/x-ndjson; charset=utf-8";
            response.Headers.CacheControl = "no-store";
        }

        await response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(line, JsonSerializerOptions.Web), cancellation);
        await response.Body.WriteAsync("\n"u8.ToArray(), cancellation);
        await response.Body.FlushAsync(cancellation);
    }

    private sealed class Telling(Action<SimulationProgress> tell) : IProgress<SimulationProgress>
    {
        public void Report(SimulationProgress value) => tell(value);
    }
}
