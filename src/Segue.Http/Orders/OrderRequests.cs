using Segue.Campaigns;
using Segue.Files;
using Segue.Orders;

namespace Segue.Http.Orders;

/// <summary>Reads the orders of requests and gives those that are right to the engine.</summary>
public sealed class OrderRequests(SegueEngine engine) : IOrderIntake
{
    /// <inheritdoc/>
    public async Task<OrderReceipt> TakeAsync(OrderRequest request, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        var settings = (await engine.Campaigns.CurrentAsync(cancellation)).Set.Settings;
        var now = engine.Ports.Clock.GetUtcNow();
        OrderContext context = new(settings.Currency, now) { Rates = RatesOf(settings), IdempotencyKey = request.IdempotencyKey };
        var batch = OrderBatch.Read(request.Body, context);
        if (batch.Error is { } error)
        {
            return new([], 0, [new(0, error.Path, error.Message)]);
        }

        var (orders, duplicates, faults) = Sort(batch.Elements);
        if (faults.Count > 0 && !request.Partial)
        {
            return new([], duplicates, faults);
        }

        if (orders.Count > 0 && !request.CheckOnly)
        {
            await engine.IdempotencyKeys.OnceAsync(
                request.IdempotencyKey is { } key ? new("orders", key, request.Body, request.Partial) : null,
                () => engine.Orders.AcceptAsync(orders.Select(o => o.Order), now, cancellation), cancellation);
        }

        return new([.. orders.Select(o => new AcceptedOrder(o.Index, o.Order.Order.OrderId, o.Order.Order.CustomerId))], duplicates, faults);
    }

    private static (List<(int Index, IncomingOrder Order)> Orders, int Duplicates, List<RequestFault> Faults) Sort(
        IReadOnlyList<OrderReadResult> elements)
    {
        var orders = new List<(int, IncomingOrder)>();
        var faults = new List<RequestFault>();
        var seen = new Dictionary<(string, DateTimeOffset?), string>();
        var duplicates = 0;
        for (var i = 0; i < elements.Count; i++)
        {
            if (elements[i].Order is not { } order)
            {
                faults.AddRange(elements[i].Errors.Select(e => new RequestFault(i, e.Path, e.Message)));
                continue;
            }

            // Two versions of one order may come in one request; two contents of one version contradict each other.
            var content = OrderJson.Write(order);
            if (seen.TryAdd((order.Order.OrderId, order.Order.UpdatedAt), content))
            {
                orders.Add((i, order));
            }
            else if (seen[(order.Order.OrderId, order.Order.UpdatedAt)] == content)
            {
                duplicates++;
            }
            else
            {
                faults.Add(new(i, "orderId", $"'{order.Order.OrderId}' stands in this request with another content; an edited order has a later updatedAt.", order.Order.OrderId));
            }
        }

        return (orders, duplicates, faults);
    }

    /// <summary>The rates of a shop that has a file of them.</summary>
    internal static RateTable RatesOf(CampaignSettings settings) => settings.RatesText is { } text
        ? RateTable.Parse(settings.RatesFile!, new StringReader(text), new FileErrors()) ?? RateTable.Empty
        : RateTable.Empty;
}
