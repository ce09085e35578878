using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Segue.Campaigns;

namespace Segue.Http.Reports;

/// <summary>Reports as JSON: words as the files of the campaigns folder write them.</summary>
internal static class ReportJson
{
    private static readonly JsonSerializerOptions _options = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter<Sending>(JsonNamingPolicy.KebabCaseLower) },
    };

    public static IResult Of<T>(T report) => Results.Json(report, _options);
}
