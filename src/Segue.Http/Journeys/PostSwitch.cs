using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Segue.Files;

namespace Segue.Http.Journeys;

/// <summary>
/// <c>POST /api/journeys/{id}/golive</c>, <c>pause</c>, <c>resume</c> and <c>archive</c> with <c>{"by": "who decided it"}</c>: switches the
/// journey. 200, 400 naming what is wrong with the body, 404 for no such journey, 409 for one that can't be switched so.
/// </summary>
internal static class PostSwitch
{
    private const int LongestName = 200;
    private const string By = "by";

    /// <summary>The handler for a switch.</summary>
    public static Delegate To(SwitchTo to, string status) =>
        (string id, HttpContext context, IJourneyControl journeys, CancellationToken cancellation) =>
            JourneyAnswers.OfAsync(context, () => HandleAsync(id, to, status, context.Request, journeys, cancellation));

    private static async Task<IResult> HandleAsync(
        string id, SwitchTo to, string status, HttpRequest request, IJourneyControl journeys, CancellationToken cancellation)
    {
        var (body, refusal) = await JsonBody.ReadAsync(request, cancellation);
        if (refusal is not null)
        {
            return refusal;
        }

        var (by, fault) = Read(body);
        if (by is null)
        {
            return Problems.Faults("The request is not right", "Nothing was changed.", [fault!]);
        }

        await journeys.SwitchAsync(id, to, by, cancellation);
        return Results.Json(new JourneySwitched(id, status, by));
    }

    private static (string? By, RequestFault? Fault) Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonText.Parse(body);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                return (null, new(0, "", "The body is one object: {\"by\": \"who decided it\"}."));
            }

            if (document.RootElement.EnumerateObject().Select(p => p.Name).FirstOrDefault(name => name != By) is { } unknown)
            {
                return (null, new(0, unknown, $"unknown field.{Suggestion.For(unknown, [By])}"));
            }

            return document.RootElement.TryGetProperty(By, out var name) && name.ValueKind == JsonValueKind.String
                && name.GetString()!.Trim() is { Length: > 0 and <= LongestName } by
                    ? (by, null)
                    : (null, new(0, By, $"wants who decided it, in 1 to {LongestName} characters"));
        }
        catch (JsonException e)
        {
            return (null, new(0, "", $"This is no valid JSON, at line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1} of it."));
        }
    }
}

/// <summary>The answer to a switch.</summary>
/// <param name="Journey">The journey.</param>
/// <param name="Status">Where it stands now.</param>
/// <param name="By">Who decided it.</param>
internal sealed record JourneySwitched(string Journey, string Status, string By);
