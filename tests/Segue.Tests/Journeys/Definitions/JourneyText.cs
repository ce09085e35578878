using Segue.Email;
using Segue.Files;
using Segue.Journeys;
using Segue.Journeys.Definitions;
using Segue.Segmentation;

namespace Segue.Tests.Journeys.Definitions;

/// <summary>Parses journeys against a small folder: segments core-churned and new, tag silent-60, mails hello and offer.</summary>
internal static class JourneyText
{
    public const string Head = """
        id: test
        name: Test
        enter: { segment: core-churned, reentry: always }
        goal: { event: order, within: 28d }
        holdout: 10%
        """;

    private static readonly EmailFormats _formats = new("EUR", "UTC");

    public static IReadOnlyDictionary<string, EmailTemplate?> Emails { get; } = EmailFiles.Parse(
        new Dictionary<string, string>
        {
            ["emails/hello.hbs"] = "---\nsubject: Hello\n---\n<p>Hello {{customer.name}}</p>",
            ["emails/deal.hbs"] = "---\nsubject: Deal\n---\n<p>{{percent offer.percent}}: {{offer.code}}</p>",
            ["emails/bare.hbs"] = "---\nsubject: Bare\n---\n<!doctype html><html><body>No way out</body></html>",
        },
        _formats,
        new());

    public static (Journey? Journey, FileErrors Errors) Parse(string text)
    {
        var errors = new FileErrors();
        var references = new JourneyReferences(["core-churned", "new"], ["silent-60"], Emails, ReadRule);
        return (JourneyFile.Parse("journeys/test.yaml", text, references, errors), errors);
    }

    public static (Journey? Journey, FileErrors Errors) ParseSteps(string steps) => Parse($"{Head}\nsteps:\n{steps}");

    /// <summary>The one error of a text that must have just one.</summary>
    public static FileError OnlyError((Journey? Journey, FileErrors Errors) parsed)
    {
        Assert.Null(parsed.Journey);
        return Assert.Single(parsed.Errors.Errors);
    }

    private static FixedRule? ReadRule(YamlValue node, FileErrors errors)
    {
        if (node.IsMap)
        {
            return new FixedRule();
        }

        errors.Add(node, $"Found {node.Found}; expected a rule.");
        return null;
    }

    private sealed class FixedRule : Rule
    {
        public override RuleAnswer Evaluate(RuleContext context) => new(true, null);
    }
}
