using Microsoft.AspNetCore.Http;
using Segue.Ports;

namespace Segue.Http.Reports;

/// <summary><c>GET /api/segments</c>: customers, orders and revenue by segment and stage.</summary>
internal static class GetSegments
{
    public static async Task<IResult> HandleAsync(HttpContext context, IShopReports reports, CancellationToken cancellation)
    {
        try
        {
            var overview = await reports.OverviewAsync(cancellation);
            return Results.Json(new SegmentsListed(overview.At, overview.Currency, overview.Segments, overview.Stages));
        }
        catch (PortUnavailableException e)
        {
            return Problems.Unavailable(context, e);
        }
    }
}

/// <summary>The segments and stages.</summary>
/// <param name="At">The moment of the answer.</param>
/// <param name="Currency">ISO 4217 code of all money.</param>
/// <param name="Segments">In the order of the segments file.</param>
/// <param name="Stages">From prospect to churned.</param>
internal sealed record SegmentsListed(
    DateTimeOffset At, string Currency, IReadOnlyList<GroupFigures> Segments, IReadOnlyList<GroupFigures> Stages);
