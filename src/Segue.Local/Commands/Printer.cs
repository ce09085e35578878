using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Spectre.Console;

namespace Segue.Local.Commands;

/// <summary>Prints a result as a table or as JSON, on standard output.</summary>
internal sealed class Printer
{
    // A redirected table must not be cut or wrapped to some terminal's width.
    private const int WideEnough = 200;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    private readonly CommandStreams _streams;
    private readonly OutputFormat _format;

    public Printer(CommandStreams streams, OutputFormat format)
    {
        _streams = streams;
        _format = format;
    }

    /// <summary>Prints a result.</summary>
    public void Print<T>(T result, Action<T, IAnsiConsole> asTable)
    {
        if (_format == OutputFormat.Json)
        {
            _streams.Output.WriteLine(JsonSerializer.Serialize(result, Json));
            return;
        }

        asTable(result, ConsoleOn(_streams.Output, _streams.OutputIsTerminal));
    }

    /// <summary>A console on a stream: colours and its own width on a terminal, plain and wide elsewhere.</summary>
    public static IAnsiConsole ConsoleOn(TextWriter writer, bool terminal)
    {
        var console = AnsiConsole.Create(new()
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = terminal ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = terminal ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = terminal ? InteractionSupport.Detect : InteractionSupport.No,
        });
        if (!terminal)
        {
            console.Profile.Width = WideEnough;
        }

        return console;
    }
}
