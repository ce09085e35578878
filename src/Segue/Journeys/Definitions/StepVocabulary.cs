namespace Segue.Journeys.Definitions;

/// <summary>Turns one step of the file into a step of the journey; null after adding what is wrong.</summary>
internal delegate JourneyStep? StepRead(StepSource source, StepReader reader);

/// <summary>One kind of step.</summary>
/// <param name="Name">The key that names it.</param>
/// <param name="Keys">The keys in its value.</param>
/// <param name="Siblings">The keys beside it.</param>
/// <param name="Read">Reads it.</param>
internal sealed record StepKind(string Name, IReadOnlyList<string> Keys, IReadOnlyList<string> Siblings, StepRead Read)
{
    /// <summary>More keys beside it, which its value names.</summary>
    public Func<Files.YamlValue, IReadOnlyList<string>> MoreSiblings { get; init; } = _ => [];
}

/// <summary>The kinds of steps that a journey may have: a new one is one entry here, with its reader.</summary>
internal static class StepVocabulary
{
    private static readonly StepKind[] _kinds =
    [
        new("send", SendReader.Keys, ["offer"], SendReader.Read),
        new("wait", WaitReader.Keys, [], WaitReader.Read),
        new("split", SplitReader.Keys, [], SplitReader.Read),
        new("test", TestReader.Keys, [], TestReader.Read) { MoreSiblings = TestReader.Siblings },
        new("call", CallReader.Keys, ["expired"], CallReader.Read) { MoreSiblings = CallReader.Siblings },
        new("update", UpdateReader.Keys, [], UpdateReader.Read),
        new("emit", UpdateReader.EmitKeys, [], UpdateReader.ReadEmit),
        new("webhook", WebhookReader.Keys, [], WebhookReader.Read),
        new("limit", LimitReader.Keys, [], LimitReader.Read),
        new("link", LinkReader.Keys, [], LinkReader.Read),
        new("end", EndReader.Keys, [], EndReader.Read),
    ];

    /// <summary>The kinds by the key that names them.</summary>
    public static IReadOnlyDictionary<string, StepKind> ByName { get; } = _kinds.ToDictionary(k => k.Name);

    /// <summary>Their names, in the order that messages show them.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. _kinds.Select(k => k.Name)];
}
