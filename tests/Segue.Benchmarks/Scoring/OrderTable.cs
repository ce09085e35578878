namespace Segue.Benchmarks.Scoring;

/// <summary>Orders held in memory, as the product holds facts: a customer, a moment, money. The same formula makes DuckDB's.</summary>
internal sealed class OrderTable
{
    private static readonly DateTimeOffset First = new(2023, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public OrderTable(int customers, int orders)
    {
        (Customer, At, Cents) = (new int[orders], new long[orders], new int[orders]);
        for (var i = 0; i < orders; i++)
        {
            Customer[i] = (int)(i * 7919L % customers);
            At[i] = i * 104_729L % (720 * 86_400L);
            Cents[i] = 500 + (int)(i * 31_337L % 20_000);
        }

        Customers = customers;
    }

    public int Customers { get; }

    public int[] Customer { get; }

    /// <summary>Seconds since <see cref="First"/>.</summary>
    public long[] At { get; }

    public int[] Cents { get; }

    /// <summary>A moment after all orders.</summary>
    public static DateTimeOffset Now { get; } = First.AddDays(721);

    /// <summary>An order's moment.</summary>
    public static DateTimeOffset MomentOf(long seconds) => First.AddSeconds(seconds);
}
