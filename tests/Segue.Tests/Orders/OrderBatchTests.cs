using System.Text;
using Segue.Orders;

namespace Segue.Tests.Orders;

public sealed class OrderBatchTests
{
    private const string Good = """{"orderId":"o","customerId":"c","orderedAt":"2024-05-02T10:00:00Z","amount":5}""";

    [Fact]
    public void Read_OneOrder_IsOneElement()
    {
        var batch = Read(Good);
        Assert.False(batch.IsArray);
        Assert.Equal("o", Assert.Single(batch.Elements).Order!.Order.OrderId);
    }

    [Fact]
    public void Read_GoodAndBad_AreToldApart()
    {
        var batch = Read($"\uFEFF[{Good}, 3, {{}}]");
        Assert.True(batch.IsArray);
        Assert.Null(batch.Error);
        Assert.Equal([true, false, false], batch.Elements.Select(e => e.Order is not null));
        Assert.Equal("found the number '3'; it is a JSON object", Assert.Single(batch.Elements[1].Errors).ToString());
        Assert.Equal(["orderId", "orderedAt", "amount", "customerId"], batch.Elements[2].Errors.Select(e => e.Path));
    }

    [Fact]
    public void Read_EmptyArray_IsNothing()
    {
        var batch = Read("[]");
        Assert.Null(batch.Error);
        Assert.Empty(batch.Elements);
    }

    [Theory]
    [InlineData("[{},{},{},{}]", "found 4 orders; one request holds at most 3")]
    [InlineData("\"order\"", "found a string; the body is an order or an array of orders")]
    [InlineData("null", "found null; the body is an order or an array of orders")]
    [InlineData("[{}", "this is no valid JSON, at line 1, byte 4 of it")]
    public void Read_WrongBody_IsRefusedAsAWhole(string body, string error)
    {
        var batch = Read(body, 3);
        Assert.Equal(error, batch.Error!.ToString());
        Assert.Empty(batch.Elements);
    }

    private static OrderBatchResult Read(string body, int limit = OrderBatch.DefaultLimit) =>
        OrderBatch.Read(Encoding.UTF8.GetBytes(body), new("EUR", new(2024, 6, 1, 0, 0, 0, TimeSpan.Zero)), limit);
}
