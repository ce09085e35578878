using Segue.Customers;
using Segue.Email;

namespace Segue.Tests.Simulation.Life;

/// <summary>
/// A shop that an earlier version left in mid-flight goes on with this one: each version's rows and messages are kept in
/// <c>InFlight/</c>, and every later version must carry their story to its end. Files there are never made anew.
/// </summary>
/// <remarks>Before a release, <c>SEGUE_WRITE_IN_FLIGHT=path</c> writes the present version's.</remarks>
public sealed class UpgradeTests
{
    /// <summary>A story with customers under way at the cut, some of them held by a pause.</summary>
    private const ulong Seed = 44;

    /// <summary>A moment is on the bus, for four minutes later.</summary>
    private static readonly DateTimeOffset Cut = new(2024, 4, 7, 7, 40, 0, TimeSpan.Zero);

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Simulation", "Life", "InFlight");

    public static TheoryData<string> Versions => [.. Directory.GetFiles(Folder, "*.jsonl").Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Versions))]
    public void Upgrade_OfAShopInMidFlight_LosesNobody(string version)
    {
        var from = InFlightState.Read(Path.Combine(Folder, version + ".jsonl"));
        Assert.True(from.Messages.Count > 0 && from.Rows.Count(r => r.Row.Key.StartsWith(CustomerRows.Enrolments, StringComparison.Ordinal)) >= 2);
        for (var seed = 1UL; seed <= 5; seed++)
        {
            var story = ShopLife.Of(Seed);
            var life = new LifeWorld(new(seed), story, from: from);

            // The mail service's own memory begins at the cut.
            Assert.DoesNotContain(LifeLaws.Broken(life, story), l => !l.EndsWith("never went", StringComparison.Ordinal));
            Assert.NotEmpty(life.World.Sender.Accepted);
            Assert.DoesNotContain(life.World.Sender.Accepted, m => from.Rows.Any(r => r.Row.Key == CustomerRows.SettledSend(m.SendId)));
        }
    }

    [Fact]
    public void Versions_OnePerRelease_TheFirstIsThere() => Assert.Contains(Versions, v => v.Data == "2026-11");

    [Fact]
    public void State_WrittenAndRead_GoesOnAsIfNothingHadBeen()
    {
        var story = ShopLife.Of(Seed);
        var path = Environment.GetEnvironmentVariable("SEGUE_WRITE_IN_FLIGHT") ?? Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.jsonl");
        InFlightState.Of(new LifeWorld(FaultPlan.Undisturbed(), story, until: Cut), Cut).Write(path);

        var resumed = new LifeWorld(FaultPlan.Undisturbed(), story, from: InFlightState.Read(path));

        var whole = ShopState.Of(new LifeWorld(FaultPlan.Undisturbed(), story).Store);
        var end = ShopState.Of(resumed.Store);
        Assert.Equal(whole.Customers, end.Customers);
        Assert.Equal(whole.Ended, end.Ended);
        Assert.Equal(whole.Mails, end.Mails);
        Assert.Equal(whole.Facts, end.Facts);
        Assert.All(end.Mails.Values, status => Assert.NotEqual(SendStatus.Unknown, status));
    }
}
