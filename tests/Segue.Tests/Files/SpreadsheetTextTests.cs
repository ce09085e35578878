using FsCheck.Fluent;
using Segue.Files;
using Segue.Local.Import;
using Segue.Local.Shop;
using Segue.Simulation;
using Segue.Tests.Support;

namespace Segue.Tests.Files;

/// <summary>What is written for spreadsheets is never a formula there (OWASP, "CSV Injection").</summary>
public sealed class SpreadsheetTextTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("segue-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+41 44 000 00 00", "'+41 44 000 00 00")]
    [InlineData("-2+3+cmd|' /C calc'!A0", "'-2+3+cmd|' /C calc'!A0")]
    [InlineData("@SUM(1)", "'@SUM(1)")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData("\r=1", "'\r=1")]
    [InlineData("\n=1", "'\n=1")]
    [InlineData("＝1", "'＝1")]
    [InlineData(" =1", "' =1")]
    [InlineData("tea", "tea")]
    [InlineData("a=1", "a=1")]
    [InlineData("", "")]
    public void Safe_WhatBeginsLikeAFormula_IsText(string text, string safe) => Assert.Equal(safe, SpreadsheetText.Safe(text));

    [Fact]
    public void Safe_AnyText_NeverBeginsLikeOne_AndKeepsWhatItSays() =>
        Prop.ForAll(ArbMap.Default.ArbFor<string>(), text =>
        {
            var safe = SpreadsheetText.Safe(text ?? "");
            return safe.EndsWith(text ?? "", StringComparison.Ordinal) && (safe.Length == 0 || !"=+-@\t\r\n".Contains(safe.TrimStart(' ').FirstOrDefault('x'), StringComparison.Ordinal));
        }).Holds();

    [Fact]
    public void BadRows_WithFormulas_AreWrittenAsText()
    {
        var input = Path.Combine(_folder, "orders.csv");
        using (var file = new BadRowsFile(input))
        {
            file.Add(new(2, "=HYPERLINK(\"http://attacker.example\"),2024-01-01,x", ["amount: found 'x'"]));
        }

        Assert.Contains("\"'=HYPERLINK(", File.ReadAllText(input + ".bad.csv"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sends_WithFormulas_AreWrittenAsText()
    {
        var path = Path.Combine(_folder, "sends.csv");
        await SendsFile.WriteAsync(
            path, [new("=cmd|' /C calc'!A0", "welcome", "1", "+b", DateTimeOffset.UnixEpoch, "@why")], TestContext.Current.CancellationToken);
        Assert.Equal("'=cmd|' /C calc'!A0,welcome,1,'+b,1970-01-01T00:00:00Z,'@why", File.ReadAllLines(path)[1]);
    }
}
