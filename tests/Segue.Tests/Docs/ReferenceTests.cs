using System.Text.Json;
using Segue.Local.Commands;
using Segue.Tests.Campaigns;
using Segue.Tests.Local.Commands;

namespace Segue.Tests.Docs;

/// <summary>The reference pages are what schemas and commands say. <c>SEGUE_WRITE_REFERENCE=1</c> writes them anew.</summary>
public sealed class ReferenceTests
{
    private const string Made = "<!-- Made from the product by ReferenceTests; see CONTRIBUTING.md. -->\n";

    [Fact]
    public void CampaignFiles_EveryKeyOfTheSchemas_IsInTheReference()
    {
        var sections = new (string Heading, string Schema)[]
        {
            ("segments.yaml", "segments"), ("journeys/NAME.yaml", "journey"), ("settings.yaml", "settings"), ("surveys/NAME.yaml", "survey"),
        };
        AssertIs("docs/reference/campaign-files.md", $"""
            # Campaign files

            {Made}
            Every key of the files in a campaigns folder (`src/Campaigns`, or what `--campaigns` names), from the JSON Schemas beside them, by which editors
            complete. `validate` names file, line and field of whatever is wrong.

            {string.Concat(sections.Select(s => CampaignReference.Of(s.Heading, JsonDocument.Parse(File.ReadAllText(Path.Combine(ShippedFolder.Path, $"{s.Schema}.schema.json"))).RootElement)))}
            """);
    }

    [Fact]
    public void Commands_EveryOption_IsInTheReference() => AssertIs("docs/reference/commands.md", $"""
        # Commands

        {Made}
        `dotnet run --project src/Segue.Local -- COMMAND`. Exit codes: 0 done, 1 the input was refused, 2 wrong usage. Results go to standard output,
        progress and logs to standard error.

        {CommandReference.Of(new SegueCommandLine(new FakeShop(), TimeProvider.System, new(TextWriter.Null, TextWriter.Null, TextReader.Null)).Root)}
        """);

    private static void AssertIs(string page, string text)
    {
        var said = text.ReplaceLineEndings("\n").TrimEnd() + "\n";
        var file = Path.Combine(Pages.Root, page);
        if (Environment.GetEnvironmentVariable("SEGUE_WRITE_REFERENCE") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, said);
        }

        Assert.Equal(File.ReadAllText(file).ReplaceLineEndings("\n"), said);
    }
}
