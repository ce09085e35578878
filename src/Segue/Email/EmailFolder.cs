using HandlebarsDotNet;
using Segue.Campaigns;
using Segue.Files;

namespace Segue.Email;

/// <summary>What the e-mails of one folder share while they are compiled: helpers, parts and the layout.</summary>
internal sealed class EmailFolder
{
    private readonly IHandlebars _html;
    private readonly IHandlebars _text;
    private readonly IReadOnlyDictionary<string, string> _parts;
    private readonly FileErrors _errors;
    private readonly int _before;
    private bool _sound = true;
    private TemplateCheck? _layoutCheck;
    private HandlebarsTemplate<object, object>? _layout;

    public EmailFolder(EmailFormats formats, IReadOnlyDictionary<string, string> parts, FileErrors errors)
    {
        _html = TemplateHelpers.Environment(formats, html: true);
        _text = TemplateHelpers.Environment(formats, html: false);
        _parts = parts;
        _errors = errors;
        _before = errors.Errors.Count;
    }

    /// <summary>Checks a part that others include.</summary>
    public void CheckPart(string file, string text)
    {
        var name = Path.GetFileNameWithoutExtension(file)[1..];
        new TemplateCheck(file, _parts, layout: false, _errors).Check(text, "html", 1);
        _sound = _errors.Errors.Count == _before;
        if (_sound && Compiled(_html, text, file, "html", 1) is { } _)
        {
            _html.RegisterTemplate(name, text);
        }
    }

    /// <summary>Checks and compiles what stands around every e-mail.</summary>
    public void UseLayout(KeyValuePair<string, string> layout)
    {
        _layoutCheck = new(layout.Key, _parts, layout: true, _errors);
        _layoutCheck.Check(layout.Value, "html", 1);
        if (!_layoutCheck.ShowsBody)
        {
            _errors.Add(new FileError(layout.Key, 1, "html", "The layout lacks {{{body}}}, the place of the e-mail itself."));
        }

        _sound = _errors.Errors.Count == _before;
        _layout = _sound ? Compiled(_html, layout.Value, layout.Key, "html", 1) : null;
        _sound &= _layout is not null;
    }

    /// <summary>Checks and compiles one e-mail; null after adding what is wrong.</summary>
    public EmailTemplate? Compile(string name, string file, string text)
    {
        var before = _errors.Errors.Count;
        if (!YamlFields.IsId(name))
        {
            _errors.Add(new FileError(file, 0, "", $"Found the name '{name}'; expected lower-case letters, digits and hyphens, a letter first."));
        }

        if (FrontMatter.Read(file, text, _errors) is not { } front)
        {
            return null;
        }

        var check = new TemplateCheck(file, _parts, layout: false, _errors);
        check.Check(front.Subject, "subject", front.SubjectLine);
        check.Check(front.Preheader, "preheader", front.PreheaderLine);
        check.Check(front.Html, "html", front.HtmlLine);
        if (!_sound || _errors.Errors.Count > before)
        {
            return null;
        }

        var whole = IsDocument(front.Html);
        var subject = Compiled(_text, front.Subject, file, "subject", front.SubjectLine);
        var preheader = Compiled(_text, front.Preheader, file, "preheader", front.PreheaderLine);
        var html = Compiled(_html, front.Html, file, "html", front.HtmlLine);
        return subject is null || preheader is null || html is null ? null
            : new(name, new(subject, preheader, html, whole ? null : _layout), check, whole ? null : _layoutCheck);
    }

    private static bool IsDocument(string html)
    {
        var start = html.AsSpan().TrimStart();
        return start.StartsWith("<!doctype", StringComparison.OrdinalIgnoreCase) || start.StartsWith("<html", StringComparison.OrdinalIgnoreCase);
    }

    // What the check lets through and Handlebars refuses: rare, and still told with its file.
    private HandlebarsTemplate<object, object>? Compiled(IHandlebars handlebars, string text, string file, string field, int line)
    {
        try
        {
            return handlebars.Compile(text);
        }
        catch (HandlebarsException e)
        {
            _errors.Add(new FileError(file, line, field, $"This is no valid Handlebars: {e.Message}"));
            return null;
        }
    }
}
