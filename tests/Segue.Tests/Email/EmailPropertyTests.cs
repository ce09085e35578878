using AngleSharp.Html.Parser;
using FsCheck;
using FsCheck.Fluent;
using Segue.Email;
using Segue.Tests.Support;
using static Segue.Tests.Email.Mails;

namespace Segue.Tests.Email;

/// <summary>What holds for every customer, whatever their fields hold.</summary>
public sealed class EmailPropertyTests
{
    private static readonly EmailTemplate _template = Compile(
        "<p id=name>{{customer.name}}</p><p id=note title=\"{{customer.attributes.note}}\">{{default customer.attributes.note customer.name}}</p>",
        "subject: \"For {{customer.name}}\"\npreheader: \"{{customer.attributes.note}}\"").Template!;

    // Texts that try to break out: of elements, attributes, templates, and lines.
    private static readonly Arbitrary<string> _nasty = Gen.Elements(
        "<", ">", "\"", "'", "&", "&amp;", "{{", "}}", "{{{", "{{customer.email}}", "{{#if x}}", "{", "}", "`", "=", "</p>", "<script>", "-->", "<!--",
        "a", "é", "😀", " ", "\r\n", "\0", "$", "\\").ListOf().Select(string.Concat).ToArbitrary();

    [Fact]
    public void Render_AnyFields_ShowsThemAsTextAndNothingElse() => Prop.ForAll(_nasty, _nasty, (name, note) =>
    {
        var mail = EmailRenderer.Render(_template, Settings, With(name, note));
        var page = new HtmlParser().ParseDocument(mail.Html);
        return page.GetElementById("name")!.TextContent == Shown(name)
            && page.GetElementById("note")!.GetAttribute("title") == Shown(note)
            && page.GetElementById("note")!.TextContent == Shown(note.Length > 0 ? note : name)
            && page.QuerySelectorAll("script").Length == 0
            && page.QuerySelectorAll("p").Length == Plain.QuerySelectorAll("p").Length;
    }).Holds();

    [Fact]
    public void Render_AnyFields_LeavesNoPlaceholderInTheHtml() => Prop.ForAll(_nasty, _nasty, (name, note) =>
        !EmailRenderer.Render(_template, Settings, With(name, note)).Html.Contains("{{", StringComparison.Ordinal)).Holds();

    [Fact]
    public void Render_AnyFields_KeepsHeadersOnOneLine() => Prop.ForAll(_nasty, _nasty, (name, note) =>
    {
        var mail = EmailRenderer.Render(_template, Settings, With(name, note));
        return !mail.Subject.Any(char.IsControl) && !mail.ToName!.Any(char.IsControl);
    }).Holds();

    [Fact]
    public void Render_AnyFields_IsTheSameTwice() => Prop.ForAll(_nasty, name =>
    {
        var first = EmailRenderer.Render(_template, Settings, With(name, name));
        var second = EmailRenderer.Render(_template, Settings, With(name, name));
        return (first.Subject, first.Html, first.Text) == (second.Subject, second.Html, second.Text);
    }).Holds();

    [Fact]
    public void Render_AnyText_OfATemplateThatCompiles_LeavesNoTag() => Prop.ForAll(
        Gen.Elements("{{customer.name}}", "{{#if offer}}", "{{else}}", "{{/if}}", "{{#unless customer.name}}", "{{/unless}}", "{{", "}}", "{{{", "}}}",
            "{{money offer.amount}}", "{{default customer.name \"x\"}}", "{{! n }}", "text", "<p>", "</p>", "{{~", "~}}", "shop.name").ListOf().Select(string.Concat).ToArbitrary(),
        html =>
        {
            var (template, errors) = Compile("<i></i>" + html);
            return template is null ? errors.Errors.Count > 0
                : !EmailRenderer.Render(template, Settings, Content).Html.Contains("{{", StringComparison.Ordinal);
        }).Holds();

    private static AngleSharp.Html.Dom.IHtmlDocument Plain =>
        new HtmlParser().ParseDocument(EmailRenderer.Render(_template, Settings, Content).Html);

    private static EmailContent With(string name, string note) =>
        Content with { Name = name, Attributes = new Dictionary<string, string> { ["note"] = note } };

    private static string Shown(string text) => new([.. text.Where(c => !char.IsControl(c) || c is '\n' or '\t')]);
}
