using Segue.Customers;

namespace Segue.Orders;

/// <summary>An order that arrived and was found good, with what it says about its customer.</summary>
/// <param name="Order">The order.</param>
/// <param name="Customer">Nothing where it says nothing.</param>
public sealed record IncomingOrder(Order Order, CustomerFacts Customer);

/// <summary>What became of one order that was read.</summary>
/// <param name="Order">The order; null where anything is wrong.</param>
/// <param name="Errors">Every fault, in the order of the fields.</param>
/// <param name="Warnings">What was ignored, such as unknown fields.</param>
public sealed record OrderReadResult(
    IncomingOrder? Order, IReadOnlyList<FieldError> Errors, IReadOnlyList<FieldError> Warnings);
