using Segue.Ports;

namespace Segue.Campaigns;

/// <summary>Row <c>0-current</c> of Settings, partition <c>campaigns</c>: the folder in force.</summary>
internal sealed record CampaignsInForce
{
    /// <summary>The folder's version.</summary>
    public required string Version { get; init; }

    /// <summary>Hash of what evaluation depends on.</summary>
    public required string SegmentsVersion { get; init; }

    /// <summary>Since when that is in force.</summary>
    public required DateTimeOffset SegmentsSince { get; init; }

    /// <summary>When the folder was put in force.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>Who did it.</summary>
    public string By { get; init; } = JourneySwitches.ByFile;

    /// <summary>How many were in force before it, and it.</summary>
    public int Number { get; init; }

    /// <summary>The folder with which a host started last: where it starts with that again, what was published since stays.</summary>
    public string? Brought { get; init; }

    /// <summary>The row's; empty before it is there.</summary>
    public string ETag { get; init; } = "";

    /// <summary>Whether another says the same of what is in force.</summary>
    public bool IsAs(CampaignsInForce other) =>
        (Version, SegmentsVersion, SegmentsSince, Brought) == (other.Version, other.SegmentsVersion, other.SegmentsSince, other.Brought);

    public static CampaignsInForce Of(Row row)
    {
        var (version, p) = ((string)row.Properties["version"], row.Properties);
        return new()
        {
            Version = version,
            SegmentsVersion = (string)p["segmentsVersion"],
            SegmentsSince = p.GetValueOrDefault("segmentsSince") as DateTimeOffset? ?? default,
            At = p.GetValueOrDefault("at") as DateTimeOffset? ?? default,
            By = p.GetValueOrDefault("by") as string ?? JourneySwitches.ByFile,
            Number = p.GetValueOrDefault("number") as int? ?? 0,
            Brought = p.GetValueOrDefault("brought") as string,
            ETag = row.ETag,
        };
    }

    public Dictionary<string, object> ToProperties()
    {
        var properties = new Dictionary<string, object>
        {
            ["version"] = Version,
            ["segmentsVersion"] = SegmentsVersion,
            ["segmentsSince"] = SegmentsSince,
            ["at"] = At,
            ["by"] = By,
            ["number"] = Number,
        };
        if (Brought is not null)
        {
            properties["brought"] = Brought;
        }

        return properties;
    }
}
