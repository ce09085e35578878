using System.Text.Json;
using System.Text.Json.Serialization;

namespace Segue.Benchmarks.Running;

/// <summary>The results of all benchmarks in one JSON file; running one again replaces only its own.</summary>
internal static class ResultsFile
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter() },
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <summary>What is in the file, by name; nothing where there is none.</summary>
    public static SortedDictionary<string, Finding> Read(string file) => File.Exists(file)
        ? JsonSerializer.Deserialize<SortedDictionary<string, Finding>>(File.ReadAllText(file), Options)!
        : [];

    /// <summary>Adds a result.</summary>
    public static void Add(string file, Finding measurement)
    {
        var all = Read(file);
        all[measurement.Name] = measurement;
        if (Path.GetDirectoryName(Path.GetFullPath(file)) is { } folder)
        {
            Directory.CreateDirectory(folder);
        }

        File.WriteAllText(file, JsonSerializer.Serialize(all, Options) + "\n");
    }
}
