using Segue.Campaigns;
using static Segue.Tests.Campaigns.FolderText;

namespace Segue.Tests.Campaigns;

public sealed class CampaignFolderTests
{
    [Fact]
    public void Load_WholeFolder_IsCompiled()
    {
        var (set, errors) = Load(Sound());
        Assert.Empty(errors.Errors);
        Assert.NotNull(set);
        Assert.Equal(["back"], set.Journeys.Keys);
        Assert.Equal(["deal"], set.Emails.Keys);
        Assert.Equal(["core-churned", "other"], set.Evaluator.Segments.Select(s => s.Id));
        Assert.Equal("1 Example Street", set.Settings.PostalAddress);
        Assert.Single(set.Journeys["back"].Rules);
        Assert.Matches("^[0-9a-f]{16}$", set.Version);
    }

    [Fact]
    public void Load_SegmentWithoutJourney_Warns()
    {
        var warning = Assert.Single(Load(Sound()).Errors.Warnings);
        Assert.Equal(("segments.yaml", 4, "segments[1].id", "No journey begins for the segment 'other'."),
            (warning.File, warning.Line, warning.Field, warning.Message));
    }

    [Fact]
    public void Load_NoSettings_HasTheDefaultsAndWarnsOfWhatSendingNeeds()
    {
        var (set, errors) = LoadWith("settings.yaml", null);
        Assert.Equal(new CampaignSettings { AllowList = set!.Settings.AllowList }, set.Settings);
        Assert.Equal(["from", "postalAddress"], errors.Warnings.Where(w => w.File == "settings.yaml").Select(w => w.Field));
    }

    [Theory]
    [InlineData("from: hello@example.com", "postalAddress", "'postalAddress' is missing: marketing mail without the shop's postal address is refused.")]
    [InlineData("postalAddress: 1 Example Street", "from", "'from' is missing: no mail can be sent without the sender's address.")]
    public void Load_SendingOnWithoutWhatItNeeds_IsRefused(string settings, string field, string message)
    {
        var (set, errors) = LoadWith("settings.yaml", $"sending: on\n{settings}");
        Assert.Null(set);
        var error = Assert.Single(errors.Errors);
        Assert.Equal(("settings.yaml", field, message), (error.File, error.Field, error.Message));
    }

    [Fact]
    public void Load_NoSegments_IsRefusedOnce()
    {
        var error = Assert.Single(LoadWith("segments.yaml", null).Errors.Errors);
        Assert.Equal(("segments.yaml", 0, "The file is missing; a campaigns folder needs its segments."), (error.File, error.Line, error.Message));
    }

    [Fact]
    public void Load_SegmentsThatAreNoYaml_AreRefusedOnce() =>
        Assert.Equal("segments.yaml", Assert.Single(LoadWith("segments.yaml", "segments: [").Errors.Errors).File);

    [Fact]
    public void Load_FaultInASegment_LeavesTheJourneysAlone()
    {
        var (set, errors) = LoadWith("segments.yaml", Change("segments.yaml", "orders:", "ordrs:"));
        Assert.Null(set);
        var error = Assert.Single(errors.Errors);
        Assert.Equal(("segments.yaml", 3, "segments[0].when.ordrs"), (error.File, error.Line, error.Field));
    }

    [Fact]
    public void Load_FaultInATemplate_IsToldThereAndNotWhereItIsSent() =>
        Assert.Equal("emails/deal.hbs", Assert.Single(LoadWith("emails/deal.hbs", "---\nsubject: A deal\n---\n<p>{{ofer.code}}</p>").Errors.Errors).File);

    [Theory]
    [InlineData("{ segment: core-churned, tag: silent-60", "{ segment: core-chured, tag: silent-60", "segment")]
    [InlineData("tag: silent-60", "tag: silent-61", "tag")]
    public void Load_SplitByUnknownGroup_IsNamed(string from, string to, string field)
    {
        var (set, errors) = LoadWith("journeys/back.yaml", Change("journeys/back.yaml", from, to));
        Assert.Null(set);
        var error = Assert.Single(errors.Errors);
        Assert.Equal(("journeys/back.yaml", 7, $"steps[0].split.if.{field}"), (error.File, error.Line, error.Field));
        Assert.Contains("Did you mean", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_SameJourneyIdTwice_NamesBothFiles()
    {
        var (set, errors) = LoadWith("journeys/copy.yaml", Sound()["journeys/back.yaml"]);
        Assert.Null(set);
        var error = Assert.Single(errors.Errors);
        Assert.Equal(("journeys/copy.yaml", 1, "id", "The id 'back' is already that of journeys/back.yaml."),
            (error.File, error.Line, error.Field, error.Message));
    }

    [Theory]
    [InlineData("setings.yaml")]
    [InlineData("journeys/old.yml")]
    [InlineData("emails/deal.html")]
    public void Load_FileThatIsNotRead_Warns(string path)
    {
        var (set, errors) = LoadWith(path, "anything");
        Assert.NotNull(set);
        Assert.Contains(errors.Warnings, w => w.File == path && w.Message.StartsWith("This file is not read", StringComparison.Ordinal));
    }

    [Fact]
    public void Load_RatesFile_IsCarriedInTheSettings()
    {
        var files = Sound();
        files["settings.yaml"] += "rates: rates.csv\n";
        var error = Assert.Single(Load(files).Errors.Errors);
        Assert.Equal(("settings.yaml", 3, "rates", "Found 'rates.csv'; there is no such file in the campaigns folder."),
            (error.File, error.Line, error.Field, error.Message));

        files["rates.csv"] = "day,currency,rate\n";
        Assert.Equal(("rates.csv", "day,currency,rate\n"), (Load(files).Set!.Settings.RatesFile, Load(files).Set!.Settings.RatesText));
    }

    [Fact]
    public void Load_ChangeInAnyFile_ChangesTheVersion()
    {
        var before = Load(Sound()).Set!;
        foreach (var path in Sound().Keys)
        {
            var after = LoadWith(path, Sound()[path] + "\n").Set!;
            Assert.NotEqual(before.Version, after.Version);
            Assert.Equal(path != "segments.yaml", before.SegmentsVersion == after.SegmentsVersion);
        }
    }

    [Theory]
    [InlineData("lifecycle: { newFor: 29d }")]
    [InlineData("lifecycle: { ownGaps: 3 }")]
    [InlineData("rfm: { monetary: average }")]
    public void Load_ChangeInWhatEvaluationDependsOn_ChangesTheSegmentsVersion(string setting) => Assert.NotEqual(
        Load(Sound()).Set!.SegmentsVersion, LoadWith("settings.yaml", Sound()["settings.yaml"] + setting).Set!.SegmentsVersion);

    [Fact]
    public void Load_FilesInAnotherOrderOrWithOtherLineEnds_IsTheSameVersion() => Assert.Equal(
        Load(Sound()).Set!.Version,
        Load(Sound().Reverse().ToDictionary(f => f.Key, f => f.Value.ReplaceLineEndings("\r\n"))).Set!.Version);
}
