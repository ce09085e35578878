using System.Globalization;
using Segue.Http.Reports;
using Spectre.Console;

namespace Segue.Local.Commands;

/// <summary>Tables and how numbers look in them.</summary>
internal static class ResultTables
{
    /// <summary>A table whose first column is text and whose others are numbers.</summary>
    public static Table OfNumbers(string first, params string[] numbers)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumn(new TableColumn(first));
        foreach (var number in numbers)
        {
            table.AddColumn(new TableColumn(number).RightAligned());
        }

        return table;
    }

    /// <summary>Adds a row of plain text: nothing in it is markup.</summary>
    public static Table Row(this Table table, params string[] cells) =>
        table.AddRow(cells.Select(c => new Text(c)).ToArray());

    /// <summary>Names and values, one a line.</summary>
    public static Grid Facts(params (string Name, string Value)[] facts)
    {
        var grid = new Grid().AddColumn(new GridColumn().PadRight(3)).AddColumn();
        foreach (var (name, value) in facts)
        {
            grid.AddRow(new Text(name), new Text(value));
        }

        return grid;
    }

    /// <summary>Customers, orders and revenue by group, with their sum.</summary>
    public static Table Of(string title, IReadOnlyList<GroupFigures> groups, string currency)
    {
        var table = OfNumbers(title, "Customers", "Orders", $"Revenue {currency}");
        foreach (var group in groups)
        {
            table.Row(group.Name, Number(group.Customers), Number(group.Orders), Money(group.Revenue));
        }

        return table.Row(
            "All", Number(groups.Sum(g => g.Customers)), Number(groups.Sum(g => g.Orders)), Money(groups.Sum(g => g.Revenue)));
    }

    /// <summary>The same with how each changed.</summary>
    public static Table OfChanges(string title, IReadOnlyList<GroupChange> groups, string currency)
    {
        var table = OfNumbers(title, "Customers", "Change", "Orders", "Change", $"Revenue {currency}", "Change");
        foreach (var g in groups)
        {
            table.Row(
                g.Name, Number(g.Customers), Signed(g.Change.Customers, "N0"), Number(g.Orders), Signed(g.Change.Orders, "N0"),
                Money(g.Revenue), Signed(g.Change.Revenue, "N2"));
        }

        return table.Row(
            "All",
            Number(groups.Sum(g => g.Customers)), Signed(groups.Sum(g => g.Change.Customers), "N0"),
            Number(groups.Sum(g => g.Orders)), Signed(groups.Sum(g => g.Change.Orders), "N0"),
            Money(groups.Sum(g => g.Revenue)), Signed(groups.Sum(g => g.Change.Revenue), "N2"));
    }

    private static string Signed(decimal value, string format) =>
        (value > 0 ? "+" : "") + value.ToString(format, CultureInfo.InvariantCulture);

    public static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    public static string Money(decimal value) => value.ToString("N2", CultureInfo.InvariantCulture);

    /// <summary>Percentage points.</summary>
    public static string Points(double? value) =>
        value is { } points ? points.ToString("0.0", CultureInfo.InvariantCulture) + " pts" : "none";

    public static string Moment(DateTimeOffset? at) =>
        at?.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture) ?? "never";
}
