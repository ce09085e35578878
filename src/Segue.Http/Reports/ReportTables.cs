using System.Reflection;
using System.Text.Json;

namespace Segue.Http.Reports;

/// <summary>Reports as tables.</summary>
internal static class ReportTables
{
    private static readonly PropertyInfo[] _measures = typeof(Measures).GetProperties();

    /// <summary>A row a day: the shop, then each segment's customers.</summary>
    public static CsvTable History(Overview overview)
    {
        var segments = overview.Segments.Select(s => s.Id).ToList();
        var table = new CsvTable([.. Start("day", "customers", "orders", "revenue", "sent"), .. segments]);
        foreach (var day in overview.History)
        {
            table.Row([day.Day, day.Customers, day.Orders, day.Revenue, day.Sent, .. segments.Select(s => (object?)day.Segments.GetValueOrDefault(s))]);
        }

        return table;
    }

    /// <summary>A row a journey.</summary>
    public static CsvTable Journeys(JourneysReport report)
    {
        var table = new CsvTable([.. Start("id", "name"), .. MeasureNames]);
        foreach (var journey in report.Journeys)
        {
            table.Row([journey.Id, journey.Name, .. Values(journey.Measures)]);
        }

        return table;
    }

    /// <summary>A row for all of it, and one a step, variant and segment.</summary>
    public static CsvTable Journey(JourneyReport report)
    {
        var table = new CsvTable([.. Start("group", "id", "name"), .. MeasureNames]);
        table.Row(["total", report.Id, report.Name, .. Values(report.Totals)]);
        foreach (var (group, rows) in new[] { ("step", report.Steps), ("variant", report.Variants), ("segment", report.Segments) })
        {
            foreach (var row in rows)
            {
                table.Row([group, row.Id, row.Name, .. Values(row.Measures)]);
            }
        }

        return table;
    }

    /// <summary>A row a comparison of two arms.</summary>
    public static CsvTable Experiments(ExperimentsReport report)
    {
        var table = new CsvTable(Start(
            "journey", "experiment", "kind", "name", "since", "running", "arm", "against", "customers", "customersAgainst", "conversion", "conversionLower",
            "conversionUpper", "conversionAlwaysLower", "conversionAlwaysUpper", "conversionPValue", "revenue", "revenueLower", "revenueUpper", "splitPValue", "verdict"));
        foreach (var (journey, e) in report.Journeys.SelectMany(j => j.Experiments.Select(e => (j.Id, e))))
        {
            foreach (var c in e.Comparisons)
            {
                long Customers(string arm) => e.Arms.FirstOrDefault(a => a.Id == arm)?.Customers ?? 0;
                table.Row([
                    journey, e.Id, e.Kind, e.Name, e.Since, e.Running, c.Arm, c.Against, Customers(c.Arm), Customers(c.Against), c.Conversion?.Value, c.Conversion?.Lower,
                    c.Conversion?.Upper, c.Conversion?.Always?.Lower, c.Conversion?.Always?.Upper, c.Conversion?.PValue, c.Revenue?.Value, c.Revenue?.Lower, c.Revenue?.Upper,
                    e.Split?.PValue, e.Verdict]);
            }
        }

        return table;
    }

    /// <summary>A row a flow.</summary>
    public static CsvTable Movements(Movements movements)
    {
        var table = new CsvTable(Start("month", "from", "to", "customers"));
        foreach (var flow in movements.Flows)
        {
            table.Row([flow.Month, flow.From, flow.To, flow.Customers]);
        }

        return table;
    }

    private static IEnumerable<string> MeasureNames => _measures.Select(p => JsonNamingPolicy.CamelCase.ConvertName(p.Name));

    private static IEnumerable<object?> Values(Measures measures) => _measures.Select(p => p.GetValue(measures));

    private static string[] Start(params string[] columns) => columns;
}
