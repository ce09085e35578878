using System.Text;
using Segue.Ports;
using Segue.Simulation;
using Segue.Storage;

namespace Segue.Tests.Support;

/// <summary>Looks for words in every byte of every table: keys and values, texts and blobs.</summary>
internal static class Traces
{
    /// <summary>Where any of the words stands, a line each; in whatever case, and as ids are escaped into keys.</summary>
    public static IReadOnlyList<string> Of(InMemoryTableStore store, params IEnumerable<string> words)
    {
        var sought = words.SelectMany(w => new[] { w, Keys.Escape(w) }).Where(w => w.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        return
        [
            .. from entry in store.AllRows()
               let text = Text(entry.Row)
               from word in sought
               where text.Contains(word, StringComparison.OrdinalIgnoreCase)
               select $"'{word}' in {entry.Table} {entry.Row.Partition} / {entry.Row.Key}",
        ];
    }

    /// <summary>All that a row holds, as text.</summary>
    public static string Text(Row row) =>
        string.Join('\n', [row.Partition, row.Key, .. row.Properties.OrderBy(p => p.Key, StringComparer.Ordinal).SelectMany(p => new[] { p.Key, Text(p.Value) })]);

    private static string Text(object value) => value switch
    {
        byte[] bytes => Encoding.UTF8.GetString(bytes),
        string text => text,
        _ => Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture) ?? "",
    };
}
