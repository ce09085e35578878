using Segue.Calls;
using Segue.Customers;
using Segue.Email.Suppression;
using Segue.Messaging;
using Segue.Offers;
using Segue.Orders;
using Segue.Ports;
using Segue.Products;
using Segue.Storage;

namespace Segue.Privacy;

/// <summary>A row outside of a customer's own partition that tells of them.</summary>
/// <param name="Table">The table.</param>
/// <param name="Partition">The partition.</param>
/// <param name="Key">The row; empty for the whole partition.</param>
public sealed record CustomerCopy(string Table, string Partition, string Key)
{
    /// <summary>All that a customer's rows tell of; what has no row there (Due, Facts) is not among it.</summary>
    /// <param name="id">The customer.</param>
    /// <param name="address">The name of their present address; null without one.</param>
    /// <param name="rows">Every row of their partition.</param>
    internal static IReadOnlySet<CustomerCopy> Of(string id, string? address, IEnumerable<Row> rows)
    {
        var shard = Shards.Of(id);
        var copies = new HashSet<CustomerCopy> { new(Tables.Summaries, Shards.Text(shard), Keys.Escape(id)) };
        if (address is not null)
        {
            AddAddress(address);
        }

        foreach (var row in rows)
        {
            switch (row.Key)
            {
                case var key when Is(key, CustomerRows.Orders):
                    var order = RowJson.Unpack(row, SegueJson.Default.Order);
                    AddClaim(order.OrderId);

                    // Whatever has become of it, it may have counted once.
                    AddInterests(Interest.In(order with { Status = OrderStatus.Paid, RefundOf = null }));
                    break;
                case var key when Is(key, CustomerRows.MovedOrders):
                    AddClaim((string)row.Properties[CustomerRows.OrderId]);
                    break;
                case var key when Is(key, CustomerRows.Events):
                    AddInterests(Interest.In(RowJson.Unpack(row, SegueJson.Default.CustomerEvent)));
                    break;
                case var key when Is(key, CustomerRows.PastInterests):
                    AddInterest(key[CustomerRows.PastInterests.Length..]);
                    break;
                case var key when Is(key, CustomerRows.Codes):
                    AddCode(RowJson.Unpack(row, SegueJson.Default.IssuedOffer).Code);
                    break;
                case var key when Is(key, CustomerRows.OpenSends) || Is(key, CustomerRows.SettledSends):
                    var send = RowJson.Unpack(row, SegueJson.Default.Send);
                    if (send.Offer?.Pool is { } pool)
                    {
                        copies.UnionWith(CodePools.TakenBy(pool, send.Id).Select(t => new CustomerCopy(Tables.Codes, t.Partition, t.Key)));
                    }

                    break;
                case var key when Is(key, CustomerRows.Enrolments):
                    if (RowJson.Unpack(row, SegueJson.Default.Enrolment).Call is { } call)
                    {
                        AddCall(new(call, null));
                    }

                    break;
                case var key when Is(key, CustomerRows.Calls):
                    AddCall(RowJson.Unpack(row, SegueJson.Default.CallChange));
                    break;
                case var key when Is(key, CustomerRows.Visitors):
                    copies.Add(new(Tables.Visitors, key[CustomerRows.Visitors.Length..], ""));
                    break;
                case var key when Is(key, Outbox.Prefix):
                    AddOutbox(RowJson.Unpack(row, SegueJson.Default.Outbox));
                    break;
                case var key when Is(key, CustomerRows.Erasures):
                    copies.UnionWith(RowJson.Unpack(row, SegueJson.Default.ListCustomerCopy));
                    break;
            }
        }

        return copies;

        static bool Is(string key, string prefix) => key.StartsWith(prefix, StringComparison.Ordinal);

        void AddAddress(string address) => copies.Add(new(Tables.Addresses, address, AddressBook.LinkOf(id)));

        void AddInterest(string of) => copies.Add(new(Tables.Interest, Interest.Partition(of, shard), Keys.Escape(id)));

        void AddInterests(IEnumerable<Interest> interests)
        {
            foreach (var interest in interests)
            {
                AddInterest(interest.Of);
            }
        }

        void AddClaim(string orderId)
        {
            var (partition, key) = OrderClaims.Address(orderId);
            copies.Add(new(Tables.Orders, partition, key));
        }

        void AddCode(string code)
        {
            if (code.Length > 0)
            {
                var (partition, key) = CodeIndex.AddressOf(code);
                copies.Add(new(Tables.Codes, partition, key));
            }
        }

        void AddCall(CallChange change)
        {
            copies.Add(new(Tables.Calls, CallRows.Open(change.Call.Queue), CallRows.Key(change.Call)));
            if (change.End is { } end)
            {
                copies.Add(new(Tables.Calls, CallRows.Ended(change.Call.Queue, DateOnly.FromDateTime(end.At.UtcDateTime)), CallRows.Key(change.Call)));
            }
        }

        void AddOutbox(Outbox outbox)
        {
            AddInterests(outbox.Interests ?? []);
            foreach (var code in outbox.Codes ?? [])
            {
                AddCode(code);
            }

            foreach (var call in outbox.Calls ?? [])
            {
                AddCall(call);
            }

            foreach (var effect in (outbox.Addresses ?? []).Where(e => e.Change == AddressChange.Link))
            {
                AddAddress(effect.Address);
            }
        }
    }
}
