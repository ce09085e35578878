using System.Globalization;
using System.Text.Json;
using Segue.Files;
using Segue.Simulation;

namespace Segue.Http.Simulations;

/// <summary>Reads what to simulate: <c>{"journey", "from", "until", "assumeReachable"}</c>.</summary>
internal static class SimulationWish
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1100);
    private static readonly string[] Fields = ["journey", "from", "until", "assumeReachable"];

    /// <summary>The request, or everything that is wrong with it.</summary>
    public static (SimulationRequest? Request, IReadOnlyList<RequestFault> Faults) Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonText.Parse(body);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? Read(document.RootElement)
                : (null, [new(0, "", "The body is one object: {\"journey\": \"welcome\", \"from\": \"2026-01-01\", \"until\": \"2026-07-01\"}.")]);
        }
        catch (JsonException e)
        {
            return (null, [new(0, "", $"This is no valid JSON, at line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1} of it.")]);
        }
    }

    private static (SimulationRequest?, IReadOnlyList<RequestFault>) Read(JsonElement body)
    {
        var faults = body.EnumerateObject().Select(p => p.Name).Where(n => !Fields.Contains(n))
            .Select(n => new RequestFault(0, n, $"unknown field.{Suggestion.For(n, Fields)}")).ToList();
        var journey = body.TryGetProperty("journey", out var id) && id.ValueKind == JsonValueKind.String ? id.GetString()! : "";
        if (journey.Length == 0)
        {
            faults.Add(new(0, "journey", "wants a journey's id"));
        }

        var reachable = false;
        if (body.TryGetProperty("assumeReachable", out var flag))
        {
            reachable = flag.ValueKind == JsonValueKind.True;
            if (flag.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
            {
                faults.Add(new(0, "assumeReachable", "is true or false"));
            }
        }

        var from = Moment(body, "from", faults);
        var until = Moment(body, "until", faults);
        if (from is { } f && until is { } u && !(u > f && u - f <= Longest))
        {
            faults.Add(new(0, "until", u > f ? $"is more than {Longest.TotalDays:0} days after 'from'" : "must be later than 'from'"));
        }

        return faults.Count > 0 ? (null, faults) : (new(from!.Value, until!.Value, [journey], reachable), []);
    }

    private static DateTimeOffset? Moment(JsonElement body, string field, List<RequestFault> faults)
    {
        if (body.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.String
            && DateTimeOffset.TryParse(value.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var moment))
        {
            return moment;
        }

        faults.Add(new(0, field, "wants a date such as 2026-01-31, or a moment such as 2026-01-31T09:00:00Z"));
        return null;
    }
}
