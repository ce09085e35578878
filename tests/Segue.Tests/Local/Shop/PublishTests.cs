using System.Net.Http.Json;
using System.Text.Json;
using Segue.Local.Serving;

namespace Segue.Tests.Local.Shop;

/// <summary><c>publish</c> through the real command line, on a data folder and on a server that holds it.</summary>
public sealed class PublishTests : IDisposable
{
    private readonly ShopFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Publish_AFolder_OutlivesRestartsWithTheFolderThatWasThere()
    {
        Assert.Equal(0, await _folder.RunAsync("calibrate"));
        var edited = Edited("10%");
        Assert.Equal(0, await _folder.RunAsync("publish", edited, "--by", "ann"));
        Assert.Contains("changed: journeys/wake.yaml", _folder.Output, StringComparison.Ordinal);
        Assert.Contains("holdout", _folder.Output, StringComparison.Ordinal);
        foreach (var writes in new[] { true, false })
        {
            await using var shop = await _folder.OpenAsync(writes);
            Assert.Equal(0.1, (await shop.Parts.Insights.JourneyAsync("wake", Cancellation))!.Holdout);
        }

        Assert.Equal(0, await _folder.RunAsync("publish", "--list", "--format", "json"));
        Assert.Equal(["ann", "file"], JsonDocument.Parse(_folder.Output).RootElement.GetProperty("history").EnumerateArray().Select(p => p.GetProperty("by").GetString()));
        Assert.Equal(0, await _folder.RunAsync("publish", "--revert"));
        await using var reverted = await _folder.OpenAsync(writes: false);
        Assert.Equal(0, (await reverted.Parts.Insights.JourneyAsync("wake", Cancellation))!.Holdout);
    }

    [Fact]
    public async Task Publish_NotValid_IsExitCode1AndChangesNothing()
    {
        await using (await _folder.OpenAsync(writes: true))
        {
        }

        var edited = Edited("much");
        Assert.Equal(1, await _folder.RunAsync("publish", edited, "--format", "json"));
        var result = JsonDocument.Parse(_folder.Output).RootElement;
        Assert.Equal(("journeys/wake.yaml", "holdout"), (result.GetProperty("errors")[0].GetProperty("file").GetString(), result.GetProperty("errors")[0].GetProperty("field").GetString()));
        Assert.Equal(1, await _folder.RunAsync("publish", "--revert"));
        Assert.Contains("before", _folder.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Publish_WhileAServerHoldsTheData_IsInForceThere()
    {
        await using var shop = await _folder.OpenAsync(writes: true);
        await using var server = await LocalServer.StartAsync(shop.Parts, "http://127.0.0.1:0", _folder.Clock, Cancellation);
        using var client = new HttpClient { BaseAddress = new(server.Addresses.Single()) };
        var edited = Edited("10%");
        Assert.Equal(0, await _folder.RunAsync("publish", edited, "--dry-run"));
        Assert.Contains("would be in force", _folder.Output, StringComparison.Ordinal);
        Assert.Equal(0, await _folder.RunAsync("publish", edited, "--by", "ann"));
        var journey = await client.GetFromJsonAsync<JsonElement>("/api/journeys/wake", Cancellation);
        Assert.Equal(0.1, journey.GetProperty("holdout").GetDouble());

        var broken = Edited("much");
        Assert.Equal(1, await _folder.RunAsync("publish", broken, "--to", server.Addresses.Single()));
        Assert.Contains("journeys/wake.yaml", _folder.Output, StringComparison.Ordinal);
        Assert.Equal(0, await _folder.RunAsync("publish", "--revert", "--to", server.Addresses.Single()));
        journey = await client.GetFromJsonAsync<JsonElement>("/api/journeys/wake", Cancellation);
        Assert.Equal(0, journey.GetProperty("holdout").GetDouble());
        Assert.Equal(0, await _folder.RunAsync("publish", "--list"));
        Assert.Contains("ann", _folder.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Publish_ToNobody_SaysSo()
    {
        Assert.Equal(1, await _folder.RunAsync("publish", "--to", "http://127.0.0.1:9"));
        Assert.Contains("does not answer", _folder.Error, StringComparison.Ordinal);
        Assert.Equal(2, await _folder.RunAsync("publish", "--to", "ftp://example.com"));
    }

    /// <summary>A copy of the folder in which the journey holds a share out.</summary>
    private string Edited(string holdout)
    {
        foreach (var file in Directory.EnumerateFiles(_folder.Campaigns, "*", SearchOption.AllDirectories))
        {
            _folder.Write(Path.Combine("edited", Path.GetRelativePath(_folder.Campaigns, file)), File.ReadAllText(file));
        }

        _folder.Write("edited/journeys/wake.yaml", ShopFolder.Journey.Replace("goal:", $"holdout: {holdout}\ngoal:", StringComparison.Ordinal));
        return Path.Combine(_folder.Root, "edited");
    }
}
