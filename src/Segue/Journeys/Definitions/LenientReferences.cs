using System.Collections;
using System.Diagnostics.CodeAnalysis;
using Segue.Email;
using Segue.Files;
using Segue.Segmentation;

namespace Segue.Journeys.Definitions;

/// <summary>
/// What an older definition may refer to: segments, tags and e-mails that have gone since do not make it unreadable, for
/// people are still under way on it.
/// </summary>
internal static class LenientReferences
{
    /// <summary>References to anything; rules may name what there is now.</summary>
    public static JourneyReferences Of(Evaluator evaluator)
    {
        string[] tags = [.. evaluator.Tags.Select(t => t.Id)];
        string[] segments = [.. evaluator.Segments.Select(s => s.Id)];
        return new(null, null, new AnyEmail(), (node, _) => RuleParser.ParseInJourney(node, tags, segments, null, new FileErrors()) ?? new Never());
    }

    /// <summary>A rule about something that is no more: it holds for nobody.</summary>
    private sealed class Never : Rule
    {
        public override RuleAnswer Evaluate(RuleContext context) => default;
    }

    private sealed class AnyEmail : IReadOnlyDictionary<string, EmailTemplate?>
    {
        public IEnumerable<string> Keys => [];

        public IEnumerable<EmailTemplate?> Values => [];

        public int Count => 0;

        public EmailTemplate? this[string key] => null;

        public bool ContainsKey(string key) => true;

        public bool TryGetValue(string key, [MaybeNullWhen(false)] out EmailTemplate? value)
        {
            value = null;
            return true;
        }

        public IEnumerator<KeyValuePair<string, EmailTemplate?>> GetEnumerator() =>
            Enumerable.Empty<KeyValuePair<string, EmailTemplate?>>().GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
