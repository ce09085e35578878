using System.Globalization;
using Segue.Customers;
using Segue.Orders;

namespace Segue.Tests.Support;

/// <summary>One purchase of a history that tests replay.</summary>
public sealed record Purchase(string Customer, DateTimeOffset At, decimal Amount, int Number)
{
    /// <summary>The purchase as an order that arrived.</summary>
    public IncomingOrder ToOrder() => new(
        new Order
        {
            OrderId = string.Create(CultureInfo.InvariantCulture, $"{Customer}-{Number}"),
            CustomerId = Customer,
            OrderedAt = At,
            Amount = Amount,
            DerivedId = true,
        },
        new CustomerFacts { Email = $"{Customer}@example.com", EmailConsent = Consent.Granted });

    /// <summary>The rows of a CDNOW file, in its order.</summary>
    /// <param name="path">The file.</param>
    /// <param name="timeOfDay">Adds a time of day to row number and date; null leaves midnight.</param>
    public static IReadOnlyList<Purchase> ReadCdnow(string path, Func<int, TimeSpan>? timeOfDay = null) =>
    [
        .. File.ReadLines(path).Skip(1).Select((line, row) =>
        {
            var cells = line.Split(',');
            var day = DateTimeOffset.ParseExact(cells[1], "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
            return new Purchase(
                cells[0], day + (timeOfDay?.Invoke(row) ?? default), decimal.Parse(cells[3], CultureInfo.InvariantCulture), row);
        }),
    ];

    /// <summary>A made-up shop of the same kind: bursts and silences of every length around the bounds that matter.</summary>
    public static IReadOnlyList<Purchase> Make(int seed, int customers, TimeSpan grain)
    {
        var random = new Random(seed);
        var start = new DateTimeOffset(1997, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var purchases = new List<Purchase>();
        for (var c = 0; c < customers; c++)
        {
            var at = start + (grain * random.Next((int)(TimeSpan.FromDays(90) / grain)));
            while (at < start.AddDays(546))
            {
                purchases.Add(new($"c{c:0000}", at, random.Next(0, 5000) / 100m, purchases.Count));
                var days = random.Next(10) switch { 0 => 0, 1 => 60, 2 => 74, 3 => 59, 4 => random.Next(60, 80), 5 => random.Next(100, 400), _ => random.Next(1, 59) };
                at += TimeSpan.FromDays(days) + (random.Next(3) == 0 ? TimeSpan.Zero : grain * random.Next((int)(TimeSpan.FromDays(1) / grain)));
            }
        }

        return purchases;
    }
}
