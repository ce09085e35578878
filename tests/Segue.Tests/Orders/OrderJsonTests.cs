using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Segue.Customers;
using Segue.Orders;
using Segue.Tests.Support;

namespace Segue.Tests.Orders;

public sealed class OrderJsonTests
{
    [Fact]
    public void Write_Read_AnyOrderComesBack() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            var order = RandomOrder.Make(new Random(seed));
            var back = OrderJson.Read(OrderJson.Write(order));
            return RandomOrder.Same(order, back) && OrderJson.Write(back) == OrderJson.Write(order);
        }).Holds();

    [Fact]
    public void Write_Enums_AreTheirWords()
    {
        var json = OrderJson.Write(new(
            new() { OrderId = "o", CustomerId = "c", OrderedAt = DateTimeOffset.UnixEpoch, Amount = 1.50m, Status = OrderStatus.Cancelled },
            new() { EmailConsent = Consent.Refused }));
        Assert.Contains("\"status\":\"cancelled\"", json, StringComparison.Ordinal);
        Assert.Contains("\"emailConsent\":\"refused\"", json, StringComparison.Ordinal);
        Assert.Contains("\"amount\":1.50,", json, StringComparison.Ordinal);
        Assert.DoesNotContain("null", json, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"order":{"orderId":"o"},"customer":{}}""")]
    public void Read_NoOrder_SaysSo(string json) => Assert.Throws<JsonException>(() => OrderJson.Read(json));
}
