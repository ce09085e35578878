using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Segue.Campaigns;
using Segue.Functions.Hosting;
using Segue.Functions.Tests.Support;
using Segue.Ports;
using Segue.Segmentation;
using Segue.Simulation;
using Segue.Tests.Ports;

namespace Segue.Functions.Tests.Hosting;

/// <summary>How the app is put together, and the files that say so to its host.</summary>
public sealed class AppTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Open_ManyInstancesAtOnce_ShareOneSecret()
    {
        var store = new InMemoryTableStore();
        var secrets = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => InstallationSecret.ReadOrDrawAsync(store, Cancellation))));
        Assert.Equal(32, secrets[0].Length);
        Assert.All(secrets, s => Assert.Equal(secrets[0], s));
        Assert.NotEqual(secrets[0], await InstallationSecret.ReadOrDrawAsync(new InMemoryTableStore(), Cancellation));
    }

    [Fact]
    public async Task Open_SecretThatIsNone_IsRefused()
    {
        var store = new InMemoryTableStore();
        await store.CommitAsync("Settings", "installation", [RowChange.Insert("secret", new Dictionary<string, object> { ["value"] = new byte[3] })], Cancellation);
        await Assert.ThrowsAsync<InvalidDataException>(() => InstallationSecret.ReadOrDrawAsync(store, Cancellation));
    }

    [Fact]
    public async Task Open_FirstUse_PublishesTheDeployedCampaigns()
    {
        await using var shop = await FunctionsShop.StartAsync(new ManualTime());
        var engine = await shop.Services.GetRequiredService<AzureShop>().OpenAsync(Cancellation);
        Assert.Same(engine, await shop.Services.GetRequiredService<AzureShop>().OpenAsync(Cancellation));
        Assert.NotNull(await shop.Store.GetAsync("Settings", "campaigns", "0-current", Cancellation));
        Assert.NotEmpty((await engine.Campaigns.CurrentAsync(Cancellation)).Set.Journeys);
    }

    [Fact]
    public async Task PublicUrl_Setting_IsWhereLinksLead()
    {
        await using var shop = await FunctionsShop.StartAsync(new ManualTime(), (AppSettings.PublicUrl, "https://mail.example.com"));
        Assert.Equal(new Uri("https://mail.example.com"), shop.Services.GetRequiredService<CampaignSet>().Settings.PublicUrl);
    }

    [Fact]
    public void Campaigns_WrongFile_StopsTheStartAndSaysWhere()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("segments.yaml"), "segments: 7\n");
        var settings = new ConfigurationBuilder().AddInMemoryCollection([new(AppSettings.Campaigns, folder.Path)]).Build();
        var e = Assert.Throws<InvalidDataException>(() => new ServiceCollection().AddSegueProduct(settings));
        Assert.Contains("segments.yaml", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Connections_SettingMissing_IsNamedAsItIsWritten()
    {
        var services = WebApplication.CreateBuilder().Services.AddSegueAzure(new ConfigurationBuilder().Build()).BuildServiceProvider();
        var tables = Assert.Throws<InvalidOperationException>(() => services.GetRequiredService<ITableStore>());
        var bus = Assert.Throws<InvalidOperationException>(() => services.GetRequiredService<IMessageBus>());
        Assert.Contains("TableStorage__serviceUri", tables.Message, StringComparison.Ordinal);
        Assert.Contains("ServiceBusConnection__fullyQualifiedNamespace", bus.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("TableStorage", "UseDevelopmentStorage=true", "ServiceBusConnection", "Endpoint=sb://localhost;SharedAccessKeyName=a;SharedAccessKey=Yg==;UseDevelopmentEmulator=true;")]
    [InlineData("TableStorage:serviceUri", "https://shop.table.core.windows.net", "ServiceBusConnection:fullyQualifiedNamespace", "shop.servicebus.windows.net")]
    public async Task Connections_KeyOrIdentity_MakeThePorts(string tables, string tablesValue, string bus, string busValue)
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection([new(tables, tablesValue), new(bus, busValue)]).Build();
        await using var services = new ServiceCollection().AddLogging().AddSegueAzure(settings).BuildServiceProvider();
        Assert.IsType<Functions.Tables.AzureTableStore>(services.GetRequiredService<ITableStore>());
        Assert.IsType<Functions.ServiceBus.ServiceBusMessageBus>(services.GetRequiredService<IMessageBus>());
        Assert.IsType<Functions.Email.SendGridSender>(services.GetRequiredService<IEmailSender>());
    }

    [Fact]
    public void HostJson_ServiceBus_HoldsNoMessagesInABuffer()
    {
        using var host = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "host.json")));
        var extensions = host.RootElement.GetProperty("extensions");
        Assert.Equal("", extensions.GetProperty("http").GetProperty("routePrefix").GetString());
        Assert.Equal(0, extensions.GetProperty("serviceBus").GetProperty("prefetchCount").GetInt32());
        Assert.False(extensions.GetProperty("serviceBus").GetProperty("autoCompleteMessages").GetBoolean());
        Assert.Equal("OpenTelemetry", host.RootElement.GetProperty("telemetryMode").GetString());
    }

    [Fact]
    public void LocalSettingsSample_NamesEverySettingOfTheApp()
    {
        using var sample = JsonDocument.Parse(File.ReadAllText(Repository.File("local.settings.sample.json")));
        var named = sample.RootElement.GetProperty("Values").EnumerateObject().Select(p => p.Name.Replace("__", ":", StringComparison.Ordinal)).ToHashSet();
        var sendGrid = typeof(Functions.Email.SendGridSettings).GetProperties().Select(p => $"{AppSettings.SendGrid}:{p.Name}").Where(n => n != "SendGrid:Timeout");
        Assert.Superset(new HashSet<string>([AppSettings.ServiceBus, AppSettings.Tables, AppSettings.PublicUrl, AppSettings.Campaigns, AppSettings.Monitor, .. sendGrid]), named);
    }

    [Fact]
    public void Files_TriggersAdaptersAndDoubles_StaySmall()
    {
        Assert.All(Support.Triggers.All, t => Assert.InRange(Lines(Assert.Single(Sources("src", "Segue.Functions"), f => Path.GetFileName(f) == $"{t.Name}.cs")), 1, 39));
        Assert.All(Sources("src", "Segue.Functions"), f => Assert.InRange(Lines(f), 1, 249));
        Assert.InRange(Sources("tests", "Segue.AzureDoubles").Sum(Lines), 1, 699);
    }

    private static int Lines(string file) => File.ReadAllLines(file).Length;

    private static IEnumerable<string> Sources(params string[] folder) => Directory.EnumerateFiles(Repository.File(folder), "*.cs", SearchOption.AllDirectories)
        .Where(f => !Path.GetRelativePath(Repository.Root, f).Split(Path.DirectorySeparatorChar).Any(p => p is "obj" or "bin"));
}
