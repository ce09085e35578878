using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Segue.Segmentation;

/// <summary>
/// The tags decided so far, looked up by walking them: a file has few, most rules ask for none, and a hash table for each
/// of millions of evaluations costs more.
/// </summary>
internal sealed class TagAnswers(SegmentDefinition[] tags) : IReadOnlyDictionary<string, RuleAnswer>
{
    private readonly RuleAnswer[] _answers = new RuleAnswer[tags.Length];

    public int Count { get; private set; }

    public IEnumerable<string> Keys => tags.Take(Count).Select(t => t.Id);

    public IEnumerable<RuleAnswer> Values => _answers.Take(Count);

    public RuleAnswer this[string key] => TryGetValue(key, out var answer) ? answer : throw new KeyNotFoundException(key);

    /// <summary>Decides the next tag.</summary>
    public void Add(RuleAnswer answer) => _answers[Count++] = answer;

    /// <summary>The ids of the tags that hold, of which there are so many.</summary>
    public string[] Held(int count)
    {
        var held = new string[count];
        for (int i = 0, to = 0; to < count; i++)
        {
            if (_answers[i].Holds)
            {
                held[to++] = tags[i].Id;
            }
        }

        return held;
    }

    public bool ContainsKey(string key) => TryGetValue(key, out _);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out RuleAnswer value)
    {
        for (var i = 0; i < Count; i++)
        {
            if (tags[i].Id == key)
            {
                value = _answers[i];
                return true;
            }
        }

        value = default;
        return false;
    }

    public IEnumerator<KeyValuePair<string, RuleAnswer>> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
        {
            yield return new(tags[i].Id, _answers[i]);
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
