using System.Text;
using Segue.Campaigns;
using Segue.Files;

namespace Segue.Tests.Fuzzing;

/// <summary>The shipped campaigns' files, spoilt: each is loaded or refused with an error that names a file; none makes the program fail.</summary>
public sealed class CampaignFuzzTests
{
    [Fact]
    public async Task Files_Spoilt_AreLoadedOrRefusedWithAReason()
    {
        var run = new FuzzRun("campaigns", 5);
        var mutator = new Mutator(run.Random);
        var shipped = CampaignFiles.Read(Path.Combine(AppContext.BaseDirectory, "Campaigns"), new FileErrors());
        var journeys = shipped.Keys.Where(k => k.StartsWith("journeys/", StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToList();
        var others = shipped.Keys.Except(journeys).Order(StringComparer.Ordinal).ToList();
        for (var i = 0; i < run.Cases; i++)
        {
            var spoilt = run.Random.Next(3) == 0 ? mutator.Pick(others) : mutator.Pick(journeys);
            var bytes = run.Random.Next(4) == 0 ? mutator.Bytes(Encoding.UTF8.GetBytes(shipped[spoilt])) : mutator.Lines(shipped[spoilt]);
            var kept = journeys.Contains(spoilt) ? spoilt : mutator.Pick(journeys);
            // The mails that it sends, and no others: each takes its time to read.
            var files = shipped.Where(f => f.Key == kept || f.Key == spoilt || (!journeys.Contains(f.Key)
                    && (!f.Key.StartsWith("emails/", StringComparison.Ordinal) || f.Key.Contains("/_", StringComparison.Ordinal) || shipped[kept].Contains(Path.GetFileNameWithoutExtension(f.Key), StringComparison.Ordinal))))
                .ToDictionary(f => f.Key, f => f.Key == spoilt ? Encoding.UTF8.GetString(bytes) : f.Value);
            await run.CaseAsync(i, [.. Encoding.UTF8.GetBytes(spoilt + "\n"), .. bytes], () => Task.FromResult(Load(files)));
        }

        run.Tell();
    }

    private static string Load(Dictionary<string, string> files)
    {
        var errors = new FileErrors();
        var set = CampaignFolder.Load(files, errors);
        return set is null && errors.None ? "!refused without a reason"
            : errors.Errors.Any(e => string.IsNullOrEmpty(e.ToString())) ? "!an error without words"
            : errors.None ? "loaded" : "refused";
    }
}
