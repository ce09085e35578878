using System.CommandLine;
using System.Globalization;
using Spectre.Console;

namespace Segue.Local.Commands;

/// <summary><c>clv</c>.</summary>
internal static class ClvCommand
{
    public static Command Create(CommandContext context)
    {
        var until = MomentOption.Create("--until", "The last day observed. [default: the day of the last order]");
        var discount = new Option<double>("--discount")
        {
            Description = "Discount rate of a year in per cent.", HelpName = "PERCENT", DefaultValueFactory = _ => 10,
        };
        discount.Validators.Add(result =>
        {
            if (!(result.GetValueOrDefault<double>() is > -100 and <= 1000))
            {
                result.AddError("--discount is a yearly rate in per cent, above -100.");
            }
        });
        var command = new Command("clv", "Fits BG/NBD and Gamma-Gamma to the orders: who will buy how often, and for how much.") { until, discount };
        command.SetAction((parsed, cancellation) => context.WithShopAsync(parsed, writes: false, async (shop, printer) =>
        {
            ClvRequest request = new(
                parsed.GetValue(until) is { } day ? DateOnly.FromDateTime(day.UtcDateTime) : null, parsed.GetValue(discount) / 100);
            var result = await new ProgressDisplay(context.Streams, context.Clock)
                .RunAsync(progress => shop.ClvAsync(request, progress, cancellation));
            printer.Print(result, Write);
            return ExitCodes.Done;
        }, cancellation));
        return command;
    }

    private static void Write(ClvResult r, IAnsiConsole console)
    {
        console.Write(ResultTables.Facts(("Observed until", Day(r.Until)), ("Customers", ResultTables.Number(r.Customers))));
        var model = ResultTables.OfNumbers("Model", "Parameter", "Value", "Standard error");
        Parameters(model, "BG/NBD", [("r", r.Bgnbd.R), ("alpha", r.Bgnbd.Alpha), ("a", r.Bgnbd.A), ("b", r.Bgnbd.B)], r.Bgnbd.StandardErrors);
        model.Row("", "log-likelihood", r.Bgnbd.LogLikelihood.ToString("N1", CultureInfo.InvariantCulture), "");
        if (r.GammaGamma is { } spend)
        {
            Parameters(model, "Gamma-Gamma", [("p", spend.P), ("q", spend.Q), ("v", spend.V)], spend.StandardErrors);
        }

        console.Write(model);
        var forecast = ResultTables.OfNumbers("In the next", "Purchases", "Value");
        foreach (var period in r.Forecast)
        {
            forecast.Row($"{period.Months} months", Rounded(period.Purchases), period.Value is { } value ? Rounded(value) : "unknown");
        }

        console.Write(forecast);
        if (r.Holdout is { } holdout)
        {
            var table = ResultTables.OfNumbers("Repeats before", "Customers", "Predicted each", "Actual each");
            foreach (var line in holdout.ByRepeats)
            {
                var more = line == holdout.ByRepeats[^1] ? " or more" : "";
                table.Row($"{line.Repeats}{more}", ResultTables.Number(line.Customers), Hundredths(line.Predicted), Hundredths(line.Actual));
            }

            console.Write(ResultTables.Facts(
                ("Predicted until", Day(holdout.Until)), ("Predicted", Rounded(holdout.Predicted)), ("Actual", ResultTables.Number(holdout.Actual))));
            console.Write(table);
        }

        foreach (var remark in r.Remarks)
        {
            console.WriteLine(remark);
        }
    }

    private static void Parameters(Table table, string model, (string Name, double Value)[] parameters, IReadOnlyDictionary<string, double?> errors)
    {
        foreach (var (name, value) in parameters)
        {
            table.Row(name == parameters[0].Name ? model : "", name, Significant(value), errors[name] is { } error ? Significant(error) : "unknown");
        }
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Significant(double value) => value.ToString("G4", CultureInfo.InvariantCulture);

    private static string Rounded(double value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Hundredths(double value) => value.ToString("N2", CultureInfo.InvariantCulture);
}
