using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Segue.Ports;
using Segue.Simulation;

namespace Segue.Tests.Simulation.Life;

/// <summary>A shop in the middle of things, as a version of the product left it: its rows, and what waits on its bus.</summary>
internal sealed record InFlightState(DateTimeOffset At, IReadOnlyList<(string Table, Row Row)> Rows, IReadOnlyList<HistoricFact> Messages)
{
    /// <summary>The state that a world has come to.</summary>
    public static InFlightState Of(LifeWorld life, DateTimeOffset at) => new(
        at,
        [.. life.Store.AllRows()],
        [.. life.World.Waiting.OrderBy(w => w.Due).ThenBy(w => w.Message.Id, StringComparer.Ordinal)
            .Select(w => new HistoricFact(w.Due < at ? at : w.Due, w.Queue, w.Message))]);

    /// <summary>Reads a file: a line of JSON for the moment, and one for each row and message.</summary>
    public static InFlightState Read(string path)
    {
        var lines = File.ReadLines(path).Select(line => JsonNode.Parse(line)!).ToList();
        return new(
            (DateTimeOffset)lines[0]["at"]!,
            [.. lines.Where(l => l["table"] is not null).Select(l => ((string)l["table"]!, RowOf(l)))],
            [.. lines.Where(l => l["queue"] is not null).Select(l => new HistoricFact(
                (DateTimeOffset)l["due"]!, (string)l["queue"]!, new((string)l["id"]!, (string)l["body"]!, (DateTimeOffset)l["due"]!)))]);
    }

    /// <summary>Writes such a file.</summary>
    public void Write(string path) => File.WriteAllLines(path,
    [
        new JsonObject { ["at"] = At }.ToJsonString(),
        .. Rows.Select(r => LineOf(r.Table, r.Row).ToJsonString()),
        .. Messages.Select(m => new JsonObject { ["queue"] = m.Queue, ["due"] = m.At, ["id"] = m.Message.Id, ["body"] = m.Message.Body }.ToJsonString()),
    ]);

    private static JsonObject LineOf(string table, Row row) => new()
    {
        ["table"] = table,
        ["partition"] = row.Partition,
        ["key"] = row.Key,
        ["properties"] = new JsonObject(row.Properties.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => KeyValuePair.Create(p.Key, (JsonNode?)new JsonObject
        {
            [p.Value.GetType().Name] = p.Value switch
            {
                DateTimeOffset moment => moment.ToString("O", CultureInfo.InvariantCulture),
                byte[] bytes => Convert.ToBase64String(bytes),
                _ => Convert.ToString(p.Value, CultureInfo.InvariantCulture),
            },
        }))),
    };

    private static Row RowOf(JsonNode line) => new((string)line["partition"]!, (string)line["key"]!, "1", line["properties"]!.AsObject().ToDictionary(p => p.Key, p =>
    {
        var (type, text) = (p.Value!.AsObject().Single().Key, (string)p.Value.AsObject().Single().Value!);
        return type switch
        {
            nameof(String) => (object)text,
            nameof(Boolean) => bool.Parse(text),
            nameof(Int32) => int.Parse(text, CultureInfo.InvariantCulture),
            nameof(Int64) => long.Parse(text, CultureInfo.InvariantCulture),
            nameof(Double) => double.Parse(text, CultureInfo.InvariantCulture),
            nameof(DateTimeOffset) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture),
            nameof(Byte) + "[]" => Convert.FromBase64String(text),
            _ => throw new JsonException($"A row can't hold a {type}."),
        };
    }));
}
