using System.Globalization;
using Segue.Files;
using Segue.Simulation;

namespace Segue.Local.Shop;

/// <summary>Writes a simulation's sends as CSV: <c>customerId,journey,step,variant,at,reason</c>.</summary>
internal static class SendsFile
{
    public static async Task WriteAsync(string path, IEnumerable<SimulatedSend> sends, CancellationToken cancellation)
    {
        // Beside it first: a run that is cut off leaves no half file that looks whole.
        var beside = path + ".tmp";
        await using (var writer = new StreamWriter(beside) { NewLine = "\n" })
        {
            await writer.WriteLineAsync("customerId,journey,step,variant,at,reason");
            foreach (var send in sends)
            {
                cancellation.ThrowIfCancellationRequested();
                var at = send.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);
                await writer.WriteLineAsync(string.Join(',', new[] { send.CustomerId, send.Journey, send.Step, send.Variant ?? "", at, send.Reason }.Select(Field)));
            }
        }

        File.Move(beside, path, overwrite: true);
    }

    private static string Field(string text) => Quoted(SpreadsheetText.Safe(text));

    private static string Quoted(string text) =>
        text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
