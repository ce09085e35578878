using Segue.Local.Serving;

namespace Segue.Tests.Local.Serving;

public sealed class ServerAddressTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("segue-").FullName;

    private string Address => Path.Combine(_folder, "server.url");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("http://127.0.0.1:7071", "http://127.0.0.1:7071")]
    [InlineData("http://localhost:80", "http://localhost")]
    [InlineData("http://0.0.0.0:7071", "http://127.0.0.1:7071")]
    [InlineData("http://[::]:7071", "http://[::1]:7071")]
    [InlineData("http://192.0.2.7:7071", null)]
    [InlineData("http://unix:/tmp/segue.sock", null)]
    [InlineData("https://localhost:7071", null)]
    public void FromThisMachine_IsALoopbackAddressOrNone(string url, string? expected) =>
        Assert.Equal(expected, ServerAddress.FromThisMachine(url));

    [Fact]
    public void Announce_IsReadUntilWithdrawn()
    {
        ServerAddress.Announce(Address, ["http://192.0.2.7:7071", "http://0.0.0.0:7072"]);
        Assert.Equal(new Uri("http://127.0.0.1:7072"), ServerAddress.Read(Address));

        ServerAddress.Withdraw(Address);
        Assert.Null(ServerAddress.Read(Address));
        ServerAddress.Withdraw(Address);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("http://example.com:7071")]
    public void Read_OfWhatLeadsElsewhere_IsNone(string text)
    {
        File.WriteAllText(Address, text);
        Assert.Null(ServerAddress.Read(Address));
    }

    [Fact]
    public void Announce_WhereOnlyOtherMachinesReachIt_WritesNothing()
    {
        ServerAddress.Announce(Address, ["http://192.0.2.7:7071"]);
        Assert.False(File.Exists(Address));
    }
}
