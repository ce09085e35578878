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
    private readonly Dictionary<string, (TemplateCheck Check, HandlebarsTemplate<object, object> Compiled)> _layouts = [];
    private bool _sound = true;

    public EmailFolder(EmailFormats formats, IReadOnlyDictionary<string, string> parts, FileErrors errors)
    {
        _html = TemplateHelpers.Environment(formats, html: true);
        _text = TemplateHelpers.Environment(formats, html: false);
        _parts = parts;
        _errors = errors;
    }

    /// <summary>Checks a part that others include.</summary>
    /// <param name="file">Its file.</param>
    /// <param name="name">Its name.</param>
    /// <param name="text">What is in it.</param>
    /// <param name="told">Whether its faults are told already, with the language that it is written in.</param>
    public void AddPart(string file, string name, string text, bool told = false)
    {
        var errors = told ? new FileErrors() : _errors;
        var before = errors.Errors.Count;
        new TemplateCheck(file, _parts, layout: false, errors).Check(text, "html", 1);
        _sound &= errors.Errors.Count == before;
        if (_sound && Compiled(_html, text, file, "html", 1) is not null)
        {
            _html.RegisterTemplate(name, text);
        }
    }

    /// <summary>Checks and compiles what stands around e-mails.</summary>
    public void AddLayout(string file, string name, string text, bool told = false)
    {
        var errors = told ? new FileErrors() : _errors;
        var before = errors.Errors.Count;
        var check = new TemplateCheck(file, _parts, layout: true, errors);
        check.Check(text, "html", 1);
        if (!check.ShowsBody)
        {
            errors.Add(new FileError(file, 1, "html", "The layout lacks {{{body}}}, the place of the e-mail itself."));
        }

        _sound &= errors.Errors.Count == before;
        if (_sound && Compiled(_html, text, file, "html", 1) is { } compiled)
        {
            _layouts[name] = (check, compiled);
        }
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

        var check = new TemplateCheck(file, _parts, layout: false, _errors) { Required = front.Requires };
        check.Check(front.Subject, "subject", front.SubjectLine);
        check.Check(front.Preheader, "preheader", front.PreheaderLine);
        check.Check(front.Html, "html", front.HtmlLine);
        if (check.ShowsSurvey && front.Survey is null)
        {
            _errors.Add(new FileError(file, 1, "survey", "The e-mail shows a survey's question or answers; name the survey: 'survey: NAME' in the front matter."));
        }

        if (front.Layout is { } named && !_layouts.ContainsKey(named) && _sound)
        {
            _errors.Add(new FileError(file, 1, "layout", $"Found '{named}'; there is no emails/_layout-{named}.hbs.{Suggestion.For(named, _layouts.Keys.Where(l => l.Length > 0))}"));
        }

        if (!_sound || _errors.Errors.Count > before)
        {
            return null;
        }

        var layout = IsDocument(front.Html) ? ((TemplateCheck Check, HandlebarsTemplate<object, object> Compiled)?)null : LayoutOf(front.Layout ?? "");
        var subject = Compiled(_text, front.Subject, file, "subject", front.SubjectLine);
        var preheader = Compiled(_text, front.Preheader, file, "preheader", front.PreheaderLine);
        var html = Compiled(_html, front.Html, file, "html", front.HtmlLine);
        return subject is null || preheader is null || html is null ? null
            : new(name, new(subject, preheader, html, layout?.Compiled), front, check, layout?.Check);
    }

    private (TemplateCheck Check, HandlebarsTemplate<object, object> Compiled) LayoutOf(string name)
    {
        if (!_layouts.ContainsKey(name))
        {
            AddLayout("emails/_layout.hbs", name, DefaultLayout.Html);
        }

        return _layouts[name];
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
