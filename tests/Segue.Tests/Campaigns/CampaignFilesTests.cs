using Segue.Campaigns;
using Segue.Files;

namespace Segue.Tests.Campaigns;

public sealed class CampaignFilesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("segue-campaigns-").FullName;
    private readonly FileErrors _errors = new();

    [Fact]
    public void Read_Folder_HasItsCampaignFilesByPath()
    {
        Write("segments.yaml", "segments"u8);
        Write("rates.csv", "day"u8);
        Write("setings.yaml", "near"u8);
        Write("segments.schema.json", "{}"u8);
        Write("README.md", "notes"u8);
        Write("journeys/a.yaml", "a"u8);
        Write("journeys/.hidden.yaml", "h"u8);
        Write("emails/b.hbs", "b"u8);
        Write("emails/images/c.hbs", "c"u8);
        var files = CampaignFiles.Read(_folder, _errors);
        Assert.Equal(["emails/b.hbs", "journeys/a.yaml", "rates.csv", "segments.yaml", "setings.yaml"], files.Keys);
        Assert.Equal("a", files["journeys/a.yaml"]);
        Assert.True(_errors.None);
    }

    [Fact]
    public void Read_ByteOrderMark_IsLeftOut()
    {
        Write("segments.yaml", [0xEF, 0xBB, 0xBF, (byte)'x']);
        Assert.Equal("x", CampaignFiles.Read(_folder, _errors)["segments.yaml"]);
    }

    [Fact]
    public void Read_InvalidUtf8_NamesTheLine()
    {
        Write("journeys/a.yaml", [(byte)'a', (byte)'\n', (byte)'b', 0xE9, (byte)'c']);
        Assert.Empty(CampaignFiles.Read(_folder, _errors));
        var error = Assert.Single(_errors.Errors);
        Assert.Equal(("journeys/a.yaml", 2, "Found bytes that are not UTF-8; save the file as UTF-8."), (error.File, error.Line, error.Message));
    }

    [Theory]
    [InlineData(CampaignFiles.MaxBytes, true)]
    [InlineData(CampaignFiles.MaxBytes + 1, false)]
    public void Read_Size_IsLimited(int bytes, bool read)
    {
        var content = new byte[bytes];
        content.AsSpan().Fill((byte)'#');
        Write("settings.yaml", content);
        Assert.Equal(read, CampaignFiles.Read(_folder, _errors).Count == 1);
        Assert.Equal(read, _errors.None);
        Assert.All(_errors.Errors, e => Assert.Equal("Found 1,048,577 bytes; a campaign file has at most 1,048,576.", e.Message));
    }

    [Fact]
    public void Read_NoFolder_SaysSo()
    {
        Assert.Empty(CampaignFiles.Read(Path.Combine(_folder, "missing"), _errors));
        Assert.StartsWith("There is no such folder", Assert.Single(_errors.Errors).Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void Write(string path, ReadOnlySpan<byte> content)
    {
        var file = Path.Combine(_folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllBytes(file, content);
    }
}
