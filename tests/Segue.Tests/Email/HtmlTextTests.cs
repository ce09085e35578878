using FsCheck;
using FsCheck.Fluent;
using Segue.Email;
using Segue.Tests.Support;

namespace Segue.Tests.Email;

public sealed class HtmlTextTests
{
    [Theory]
    [InlineData("<p>One</p><p>Two</p>", "One\n\nTwo\n")]
    [InlineData("<p>One\n   two<b> three</b>\tfour</p>", "One two three four\n")]
    [InlineData("One<br>two<br/>three", "One\ntwo\nthree\n")]
    [InlineData("<h1>Hello</h1><p>There</p>", "Hello\n=====\n\nThere\n")]
    [InlineData("<p>a</p><h2>Bye</h2>b", "a\n\nBye\n---\n\nb\n")]
    [InlineData("<p>See <a href=\"https://example.com/?a=1&amp;b=2\">the shop</a>.</p>", "See the shop (https://example.com/?a=1&b=2).\n")]
    [InlineData("<a href='https://example.com'>https://example.com</a>", "https://example.com\n")]
    [InlineData("<a href=\"mailto:a@example.com\">a@example.com</a>", "a@example.com\n")]
    [InlineData("<a href=\"mailto:a@example.com\">Write to us</a>", "Write to us (a@example.com)\n")]
    [InlineData("<a href=\"#top\">Up</a>", "Up\n")]
    [InlineData("<a href=\"https://example.com\"><img src=\"a.png\" alt=\"Our shop\"></a>", "Our shop (https://example.com)\n")]
    [InlineData("<a href=\"https://example.com\"><img src=\"a.png\"></a>", "https://example.com\n")]
    [InlineData("<p>Why:</p><ul><li>One</li><li><p>Two</p></li></ul><p>End</p>", "Why:\n\n- One\n- Two\n\nEnd\n")]
    [InlineData("<ol><li>One</li><li>Two<ul><li>Inner</li></ul></li></ol>", "1. One\n2. Two\n  - Inner\n")]
    [InlineData("<li>Loose</li><p>End</p>", "- Loose\n\nEnd\n")]
    [InlineData("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc\n")]
    [InlineData("a<hr>b", "a\n\n----------------------------------------\n\nb\n")]
    [InlineData("&lt;b&gt; &amp; &euro;5&nbsp;off", "<b> & €5 off\n")]
    [InlineData("a &lt; b < c", "a < b < c\n")]
    [InlineData("<p title=\"a > b\">x</p>", "x\n")]
    [InlineData("", "\n")]
    public void From_Html_IsReadableText(string html, string text) => Assert.Equal(text, HtmlText.From(html));

    [Theory]
    [InlineData("<head><title>t</title><style>p{}</style></head><p>x</p>")]
    [InlineData("<div style=\"display:none\">secret<div>inner</div></div><p>x</p>")]
    [InlineData("<div style='DISPLAY : none;'>secret</div>x")]
    [InlineData("<span hidden>secret</span>x")]
    [InlineData("<!-- <p>secret</p> -->x")]
    [InlineData("<!--[if mso]><p>secret</p><![endif]-->x")]
    [InlineData("<script>if (a < b) secret()</script>x")]
    [InlineData("<!doctype html>x&zwnj;&#847;&shy;")]
    public void From_WhatIsHidden_StaysHidden(string html) => Assert.Equal("x\n", HtmlText.From(html));

    [Fact]
    public void From_EscapedText_ComesOutWordForWord() => Prop.ForAll<NonNull<string>>(text =>
    {
        var plain = string.Concat(text.Get.Where(c => c is >= '!' and <= '~'));
        return HtmlText.From($"<p>{HtmlEncoding.Encode(plain)}</p>") == plain + "\n";
    }).Holds();

    [Fact]
    public void From_AnyText_EndsAndNeverThrows() => Prop.ForAll(
        Gen.ListOf(Gen.Elements("<p>", "</p>", "<li>", "</li>", "<ul>", "</ul>", "<a href=\"u\">", "</a>", "<h1>", "</h1>", "<", ">", "x", " ", "<!--", "-->", "<br>", "<div hidden>", "</div>"))
            .Select(string.Concat).ToArbitrary(),
        html => HtmlText.From(html).EndsWith('\n')).Holds();
}
