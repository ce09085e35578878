using Segue.Customers;
using Segue.Orders;

namespace Segue.Local.Import;

/// <summary>A good row on its way to its customer.</summary>
internal sealed record StagedRow(Order Order, CustomerFacts Facts, long Line) : IComparable<StagedRow>
{
    /// <summary>By customer, moment, order id, line: rows without an id that are equal stand side by side.</summary>
    public int CompareTo(StagedRow? other)
    {
        if (other is null)
        {
            return 1;
        }

        var by = string.CompareOrdinal(Order.CustomerId, other.Order.CustomerId);
        by = by != 0 ? by : Order.OrderedAt.UtcTicks.CompareTo(other.Order.OrderedAt.UtcTicks);
        by = by != 0 ? by : string.CompareOrdinal(Order.OrderId, other.Order.OrderId);
        return by != 0 ? by : Line.CompareTo(other.Line);
    }
}
