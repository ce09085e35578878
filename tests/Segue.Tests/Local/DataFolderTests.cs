using Segue.Local;

namespace Segue.Tests.Local;

public sealed class DataFolderTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), "segue-" + Path.GetRandomFileName(), "data");

    public void Dispose()
    {
        if (Path.GetDirectoryName(_path) is { } parent && Directory.Exists(parent))
        {
            Directory.Delete(parent, recursive: true);
        }
    }

    [Fact]
    public void Open_WhereThereIsNothing_MakesTheFolder()
    {
        Assert.False(DataFolder.Exists(_path));

        var folder = DataFolder.Open(_path);

        Assert.True(DataFolder.Exists(_path));
        Assert.Equal(32, folder.Secret.Length);
        Assert.Equal(Path.Combine(_path, "segue.db"), folder.Database);
    }

    [Fact]
    public void Open_Again_KeepsTheSecret() =>
        Assert.Equal(DataFolder.Open(_path).Secret.ToArray(), DataFolder.Open(_path).Secret.ToArray());

    [Fact]
    public void Open_AnotherFolder_DrawsAnotherSecret() =>
        Assert.NotEqual(DataFolder.Open(_path).Secret.ToArray(), DataFolder.Open(_path + "2").Secret.ToArray());

    [Fact]
    public void Open_ByManyAtOnce_AgreesOnOneSecret()
    {
        const int Openers = 8;
        for (var round = 0; round < 50; round++)
        {
            var folder = Path.Combine(_path, $"{round}");
            var secrets = new System.Collections.Concurrent.ConcurrentBag<string>();
            using var together = new Barrier(Openers);

            var openers = Enumerable.Range(0, Openers).Select(_ => new Thread(() =>
            {
                together.SignalAndWait();
                secrets.Add(Convert.ToHexString(DataFolder.Open(folder).Secret.Span));
            })).ToList();
            openers.ForEach(t => t.Start());
            openers.ForEach(t => t.Join());

            Assert.Equal(Openers, secrets.Count);
            Assert.Single(secrets.Distinct());
        }
    }

    [Fact]
    public void Secret_IsForItsOwnerOnly()
    {
        DataFolder.Open(_path);
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no file modes.");
            return;
        }

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(_path, "secret.key")));
    }

    [Fact]
    public void Open_OfAnotherVersion_IsRefused()
    {
        DataFolder.Open(_path);
        File.WriteAllText(Path.Combine(_path, "version"), "99\n");

        Assert.Contains("99", Assert.Throws<RefusedException>(() => DataFolder.Open(_path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_WithADamagedSecret_IsRefused()
    {
        DataFolder.Open(_path);
        File.WriteAllText(Path.Combine(_path, "secret.key"), "short");

        Assert.Contains("secret.key", Assert.Throws<RefusedException>(() => DataFolder.Open(_path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_WhereAFileStands_IsRefused()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
        File.WriteAllText(_path, "");

        Assert.Throws<RefusedException>(() => DataFolder.Open(_path));
    }
}
