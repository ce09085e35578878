using System.Globalization;

namespace Segue.Tests.Local.Processes;

/// <summary>Files of orders of any size, the same for the same numbers.</summary>
internal static class GeneratedOrders
{
    /// <summary>Writes a file whose rows' customers come in no order, without order ids.</summary>
    public static string Write(string path, int rows, int customers, int seed = 7)
    {
        var random = new Random(seed);
        using var writer = new StreamWriter(path) { NewLine = "\n" };
        writer.WriteLine("customerId,orderedAt,amount");
        for (var i = 0; i < rows; i++)
        {
            var at = new DateTime(2023, 1, 1).AddDays(random.Next(700)).AddSeconds(random.Next(86_400));
            writer.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"c{random.Next(customers):000000},{at:yyyy-MM-dd'T'HH:mm:ss'Z'},{random.Next(100, 20_000) / 100m}"));
        }

        return path;
    }
}
