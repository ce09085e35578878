using System.Collections.Immutable;
using Segue.Files;

namespace Segue.Email;

/// <summary>
/// Reads a template's tags to find what can't work before any mail is rendered: unknown variables and helpers, blocks that
/// don't close, unescaped output, and variables that a step without the right offer would leave empty.
/// </summary>
/// <param name="file">The file's name, as errors show it.</param>
/// <param name="partials">Texts of the partials by name.</param>
/// <param name="layout">Whether it is a layout.</param>
/// <param name="errors">Takes what is wrong.</param>
internal sealed class TemplateCheck(
    string file, IReadOnlyDictionary<string, string> partials, bool layout, FileErrors errors)
{
    private readonly Stack<Block> _blocks = new();
    private readonly Stack<string> _inside = new();
    private readonly Dictionary<string, OfferKinds> _missing = [];
    private OfferKinds _live = OfferKinds.Any;
    private ImmutableHashSet<string> _sure = [];
    private ImmutableStack<string> _lists = [];
    private bool _endless;

    /// <summary>An open block: what is known outside of it, and in its else.</summary>
    private sealed record Block(string Name, int Line, Known Before, Known Else);

    /// <summary>What is known at a place: the offers possible, what is surely there, and the lists that are gone through.</summary>
    private sealed record Known(OfferKinds Live, ImmutableHashSet<string> Sure, ImmutableStack<string> Lists);

    private Known Now
    {
        get => new(_live, _sure, _lists);
        set => (_live, _sure, _lists) = (value.Live, value.Sure, value.Lists);
    }

    /// <summary>What the mail is not sent without, and so may be shown without asking for it.</summary>
    public IReadOnlyList<string> Required
    {
        init => _sure = [.. value];
    }

    /// <summary>Whether products chosen for the customer are shown.</summary>
    public bool ShowsRecommendations { get; private set; }

    /// <summary>Whether a survey's question or answers are shown.</summary>
    public bool ShowsSurvey { get; private set; }

    /// <summary>For each variable the kinds of offer with which the template shows it though it is not there.</summary>
    public IReadOnlyDictionary<string, OfferKinds> Missing => _missing;

    /// <summary>Whether the address to unsubscribe is the target of a link.</summary>
    public bool LinksUnsubscribe { get; private set; }

    /// <summary>Whether the shop's postal address is shown.</summary>
    public bool ShowsPostalAddress { get; private set; }

    /// <summary>Whether a layout puts the e-mail's own HTML somewhere.</summary>
    public bool ShowsBody { get; private set; }

    /// <summary>Checks a text; may be called for each part of a file.</summary>
    /// <param name="text">The part.</param>
    /// <param name="field">Its name: subject, preheader or html.</param>
    /// <param name="firstLine">The line of the file that it begins on.</param>
    public void Check(string text, string field, int firstLine)
    {
        var depth = _blocks.Count;
        foreach (var tag in TemplateTags.In(text, firstLine))
        {
            CheckTag(tag, field, depth);
        }

        while (_blocks.Count > depth)
        {
            var open = _blocks.Pop();
            Now = open.Before;
            Error(open.Line, field, $"{{{{#{open.Name}}}}} is not closed; expected {{{{/{open.Name}}}}} behind it.");
        }
    }

    private void CheckTag(TemplateTag tag, string field, int depth)
    {
        if (tag.Open)
        {
            Error(tag.Line, field, "Found {{ without }} behind it; expected a variable such as {{customer.name}}, or for braces as text &#123;&#123;.");
            return;
        }

        var words = TemplateTags.Words(tag.Text);
        if (words.Count == 0)
        {
            Error(tag.Line, field, "Found {{}} with nothing in it; expected a variable such as {{customer.name}}.");
            return;
        }

        switch (words[0])
        {
            case "#if" or "#unless":
                _blocks.Push(new(words[0][1..], tag.Line, Now, Now));
                Condition(words, tag, field, Now);
                break;
            case "#each":
                Each(words, tag, field);
                break;
            case ['#', .. var name] when TemplateHelpers.Comparisons.ContainsKey(name):
                Comparison(name, words, tag, field);
                break;
            case "else" or "^":
                Else(words, tag, field, depth);
                break;
            case ['/', .. var name] when name is "if" or "unless" or "each" || TemplateHelpers.Comparisons.ContainsKey(name):
                Close(name, tag, field, depth);
                break;
            case [('#' or '/'), .. var name]:
                Error(tag.Line, field, $"Found the block '{name}'; expected if, unless, each, {string.Join(", ", TemplateHelpers.Comparisons.Keys)}.");
                break;
            case [ '>', ..]:
                Partial(tag, field);
                break;
            default:
                Expression(words, tag, field);
                break;
        }
    }

    private void Condition(IReadOnlyList<string> words, TemplateTag tag, string field, Known before)
    {
        var block = _blocks.Pop();
        var (negated, name) = (block.Name == "unless", words.Count == 2 ? words[1] : "");
        var sure = TemplateVariables.Uncertain.Contains(name) ? before.Sure.Add(name) : before.Sure;
        var holds = name == "offer" ? OfferKinds.Some
            : TemplateVariables.Uncertain.Contains(name) || TemplateVariables.Lists.ContainsKey(name) ? OfferKinds.Any : Exists(name);
        ShowsRecommendations |= name == TemplateVariables.Recommendations;
        if (holds is null)
        {
            Error(tag.Line, field, words.Count == 2 ? Unknown(name, withOffer: true)
                : $"Found {{{{{tag.Text}}}}}; expected one variable, such as {{{{#{block.Name} offer}}}}.");
            holds = OfferKinds.Any;
        }

        // A variable that is there with every offer may still be empty, so its absence rules nothing out.
        var not = holds == OfferKinds.Any ? OfferKinds.Any : OfferKinds.Any & ~holds.Value;
        Now = before with { Live = before.Live & (negated ? not : holds.Value), Sure = negated ? before.Sure : sure };
        _blocks.Push(block with { Else = before with { Live = before.Live & (negated ? holds.Value : not), Sure = negated ? sure : before.Sure } });
    }

    /// <summary>Goes through a list: inside of it, names are those of its items.</summary>
    private void Each(IReadOnlyList<string> words, TemplateTag tag, string field)
    {
        var list = words.Count == 2 ? words[1] : "";
        var known = TemplateVariables.Lists.ContainsKey(list);
        if (!known)
        {
            Error(tag.Line, field, words.Count == 2 ? $"Unknown list '{list}'.{Suggestion.For(list, TemplateVariables.Lists.Keys)}"
                : $"Found {{{{{tag.Text}}}}}; expected one list, such as {{{{#each {TemplateVariables.Recommendations}}}}}.");
        }

        ShowsRecommendations |= list == TemplateVariables.Recommendations;
        ShowsSurvey |= list.StartsWith(TemplateVariables.Survey, StringComparison.Ordinal);
        _blocks.Push(new("each", tag.Line, Now, Now));
        _lists = _lists.Push(known ? list : TemplateVariables.Recommendations);
    }

    private void Comparison(string name, IReadOnlyList<string> words, TemplateTag tag, string field)
    {
        _blocks.Push(new(name, tag.Line, Now, Now));
        var at = 1;
        if (!Argument(words, ref at, tag, field) || !Argument(words, ref at, tag, field) || at < words.Count)
        {
            Error(tag.Line, field, $"Found {{{{{tag.Text}}}}}; expected two words, such as {{{{#{name} customer.segment \"new\"}}}}.");
        }
    }

    private void Else(IReadOnlyList<string> words, TemplateTag tag, string field, int depth)
    {
        if (_blocks.Count == depth)
        {
            Error(tag.Line, field, "Found {{else}} outside of {{#if}} and other blocks.");
        }
        else if (words.Count > 1 && words[1] == "if")
        {
            Condition([.. words.Skip(1)], tag, field, _blocks.Peek().Else);
        }
        else
        {
            Now = _blocks.Peek().Else;
        }
    }

    private void Close(string name, TemplateTag tag, string field, int depth)
    {
        if (_blocks.Count == depth || _blocks.Peek().Name != name)
        {
            Error(tag.Line, field, _blocks.Count == depth ? $"Found {{{{/{name}}}}} that closes nothing."
                : $"Found {{{{/{name}}}}}; expected {{{{/{_blocks.Peek().Name}}}}} for the block of line {_blocks.Peek().Line}.");
        }
        else
        {
            Now = _blocks.Pop().Before;
        }
    }

    private void Partial(TemplateTag tag, string field)
    {
        var name = tag.Text[1..].Trim();
        if (!partials.TryGetValue(name, out var text))
        {
            Error(tag.Line, field, $"Found the partial '{name}'; expected one of emails/: there is no emails/_{name}.hbs.{Suggestion.For(name, partials.Keys)}");
        }
        else if (_inside.Contains(name))
        {
            _endless = true;
        }
        else
        {
            // Faults inside are named once, where the partial itself is checked; here only what it shows counts.
            _inside.Push(name);
            var quiet = new TemplateCheck(file, partials, layout, new()) { Now = Now };
            foreach (var outer in _inside.Reverse())
            {
                quiet._inside.Push(outer);
            }

            quiet.Check(text, field, tag.Line);
            Take(quiet);
            _inside.Pop();
            if (_endless && _inside.Count == 0)
            {
                Error(tag.Line, field, $"The partial '{name}' contains itself.");
            }
        }
    }

    private void Take(TemplateCheck partial)
    {
        foreach (var (variable, kinds) in partial._missing)
        {
            _missing[variable] = _missing.GetValueOrDefault(variable) | kinds;
        }

        _endless |= partial._endless;
        LinksUnsubscribe |= partial.LinksUnsubscribe;
        ShowsPostalAddress |= partial.ShowsPostalAddress;
        ShowsBody |= partial.ShowsBody;
        ShowsRecommendations |= partial.ShowsRecommendations;
        ShowsSurvey |= partial.ShowsSurvey;
    }

    private void Expression(IReadOnlyList<string> words, TemplateTag tag, string field)
    {
        if (tag.Raw && !(layout && tag.Text == TemplateVariables.Body))
        {
            Error(tag.Line, field, $"Found {{{{{{{tag.Text}}}}}}}, which is not escaped; expected two braces: {{{{{tag.Text}}}}}.");
        }

        if (tag.Before.TrimEnd().EndsWith('=') && field == "html")
        {
            Error(tag.Line, field, $"Found {{{{{tag.Text}}}}} as an attribute without quotes; expected =\"{{{{{tag.Text}}}}}\".");
        }

        var at = 0;
        if (!Call(words, ref at, tag, field, top: true) || at < words.Count)
        {
            Error(tag.Line, field, $"Found {{{{{tag.Text}}}}}; expected a variable, or a helper with what it takes: "
                + string.Join(", ", TemplateHelpers.Arguments.Select(h => $"{h.Key} ({h.Value})")) + ".");
        }
    }

    /// <summary>Reads a variable or a helper's call; false where the words make neither. Unknown names are errors of their own.</summary>
    private bool Call(IReadOnlyList<string> words, ref int at, TemplateTag tag, string field, bool top)
    {
        if (at >= words.Count)
        {
            return false;
        }

        var word = words[at++];
        if (TemplateHelpers.Arguments.TryGetValue(word, out var count) && (top || words[at - 2] == "("))
        {
            for (var i = 0; i < count; i++)
            {
                if (!Argument(words, ref at, tag, field))
                {
                    return false;
                }
            }

            return true;
        }

        if (word[0] is '"' or '\'' or '(' or ')')
        {
            return false;
        }

        Variable(word, tag, field, top && words.Count > 1);
        if (top && words.Count > 1)
        {
            at = words.Count;
        }

        return true;
    }

    private bool Argument(IReadOnlyList<string> words, ref int at, TemplateTag tag, string field)
    {
        if (at >= words.Count)
        {
            return false;
        }

        if (words[at] == "(")
        {
            at++;
            return Call(words, ref at, tag, field, top: false) && at < words.Count && words[at++] == ")";
        }

        if (words[at][0] is '"' or '\'' || char.IsAsciiDigit(words[at][0]))
        {
            at++;
            return true;
        }

        if (words[at] == ")")
        {
            return false;
        }

        Variable(words[at++], tag, field, asHelper: false);
        return true;
    }

    private void Variable(string name, TemplateTag tag, string field, bool asHelper)
    {
        if (asHelper)
        {
            Error(tag.Line, field, $"Unknown helper '{name}'.{Suggestion.For(name, TemplateHelpers.Arguments.Keys)}");
            return;
        }

        if (TemplateVariables.Lists.ContainsKey(name) && _lists.IsEmpty)
        {
            ShowsRecommendations |= name == TemplateVariables.Recommendations;
            return;
        }

        if (Exists(name) is not { } kinds)
        {
            Error(tag.Line, field, Unknown(name, withOffer: false));
            return;
        }

        var part = name[(name.StartsWith("@root.", StringComparison.Ordinal) ? 6 : name.LastIndexOf("../", StringComparison.Ordinal) is >= 0 and var up ? up + 3 : 0)..].Split('.')[0];
        ShowsSurvey |= part == TemplateVariables.Survey;
        if (TemplateVariables.Uncertain.Contains(part) && !_sure.Contains(part) && name.Contains('.', StringComparison.Ordinal))
        {
            Error(tag.Line, field, $"Found {{{{{name}}}}} outside of {{{{#if {part}}}}}; it may be gone when the mail is sent: put it in {{{{#if {part}}}}}…{{{{else}}}}…{{{{/if}}}}.");
        }

        if ((_live & ~kinds) is var missing and not OfferKinds.Impossible)
        {
            _missing[name] = _missing.GetValueOrDefault(name) | missing;
        }

        LinksUnsubscribe |= name == TemplateVariables.Unsubscribe
            && (tag.Before.EndsWith("href=\"", StringComparison.OrdinalIgnoreCase) || tag.Before.EndsWith("href='", StringComparison.OrdinalIgnoreCase));
        ShowsPostalAddress |= name == TemplateVariables.PostalAddress;
        ShowsBody |= name == TemplateVariables.Body && tag.Raw;
    }

    /// <summary>With which offers a name is there, seen from the list that is gone through; null for one that can't exist.</summary>
    private OfferKinds? Exists(string name)
    {
        var lists = _lists;
        if (name.StartsWith("@root.", StringComparison.Ordinal))
        {
            return TemplateVariables.Exists(name["@root.".Length..], layout);
        }

        while (name.StartsWith("../", StringComparison.Ordinal) && !lists.IsEmpty)
        {
            (name, lists) = (name[3..], lists.Pop());
        }

        return lists.IsEmpty ? TemplateVariables.Exists(name, layout)
            : TemplateVariables.Lists[lists.Peek()].Concat(TemplateVariables.OfItems).Contains(name) ? OfferKinds.Any : null;
    }

    private string Unknown(string name, bool withOffer) =>
        !_lists.IsEmpty ? $"Unknown variable '{name}' inside of {{{{#each {_lists.Peek()}}}}}.{Suggestion.For(name, TemplateVariables.Lists[_lists.Peek()])} "
            + "What is outside is reached by @root., such as @root.shop.url."
        : $"Unknown variable '{name}'.{Suggestion.For(name, [.. withOffer ? ["offer"] : Array.Empty<string>(), .. TemplateVariables.Names(layout)])}";

    private void Error(int line, string field, string message) => errors.Add(new FileError(file, line, field, message));
}
