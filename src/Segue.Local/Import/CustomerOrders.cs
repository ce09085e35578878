using Segue.Customers;
using Segue.Orders;

namespace Segue.Local.Import;

/// <summary>Orders of one customer out of a file, in time order. A customer with many orders comes in several, one after another.</summary>
/// <param name="CustomerId">The customer.</param>
/// <param name="Facts">What the rows up to here say about the customer, the later on top; null where they say nothing.</param>
/// <param name="Orders">The orders, by moment, then id.</param>
/// <param name="Lines">The line of each order.</param>
public sealed record CustomerOrders(
    string CustomerId, CustomerFacts? Facts, IReadOnlyList<Order> Orders, IReadOnlyList<long> Lines);
