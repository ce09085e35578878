using Segue.Local;

namespace Segue.Tests.Local;

public sealed class CampaignsFolderTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("segue-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void Find_Named_IsThatFolder()
    {
        Directory.CreateDirectory(Path.Combine(_root, "mine"));

        Assert.Equal(Path.Combine(_root, "mine"), CampaignsFolder.Find("mine", _root, "/nowhere"));
    }

    [Fact]
    public void Find_NamedButMissing_IsRefused() =>
        Assert.Throws<RefusedException>(() => CampaignsFolder.Find("mine", _root, "/nowhere"));

    [Fact]
    public void Find_InACheckout_PrefersTheSources()
    {
        var sources = Directory.CreateDirectory(Path.Combine(_root, "src", "Campaigns")).FullName;
        var below = Directory.CreateDirectory(Path.Combine(_root, "src", "Segue.Local", "bin")).FullName;
        File.WriteAllText(Path.Combine(_root, "Functions.sln"), "");

        Assert.Equal(sources, CampaignsFolder.Find(null, below, "/nowhere"));
        Assert.Equal(sources, CampaignsFolder.Find(null, "/", below));
    }

    [Fact]
    public void Find_Elsewhere_IsBesideTheProgram() =>
        Assert.Equal(Path.Combine("/opt/segue", "Campaigns"), CampaignsFolder.Find(null, _root, "/opt/segue"));
}
