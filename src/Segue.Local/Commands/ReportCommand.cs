using System.CommandLine;
using System.Globalization;
using Segue.Http.Reports;
using Spectre.Console;

namespace Segue.Local.Commands;

/// <summary><c>report</c>.</summary>
internal static class ReportCommand
{
    public static Command Create(CommandContext context)
    {
        var journey = new Option<string?>("--journey") { Description = "One journey in detail. [default: the totals of all]", HelpName = "ID" };
        var attribution = new Option<string>("--attribution")
        {
            Description = "Who gets an order that follows several mails: last-touch, first-touch or even-split.", HelpName = "RULE",
            DefaultValueFactory = _ => "last-touch",
        };
        attribution.AcceptOnlyFromAmong([.. AttributionRules.ByName.Keys]);
        var command = new Command("report", "What journeys did and earned: funnel, engagement, revenue, and uplift against who was held out.") { journey, attribution };
        command.SetAction((parsed, cancellation) => context.WithShopAsync(parsed, writes: false, async (shop, printer) =>
        {
            if (parsed.GetValue(journey) is { } id)
            {
                var rule = AttributionRules.ByName[parsed.GetValue(attribution)!];
                printer.Print(await shop.ReportAsync(id, rule, cancellation), Print);
            }
            else
            {
                printer.Print(await shop.ReportAsync(cancellation), (r, console) =>
                {
                    console.Write(UpTo(r.RolledUpAt));
                    console.Write(Of("Journey", r.Journeys, r.Currency));
                });
            }

            return ExitCodes.Done;
        }, cancellation));
        return command;
    }

    private static void Print(JourneyReport report, IAnsiConsole console)
    {
        console.Write(UpTo(report.RolledUpAt, ("Journey", report.Name), ("Status", report.Status), ("Attribution", report.Attribution)));
        console.Write(Of("Group", [new(report.Id, "All", report.Totals), .. report.Steps, .. report.Variants, .. report.Segments], report.Currency));
        foreach (var experiment in report.Experiments)
        {
            var arms = ResultTables.OfNumbers(experiment.Name, "Customers", "Entries", "Conversions", "Rate", $"{report.Currency} an entry");
            foreach (var arm in experiment.Arms)
            {
                arms.Row(
                    arm.Name, ResultTables.Number(arm.Customers), ResultTables.Number(arm.Entries), ResultTables.Number(arm.Conversions),
                    Percent(arm.ConversionRate), ResultTables.Money(arm.RevenuePerEntry));
            }

            console.Write(arms);
            foreach (var c in experiment.Comparisons)
            {
                console.Write(ResultTables.Facts(
                    ($"{c.Arm} against {c.Against}", ""), ("  conversion", InWords(c.Conversion, Points)),
                    ("  revenue an entry", InWords(c.Revenue, v => v.ToString("+0.00;-0.00", CultureInfo.InvariantCulture)))));
            }

            console.Write(ResultTables.Facts(("Verdict", experiment.Verdict)));
        }

        console.Write(ResultTables.Facts(("Return", report.Roi is { } roi
            ? string.Create(CultureInfo.InvariantCulture, $"{roi.Value:0.0} for one spent, 95 % between {roi.Lower:0.0} and {roi.Upper:0.0}")
            : "not known: it takes margin and mailCost or callCost in the settings, and a holdout")));
    }

    private static Grid UpTo(DateTimeOffset? at, params (string, string)[] facts) =>
        ResultTables.Facts([.. facts, ("Facts up to", ResultTables.Moment(at))]);

    private static Table Of(string title, IReadOnlyList<GroupMeasures> groups, string currency)
    {
        var table = ResultTables.OfNumbers(
            title, "Entered", "Held out", "Under way", "Sent", "Opened", "Clicked", "Conversions", "Orders", $"Revenue {currency}", $"Discounts {currency}");
        foreach (var (_, name, m) in groups)
        {
            table.Row(
                name, ResultTables.Number(m.Entered), ResultTables.Number(m.HeldOut), ResultTables.Number(m.UnderWay), ResultTables.Number(m.Sent),
                ResultTables.Number(m.OpenedByPerson), ResultTables.Number(m.Clicked), ResultTables.Number(m.Conversions),
                m.AttributedOrders.ToString("0.##", CultureInfo.InvariantCulture), ResultTables.Money(m.AttributedRevenue), ResultTables.Money(m.DiscountCost));
        }

        return table;
    }

    private static string InWords(Difference? d, Func<double, string> show) => d is null ? "not known yet"
        : $"{show(d.Value)}, 95 % between {show(d.Lower)} and {show(d.Upper)}"
            + (d.Always is { } a ? $"; looked at daily between {show(a.Lower)} and {show(a.Upper)}" : "");

    private static string Points(double share) => (share * 100).ToString("+0.0;-0.0", CultureInfo.InvariantCulture) + " points";

    private static string Percent(double share) => (share * 100).ToString("0.0", CultureInfo.InvariantCulture) + " %";
}
