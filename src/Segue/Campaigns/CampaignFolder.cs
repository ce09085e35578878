using System.Collections.Frozen;
using System.Globalization;
using Segue.Campaigns.GuardRails;
using Segue.Email;
using Segue.Files;
using Segue.Journeys;
using Segue.Journeys.Definitions;
using Segue.Segmentation;
using Segue.Surveys;

namespace Segue.Campaigns;

/// <summary>Checks a whole campaigns folder and compiles it.</summary>
public static class CampaignFolder
{
    /// <summary>The file of segments and tags.</summary>
    public const string SegmentsFileName = "segments.yaml";

    /// <summary>The file of settings.</summary>
    public const string SettingsFileName = "settings.yaml";

    /// <summary>Checks all files and compiles them.</summary>
    /// <param name="files">Texts by path within the folder, with <c>/</c>; see <see cref="CampaignFiles"/>.</param>
    /// <param name="errors">Takes every fault and warning of every file.</param>
    /// <returns>The compiled folder, or null where there is any error.</returns>
    public static CampaignSet? Load(IReadOnlyDictionary<string, string> files, FileErrors errors)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(errors);
        var before = errors.Errors.Count;
        WarnOfUnread(files, errors);
        var settings = ReadSettings(files, errors);
        var formats = new EmailFormats((settings ?? new()).Currency, (settings ?? new()).Zone);
        var emails = EmailFiles.Parse(files, formats, errors);
        if (!files.TryGetValue(SegmentsFileName, out var segmentsText))
        {
            errors.Add(new FileError(SegmentsFileName, 0, "", "The file is missing; a campaigns folder needs its segments."));
        }

        var segments = segmentsText is null ? null : SegmentsFile.Parse(SegmentsFileName, segmentsText, errors);
        var groups = segmentsText is null ? null : GroupIds.Read(SegmentsFileName, segmentsText);
        var journeys = ReadJourneys(files, References(groups, emails), errors);
        if (settings is not null)
        {
            MarketingCheck.Check(settings, journeys.Values, errors);
            MarketingCheck.CheckCodes(settings, journeys.Values, errors);
            WebhookCheck.Check(settings, journeys.Values, errors);
        }

        var surveys = ReadSurveys(files, emails, errors);
        if (errors.Errors.Count > before)
        {
            return null;
        }

        WarnOfSegmentsWithoutJourney(groups!, journeys.Values, errors);
        return new(
            ContentHash.Of(files.Where(f => CampaignFiles.IsRead(f.Key)).OrderBy(f => f.Key, StringComparer.Ordinal).SelectMany(f => new[] { f.Key, f.Value })),
            SegmentsVersion(segmentsText!, settings!),
            settings!,
            new(segments!, settings!.Lifecycle, settings.Rfm, settings.Clusters),
            journeys,
            emails.ToDictionary(e => e.Key, e => e.Value!))
        {
            Surveys = surveys,
            Files = files.Where(f => CampaignFiles.IsRead(f.Key)).ToFrozenDictionary(StringComparer.Ordinal),
        };
    }

    /// <summary>As <see cref="Load"/>, and adds what the files should make a marketer look at.</summary>
    public static CampaignSet? Check(IReadOnlyDictionary<string, string> files, FileErrors errors)
    {
        ArgumentNullException.ThrowIfNull(errors);
        var set = Load(files, errors);
        foreach (var rail in set is null ? [] : FileRails.Of(set))
        {
            errors.Warn(new FileError(set!.Journeys.ContainsKey(rail.Subject) ? $"journeys/{rail.Subject}.yaml" : rail.Subject, 0, "", rail.Message));
        }

        return set;
    }

    private static Dictionary<string, Survey> ReadSurveys(
        IReadOnlyDictionary<string, string> files, IReadOnlyDictionary<string, EmailTemplate?> emails, FileErrors errors)
    {
        var surveys = files.Where(f => CampaignFiles.IsSurvey(f.Key)).OrderBy(f => f.Key, StringComparer.Ordinal)
            .Select(f => SurveyFile.Parse(f.Key, f.Value, errors)).OfType<Survey>().ToDictionary(s => s.Id);
        foreach (var email in emails.Values.Where(e => e?.Survey is { } s && !surveys.ContainsKey(s)))
        {
            errors.Add(new FileError($"emails/{email!.Name}.hbs", 1, "survey",
                $"Found '{email.Survey}'; expected a survey: there is no surveys/{email.Survey}.yaml.{Suggestion.For(email.Survey!, surveys.Keys)}"));
        }

        return surveys;
    }

    // Where the segments can't be read, that is told once; the journeys are not checked against them.
    private static JourneyReferences References(GroupIds? groups, IReadOnlyDictionary<string, EmailTemplate?> emails)
    {
        if (groups is null)
        {
            return new(null, null, emails, (_, _) => null);
        }

        var (segments, tags) = (GroupIds.Names(groups.Segments), GroupIds.Names(groups.Tags));
        return new(segments, tags, emails, (node, errors) => RuleParser.ParseInJourney(node, tags, segments, [.. emails.Keys], errors));
    }

    private static CampaignSettings? ReadSettings(IReadOnlyDictionary<string, string> files, FileErrors errors)
    {
        var settings = files.TryGetValue(SettingsFileName, out var text)
            ? SettingsFile.Parse(SettingsFileName, text, errors) : new CampaignSettings();
        if (settings?.RatesFile is not { } rates)
        {
            return settings;
        }

        if (files.TryGetValue(rates, out var csv))
        {
            return settings with { RatesText = csv };
        }

        errors.Add(YamlValue.Parse(SettingsFileName, text!, new())!["rates"]!, $"Found '{rates}'; there is no such file in the campaigns folder.");
        return null;
    }

    private static Dictionary<string, Journey> ReadJourneys(
        IReadOnlyDictionary<string, string> files, JourneyReferences references, FileErrors errors)
    {
        var journeys = new Dictionary<string, Journey>();
        var definedIn = new Dictionary<string, string>();
        foreach (var (file, text) in files.Where(f => CampaignFiles.IsJourney(f.Key)).OrderBy(f => f.Key, StringComparer.Ordinal))
        {
            if (JourneyFile.Parse(file, text, references, errors) is not { } journey)
            {
                continue;
            }

            if (definedIn.TryAdd(journey.Id, file))
            {
                journeys.Add(journey.Id, journey);
            }
            else
            {
                errors.Add(YamlValue.Parse(file, text, new())!["id"]!, $"The id '{journey.Id}' is already that of {definedIn[journey.Id]}.");
            }
        }

        return journeys;
    }

    private static void WarnOfSegmentsWithoutJourney(GroupIds groups, IEnumerable<Journey> journeys, FileErrors errors)
    {
        var entered = journeys.Select(j => j.Enter.Group).ToHashSet();
        foreach (var id in groups.Segments.Where(s => !entered.Contains(s.Text!)))
        {
            errors.Warn(id, $"No journey begins for the segment '{id.Text}'.");
        }
    }

    private static void WarnOfUnread(IReadOnlyDictionary<string, string> files, FileErrors errors)
    {
        foreach (var file in files.Keys.Where(f => !CampaignFiles.IsRead(f)).Order(StringComparer.Ordinal))
        {
            errors.Warn(new FileError(file, 0, "",
                "This file is not read; a campaigns folder has segments.yaml, settings.yaml, journeys/*.yaml, emails/*.hbs, surveys/*.yaml and CSV files."));
        }
    }

    // All that an evaluation depends on: when this changes, every customer's segment is looked at again.
    private static string SegmentsVersion(string segments, CampaignSettings settings)
    {
        var (l, culture) = (settings.Lifecycle, CultureInfo.InvariantCulture);
        return ContentHash.Of(
            segments,
            string.Join('|', new[] { l.NewFor, l.ChurnedAfter, l.WonBackFor, l.AtRiskAfter }.Select(t => t.ToString("c", culture))),
            l.OwnGaps.ToString("R", culture),
            settings.Rfm.MonetaryIsAverage ? "average" : "total");
    }
}
