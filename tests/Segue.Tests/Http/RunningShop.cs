using Segue.Local.Serving;

namespace Segue.Tests.Http;

/// <summary>The real server on a free port of this machine, over a product that a test controls.</summary>
public sealed class RunningShop : IAsyncLifetime
{
    private LocalServer _server = null!;

    internal FakeProduct Product { get; } = new();

    internal HttpClient Client { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await LocalServer.StartAsync(
            FakeProduct.Parts(Product), "http://127.0.0.1:0", TimeProvider.System, TestContext.Current.CancellationToken);
        Client = new(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = new(_server.Addresses.Single()) };
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _server.DisposeAsync();
    }
}
