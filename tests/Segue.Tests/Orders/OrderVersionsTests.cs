using Segue.Orders;

namespace Segue.Tests.Orders;

public sealed class OrderVersionsTests
{
    private static readonly DateTimeOffset At = new(2024, 5, 1, 10, 0, 0, TimeSpan.Zero);

    private static readonly Order Kept = new()
    {
        OrderId = "o", CustomerId = "c", OrderedAt = At, Amount = 10, DiscountCodes = ["A"],
        Items = [new() { ProductId = "p", Price = 10 }],
    };

    [Theory]
    [InlineData(null, null, false, OrderVersion.Same)]
    [InlineData(null, null, true, OrderVersion.Conflict)]
    [InlineData(1, 1, false, OrderVersion.Same)]
    [InlineData(1, 1, true, OrderVersion.Conflict)]
    [InlineData(1, 2, true, OrderVersion.Newer)]
    [InlineData(1, 2, false, OrderVersion.Newer)]
    [InlineData(2, 1, true, OrderVersion.Older)]
    [InlineData(2, 1, false, OrderVersion.Older)]
    [InlineData(null, 1, true, OrderVersion.Newer)]
    [InlineData(1, null, true, OrderVersion.Conflict)]
    [InlineData(1, null, false, OrderVersion.Same)]
    public void Compare_TimesAndContent_DecideTogether(int? had, int? has, bool other, OrderVersion expected) =>
        Assert.Equal(expected, OrderVersions.Compare(
            Kept with { UpdatedAt = Hour(had) },
            Kept with { UpdatedAt = Hour(has), Status = other ? OrderStatus.Cancelled : OrderStatus.Paid }));

    [Fact]
    public void SameContent_ListsAndInstants_AreComparedByWhatTheySay()
    {
        Assert.True(OrderVersions.SameContent(Kept, Kept with
        {
            OrderedAt = At.ToOffset(TimeSpan.FromHours(2)), Amount = 10.00m, DiscountCodes = ["A"],
            Items = [new() { ProductId = "p", Price = 10.0m }],
        }));
        Assert.False(OrderVersions.SameContent(Kept, Kept with { DiscountCodes = ["B"] }));
        Assert.False(OrderVersions.SameContent(Kept, Kept with { Items = [] }));
        Assert.False(OrderVersions.SameContent(Kept, Kept with { CustomerId = "d" }));
    }

    [Fact]
    public void Compare_OtherOrder_IsACallersMistake() =>
        Assert.Throws<ArgumentException>(() => OrderVersions.Compare(Kept, Kept with { OrderId = "x" }));

    private static DateTimeOffset? Hour(int? hour) => hour is { } h ? At.AddHours(h) : null;
}
