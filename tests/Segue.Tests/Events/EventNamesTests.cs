using Segue.Events;
using Segue.Orders;

namespace Segue.Tests.Events;

public sealed class EventNamesTests
{
    [Theory]
    [InlineData("viewed", "viewed")]
    [InlineData(" Added to cart ", "added-to-cart")]
    [InlineData("added_to_cart", "added-to-cart")]
    [InlineData("game:level.2", "game:level.2")]
    [InlineData("2nd-visit", null)]
    [InlineData("", null)]
    [InlineData("naïve", null)]
    [InlineData("a/b", null)]
    [InlineData(null, null)]
    public void Normalise_Name_IsItsKeptFormOrNone(string? text, string? kept) => Assert.Equal(kept, EventNames.Normalise(text));

    [Fact]
    public void Normalise_AtTheLengthLimit_IsKeptAndBeyondNot()
    {
        Assert.NotNull(EventNames.Normalise(new string('a', EventNames.MaxLength)));
        Assert.Null(EventNames.Normalise(new string('a', EventNames.MaxLength + 1)));
    }

    [Fact]
    public void Normalise_WellKnown_StandsAsItIs() =>
        Assert.All(EventNames.WellKnown, name => Assert.Equal(name, EventNames.Normalise(name)));

    [Theory]
    [InlineData("a/b", "name: found 'a/b'; an event's name is 1 to 100 letters, digits and hyphens, a letter first, such as added-to-cart")]
    [InlineData("Order", "name: found 'Order'; orders are sent to /api/orders, not as events")]
    public void Check_WrongName_SaysWhatWouldBeRight(string text, string error)
    {
        var checks = new FieldChecks();
        Assert.Null(EventNames.Check("name", text, checks));
        Assert.Equal(error, Assert.Single(checks.Errors).ToString());
    }
}
