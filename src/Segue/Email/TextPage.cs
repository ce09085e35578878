using System.Globalization;
using System.Text;

namespace Segue.Email;

/// <summary>A plain-text page under way: collapses white space and keeps blocks apart.</summary>
internal sealed class TextPage
{
    private readonly StringBuilder _page = new();
    private readonly Stack<(bool Numbered, int Items)> _lists = new();
    private (int At, string Address)? _link;
    private int _headingAt = -1;
    private int _itemAt = -1;
    private bool _space;

    /// <summary>Writes text; any white space in it counts as one blank. Invisible padding is left out.</summary>
    public void Write(string text)
    {
        foreach (var c in text)
        {
            if (c is '\u200B' or '\u200C' or '\u200D' or '\u2060' or '\uFEFF' or '\u00AD' or '\u034F')
            {
                continue;
            }

            if (char.IsWhiteSpace(c))
            {
                _space = true;
                continue;
            }

            if (_space && !AtLineStart)
            {
                _page.Append(' ');
            }

            _space = false;
            _page.Append(c);
        }
    }

    public void NewLine()
    {
        _space = false;
        if (!AtLineStart || (_page.Length > 0 && _page.Length != _itemAt && !EndsWithBlankLine))
        {
            _page.Append('\n');
        }
    }

    /// <summary>Ends the line before, if there is one.</summary>
    public void EndLine()
    {
        if (!AtLineStart)
        {
            NewLine();
        }

        _space = false;
    }

    /// <summary>Ends the paragraph before, if there is one. Inside a list, lines follow each other closely.</summary>
    public void Paragraph()
    {
        _space = false;
        if (_lists.Count > 0)
        {
            return;
        }

        while (_page.Length > 0 && !EndsWithBlankLine)
        {
            _page.Append('\n');
        }
    }

    public void Rule()
    {
        Paragraph();
        _page.Append("----------------------------------------\n\n");
    }

    public void OpenHeading()
    {
        Paragraph();
        _headingAt = _page.Length;
    }

    public void CloseHeading(char underline)
    {
        var length = _headingAt < 0 ? 0 : _page.Length - _headingAt;
        if (length > 0)
        {
            _page.Append('\n').Append(underline, Math.Min(length, 60));
        }

        _headingAt = -1;
        Paragraph();
    }

    public void OpenLink(string address) => _link = (_page.Length, address);

    /// <summary>Adds the link's address, unless the text already is the address.</summary>
    public void CloseLink()
    {
        if (_link is not { } link)
        {
            return;
        }

        _link = null;
        var text = _page.ToString(Math.Min(link.At, _page.Length), Math.Max(0, _page.Length - link.At)).Trim();
        var bare = link.Address.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase) ? link.Address[7..] : link.Address;
        if (bare.Length == 0 || bare.StartsWith('#') || text == bare)
        {
            return;
        }

        _space |= text.Length > 0;
        Write(text.Length == 0 ? bare : $"({bare})");
    }

    public void OpenList(bool numbered)
    {
        if (_lists.Count == 0)
        {
            Paragraph();
        }

        _lists.Push((numbered, 0));
    }

    public void Item()
    {
        var (numbered, items) = (false, 0);
        if (_lists.TryPop(out var list))
        {
            (numbered, items) = list;
            _lists.Push((numbered, items + 1));
        }

        EndLine();
        _page.Append(' ', 2 * Math.Max(0, _lists.Count - 1))
            .Append(numbered ? (items + 1).ToString(CultureInfo.InvariantCulture) + ". " : "- ");
        _itemAt = _page.Length;
    }

    public void CloseList()
    {
        _lists.TryPop(out _);
        Paragraph();
    }

    public override string ToString() => _page.ToString().Trim('\n', ' ') + "\n";

    private bool AtLineStart => _page.Length == 0 || _page[^1] == '\n' || _page.Length == _itemAt;

    private bool EndsWithBlankLine => _page.Length >= 2 && _page[^1] == '\n' && _page[^2] == '\n';
}
