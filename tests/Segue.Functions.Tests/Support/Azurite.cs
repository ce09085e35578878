using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Azure.Data.Tables;
using Segue.Functions.Tests.Support;
using Segue.Functions.Tables;

[assembly: AssemblyFixture(typeof(Azurite))]

namespace Segue.Functions.Tests.Support;

/// <summary>
/// Azurite's table service, started once for all tests, in memory, on a port of its own. It is looked for on the path and in
/// <c>node_modules</c> at the repository's root; where it is missing, its tests are skipped.
/// </summary>
public sealed class Azurite : IAsyncLifetime
{
    private const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private Process? _process;
    private string? _endpoint;

    /// <summary>The table store on it.</summary>
    public AzureTableStore Store() => new(Client(), Client());

    /// <summary>A client of it. Skips the test where there is no Azurite.</summary>
    public TableServiceClient Client(TimeSpan? timeout = null)
    {
        Assert.SkipUnless(_endpoint is not null, "Azurite is not installed: npm install azurite at the repository's root, or anywhere on the path.");
        var options = new TableClientOptions();
        options.Retry.MaxRetries = 0;
        options.Retry.NetworkTimeout = timeout ?? Patience;
        return new($"DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey={Key};TableEndpoint={_endpoint};", options);
    }

    public async ValueTask InitializeAsync()
    {
        if (Find() is not { } program)
        {
            return;
        }

        var port = FreePort();
        var start = new ProcessStartInfo(program)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        foreach (var argument in new[] { "--tablePort", port.ToString(CultureInfo.InvariantCulture), "--tableHost", "127.0.0.1", "--inMemoryPersistence", "--skipApiVersionCheck", "--disableTelemetry", "--silent" })
        {
            start.ArgumentList.Add(argument);
        }

        _process = Process.Start(start)!;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await UntilItListensAsync(_process, port);
        _endpoint = $"http://127.0.0.1:{port}/devstoreaccount1";
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false } running)
        {
            running.Kill(entireProcessTree: true);
            await running.WaitForExitAsync();
        }

        _process?.Dispose();
    }

    private static string? Find()
    {
        var name = OperatingSystem.IsWindows() ? "azurite-table.cmd" : "azurite-table";
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Append(Path.Combine(Repository.Root, "node_modules", ".bin"));
        return folders.Where(f => f.Length > 0).Select(f => Path.Combine(f, name)).FirstOrDefault(File.Exists);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static async Task UntilItListensAsync(Process process, int port)
    {
        for (var waited = Stopwatch.StartNew(); ;)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, port);
                return;
            }
            catch (SocketException) when (waited.Elapsed < Patience && !process.HasExited)
            {
                await Task.Delay(50);
            }
        }
    }
}
