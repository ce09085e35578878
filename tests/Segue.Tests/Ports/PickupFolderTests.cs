using FsCheck;
using FsCheck.Fluent;
using Segue.Local.Email;
using Segue.Ports;
using Segue.Tests.Support;

namespace Segue.Tests.Ports;

public sealed class PickupFolderTests : EmailSenderContract, IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly PickupFolder sender;

    public PickupFolderTests() => sender = new(folder.Path, new ManualTime(new(2026, 1, 5, 9, 8, 7, TimeSpan.FromHours(2))));

    protected override IEmailSender Sender => sender;

    [Fact]
    public async Task Send_Email_WritesEveryPartOfIt()
    {
        await sender.SendAsync(Email(), Cancellation);

        var eml = Read("send-1");
        Assert.Equal("\"The Shop\" <shop@example.com>", eml["From"]);
        Assert.Equal("\"Ann Example\" <customer@example.org>", eml["To"]);
        Assert.Equal("<help@example.com>", eml["Reply-To"]);
        Assert.Equal("Five percent for you", eml["Subject"]);
        Assert.Equal("Mon, 05 Jan 2026 07:08:07 +0000", eml["Date"]);
        Assert.Equal("<send-1@example.com>", eml["Message-ID"]);
        Assert.Equal("<https://shop.example.com/unsubscribe/abc?x=1&y=2>", eml["List-Unsubscribe"]);
        Assert.Equal("List-Unsubscribe=One-Click", eml["List-Unsubscribe-Post"]);
        Assert.Equal("core-reactivation, 1, a", eml["X-Segue-Categories"]);
        Assert.StartsWith("multipart/alternative;", eml["Content-Type"], StringComparison.Ordinal);
        Assert.Equal(
            [("text/plain; charset=utf-8", "Come back"), ("text/html; charset=utf-8", "<p>Come <b>back</b></p>")],
            eml.Parts());
        Assert.Equal("<p>Come <b>back</b></p>", File.ReadAllText(folder.File("send-1.html")));
    }

    [Fact]
    public async Task Send_TransactionalEmail_HasNoUnsubscribeHeaders()
    {
        await sender.SendAsync(Email() with { UnsubscribeUrl = null, ReplyTo = null, ToName = null, Categories = [] }, Cancellation);

        var names = Read("send-1").Headers.Select(header => header.Name).ToList();
        Assert.Equal(
            ["From", "To", "Subject", "Date", "Message-ID", "X-Segue-Send-Id", "MIME-Version", "Content-Type"], names);
        Assert.Equal("<customer@example.org>", Read("send-1")["To"]);
    }

    [Fact]
    public async Task Send_SameIdTwice_LeavesTheFirstFileAlone()
    {
        await sender.SendAsync(Email(), Cancellation);
        var again = await sender.SendAsync(Email() with { Subject = "Again" }, Cancellation);

        Assert.IsType<SendAnswer.Accepted>(again);
        Assert.Equal("Five percent for you", Read("send-1")["Subject"]);
        Assert.Equal(["send-1.eml", "send-1.html"], Files());
    }

    [Fact]
    public async Task Send_SameIdManyAtOnce_LeavesOneWholeFile()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => sender.SendAsync(Email(), Cancellation))));

        Assert.All(answers, answer => Assert.IsType<SendAnswer.Accepted>(answer));
        Assert.Equal(["send-1.eml", "send-1.html"], Files());
        Assert.Equal(2, Read("send-1").Parts().Count);
    }

    [Theory]
    [InlineData("größe 中文 😀")]
    [InlineData("Ann \"the \\ boss\" O'Neill, Esq.")]
    [InlineData("=?utf-8?B?Zm9v?=")]
    [InlineData(" leading and trailing ")]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("A long subject in plain ASCII that goes on and on, past every limit that a line in a header has to keep to")]
    [InlineData("😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀")]
    public async Task Send_OddCharacters_ComeThrough(string text)
    {
        await sender.SendAsync(Email() with { Subject = text, FromName = text, Html = text, Text = text, Categories = [text] }, Cancellation);

        var eml = Read("send-1");
        Assert.Equal(text.Trim(), eml["Subject"].Trim());
        Assert.Equal(text.Trim(), eml["X-Segue-Categories"].Trim());
        Assert.EndsWith("<shop@example.com>", eml["From"], StringComparison.Ordinal);
        Assert.Equal([text, text], eml.Parts().Select(part => part.Text));
        AssertLinesAreShortAscii();
    }

    [Fact]
    public void Send_AnySubject_IsRejectedOrComesThroughInOneHeader() =>
        Prop.ForAll<NonNull<string>>(subject =>
        {
            var id = $"p{Directory.GetFiles(folder.Path).Length}";
            var answer = sender.SendAsync(Email(id) with { Subject = subject.Get }, Cancellation).GetAwaiter().GetResult();
            if (answer is SendAnswer.Rejected)
            {
                return subject.Get.Any(char.IsControl);
            }

            AssertLinesAreShortAscii(id);
            var wellFormed = string.Concat(subject.Get.EnumerateRunes());
            return Read(id)["Subject"].Trim() == wellFormed.Trim() && Read(id).Headers.Count == 12;
        }).Holds();

    [Fact]
    public async Task Send_DomainBeyondAscii_IsWrittenInAscii()
    {
        await sender.SendAsync(Email() with { To = "ann@münchen.example" }, Cancellation);
        Assert.EndsWith("<ann@xn--mnchen-3ya.example>", Read("send-1")["To"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_UnsubscribeAddressThatIsNoWebAddress_IsRejected()
    {
        foreach (var address in new[] { "file:///etc/passwd", "javascript:alert(1)", "https://example.com/" + new string('a', 900) })
        {
            Assert.IsType<SendAnswer.Rejected>(
                await sender.SendAsync(Email() with { UnsubscribeUrl = new Uri(address) }, Cancellation));
        }

        Assert.Empty(Files());
    }

    [Fact]
    public async Task Send_FolderThatCantBeMade_IsADefiniteNoForNow()
    {
        await File.WriteAllTextAsync(folder.File("file"), "", Cancellation);
        var blocked = new PickupFolder(folder.File("file"), TimeProvider.System);

        var answer = Assert.IsType<SendAnswer.TryAfter>(await blocked.SendAsync(Email(), Cancellation));
        Assert.Contains(folder.File("file"), answer.Reason, StringComparison.Ordinal);
        Assert.Equal(false, await blocked.WasAcceptedAsync("send-1", Cancellation));
    }

    [Fact]
    public async Task Send_NameTakenByAFolder_IsADefiniteNoAndLeavesNoRest()
    {
        Directory.CreateDirectory(folder.File("send-1.eml"));

        Assert.IsType<SendAnswer.TryAfter>(await sender.SendAsync(Email(), Cancellation));
        Assert.Equal(["send-1.html"], Files());
    }

    [Fact]
    public async Task Send_Cancelled_IsADefiniteNo()
    {
        var answer = await sender.SendAsync(Email(), new CancellationToken(canceled: true));
        Assert.IsType<SendAnswer.TryAfter>(answer);
        Assert.Empty(Files());
    }

    [Fact]
    public async Task Send_FolderThatIsMissing_IsMade()
    {
        var deeper = new PickupFolder(folder.File("a/b"), TimeProvider.System);
        Assert.IsType<SendAnswer.Accepted>(await deeper.SendAsync(Email(), Cancellation));
        Assert.True(await deeper.WasAcceptedAsync("send-1", Cancellation));
    }

    public void Dispose() => folder.Dispose();

    private string[] Files() =>
        [.. Directory.GetFiles(folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal)!];

    private EmlFile Read(string id) => EmlFile.Parse(File.ReadAllText(folder.File(id + ".eml")));

    private void AssertLinesAreShortAscii(string id = "send-1")
    {
        var bytes = File.ReadAllBytes(folder.File(id + ".eml"));
        Assert.All(bytes, b => Assert.True(b is (byte)'\r' or (byte)'\n' or >= 0x20 and < 0x7F));
        Assert.All(
            System.Text.Encoding.ASCII.GetString(bytes).Split("\r\n"),
            line => Assert.True(line.Length <= 998 && !line.Contains('\n', StringComparison.Ordinal)));
    }
}
