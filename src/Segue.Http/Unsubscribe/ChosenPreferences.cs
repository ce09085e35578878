using Microsoft.Extensions.Primitives;

namespace Segue.Http.Unsubscribe;

/// <summary>The page's form: what was shown, and what of it is ticked.</summary>
/// <param name="Shown">Names of the boxes that stood there: a browser says nothing of a box that is not ticked.</param>
/// <param name="Ticked">Those that are.</param>
/// <param name="Again">Whether it was asked of somebody who gets no marketing: a tick then asks for it again.</param>
public sealed record ChosenPreferences(IReadOnlySet<string> Shown, IReadOnlySet<string> Ticked, bool Again)
{
    /// <summary>The box of calls and text messages.</summary>
    public const string Calls = "calls";

    /// <summary>The box of profiling.</summary>
    public const string Profiling = "profiling";

    private const string TopicPrefix = "topic:";

    /// <summary>What was agreed to by ticking a topic, as the page says it; kept as proof.</summary>
    public const string Words = "Send me mails about what I have ticked. I can end that at any time, by the link in each of them.";

    /// <summary>The box of a topic.</summary>
    public static string BoxOf(string topic) => TopicPrefix + topic;

    /// <summary>Whether a box was there, and is ticked; null where it was not there.</summary>
    public bool? Of(string box) => Shown.Contains(box) ? Ticked.Contains(box) : null;

    /// <summary>The form as a browser posts it.</summary>
    internal static ChosenPreferences Of(IReadOnlyDictionary<string, StringValues> form) =>
        new(Values(form, "shown"), Values(form, "on"), form.ContainsKey("again"));

    private static HashSet<string> Values(IReadOnlyDictionary<string, StringValues> form, string name) =>
        form.TryGetValue(name, out var values) ? [.. values.OfType<string>()] : [];
}
