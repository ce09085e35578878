using System.Globalization;

namespace Segue.Benchmarks.Import;

/// <summary>A CSV file of a shop's orders over two years: a tenth as many customers as rows.</summary>
internal static class OrdersFile
{
    private static readonly DateTime First = new(2023, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>Writes it, a row at a time.</summary>
    public static void Write(string file, int rows)
    {
        using var writer = new StreamWriter(file);
        writer.WriteLine("orderId,customerId,orderedAt,amount");
        foreach (var row in Rows(rows))
        {
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{row.Order},{row.Customer},{row.At:yyyy-MM-dd'T'HH:mm:ss'Z'},{row.Amount}"));
        }
    }

    /// <summary>The rows in the order of time, each customer's spread over it.</summary>
    public static IEnumerable<(string Order, string Customer, DateTime At, decimal Amount)> Rows(int rows)
    {
        var customers = Math.Max(1, rows / 10);
        var step = TimeSpan.FromDays(720) / rows;
        for (var i = 0; i < rows; i++)
        {
            yield return (
                string.Create(CultureInfo.InvariantCulture, $"o{i}"), string.Create(CultureInfo.InvariantCulture, $"c{i * 7919L % customers}"),
                First + (step * i), (500 + (i * 31337L % 20_000)) / 100m);
        }
    }
}
