using Segue.Customers;
using Segue.Ports;

namespace Segue.Orders;

/// <summary>Tells the one conflict that is no race: an order that had to be new is known.</summary>
internal static class OrderConflicts
{
    /// <summary>Whether a row of an order was there already.</summary>
    public static bool IsAboutOrder(this TableConflictException e) =>
        e.Conflict == TableConflict.Exists && e.Key.StartsWith(CustomerRows.Orders, StringComparison.Ordinal);
}
