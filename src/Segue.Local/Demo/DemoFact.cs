using Segue.Orders;

namespace Segue.Local.Demo;

/// <summary>Something that the demo shop says about an order: it was placed, called off, or something came back.</summary>
/// <param name="At">When it says so.</param>
/// <param name="Order">The order as it then is.</param>
/// <param name="Customer">Whose it is.</param>
public sealed record DemoFact(DateTimeOffset At, Order Order, DemoCustomer Customer);
