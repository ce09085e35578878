using System.Text;
using System.Text.RegularExpressions;

namespace Segue.Tests.Ports;

/// <summary>Reads an e-mail file by the standards' rules, on its own: nothing here knows how it was written.</summary>
public sealed class EmlFile
{
    private EmlFile(IReadOnlyList<(string Name, string Value)> headers, string body)
    {
        Headers = headers;
        Body = body;
    }

    public IReadOnlyList<(string Name, string Value)> Headers { get; }

    public string Body { get; }

    public string this[string header] => Headers.Single(h => h.Name == header).Value;

    public static EmlFile Parse(string text)
    {
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var unfolded = Regex.Replace(text[..end], "\r\n([ \t])", "$1");
        var headers = unfolded.Split("\r\n").Select(line =>
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            Assert.Matches("^[A-Za-z-]+$", line[..colon]);
            return (line[..colon], Decode(line[(colon + 1)..].Trim()));
        });
        return new([.. headers], text[(end + 4)..]);
    }

    /// <summary>The parts of a multipart body, decoded: their types and texts.</summary>
    public IReadOnlyList<(string Type, string Text)> Parts()
    {
        var boundary = Regex.Match(this["Content-Type"], "boundary=\"([^\"]+)\"").Groups[1].Value;
        var pieces = ("\r\n" + Body).Split("\r\n--" + boundary);
        Assert.Equal("--", pieces[^1].Trim());
        return [.. pieces[1..^1].Select(piece => Parse(piece[2..])).Select(part =>
        {
            Assert.Equal("base64", part["Content-Transfer-Encoding"]);
            Assert.All(part.Body.Split("\r\n"), line => Assert.True(line.Length <= 76));
            return (part["Content-Type"], Encoding.UTF8.GetString(Convert.FromBase64String(part.Body)));
        })];
    }

    // RFC 2047: white space between two encoded words is no part of the text.
    private static string Decode(string value) => Regex.Replace(
        Regex.Replace(value, @"(\?=)\s+(?==\?)", "$1"),
        @"=\?utf-8\?B\?([A-Za-z0-9+/=]*)\?=",
        word =>
        {
            Assert.True(word.Length <= 75);
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(Convert.FromBase64String(word.Groups[1].Value));
        });
}
