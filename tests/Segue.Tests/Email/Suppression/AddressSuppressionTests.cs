using FsCheck;
using FsCheck.Fluent;
using Segue.Email.Suppression;
using Segue.Storage;
using Segue.Tests.Support;
using static Segue.Tests.Support.TestShop;

namespace Segue.Tests.Email.Suppression;

/// <summary>What stands against an address, said in any order.</summary>
public sealed class AddressSuppressionTests
{
    [Theory]
    [InlineData(SuppressionReason.Bounce, null, "offers", true, true)]
    [InlineData(SuppressionReason.Bounce, null, "offers", false, true)]
    [InlineData(SuppressionReason.Complaint, null, "offers", false, true)]
    [InlineData(SuppressionReason.Complaint, null, null, true, false)]
    [InlineData(SuppressionReason.Unsubscribe, null, "offers", false, true)]
    [InlineData(SuppressionReason.Unsubscribe, "offers", "offers", false, true)]
    [InlineData(SuppressionReason.Unsubscribe, "offers", "news", false, false)]
    [InlineData(SuppressionReason.Unsubscribe, "offers", null, true, false)]
    public void Against_CoversWhatTheReasonSays(SuppressionReason reason, string? limitedTo, string? topic, bool transactional, bool stops)
    {
        var suppression = AddressSuppression.None.With(new(reason, limitedTo, Day(1)));
        Assert.Equal(stops, suppression.Against(topic, transactional) is not null);
    }

    [Theory]
    [InlineData(SuppressionReason.Unsubscribe, 2, true)]
    [InlineData(SuppressionReason.Unsubscribe, 0.5, false)]
    [InlineData(SuppressionReason.Complaint, 2, false)]
    [InlineData(SuppressionReason.Bounce, 2, false)]
    public void WithWish_LiftsAnEarlierUnsubscribeAlone(SuppressionReason reason, double saidOnDay, bool lifted)
    {
        var suppression = AddressSuppression.None.With(new(reason, null, Day(1))).WithWish(null, Day(saidOnDay));
        Assert.Equal(lifted, suppression.Against("offers", false) is null);
    }

    [Fact]
    public void WithWish_OnOneTopic_LeavesAnother()
    {
        var suppression = AddressSuppression.None
            .With(new(SuppressionReason.Unsubscribe, "offers", Day(1))).With(new(SuppressionReason.Unsubscribe, "news", Day(1))).WithWish("offers", Day(2));
        Assert.Null(suppression.Against("offers", false));
        Assert.NotNull(suppression.Against("news", false));
    }

    /// <summary>Outboxes are dispatched in any order and more than once.</summary>
    [Fact]
    public void Changes_InAnyOrderAndTwice_EndAlike()
    {
        Func<AddressSuppression, AddressSuppression>[] changes =
        [
            s => s.With(new(SuppressionReason.Unsubscribe, null, Day(1))), s => s.With(new(SuppressionReason.Unsubscribe, null, Day(3))),
            s => s.With(new(SuppressionReason.Complaint, null, Day(2))), s => s.With(new(SuppressionReason.Unsubscribe, "offers", Day(2))),
            s => s.WithWish(null, Day(2)), s => s.WithWish("offers", Day(4)),
        ];
        var expected = Text(changes.Aggregate(AddressSuppression.None, (s, change) => change(s)));
        Prop.ForAll(
            Gen.Shuffle(changes).SelectMany(order => Gen.Elements(changes).ListOf().Select(again => (order, again))).ToArbitrary(),
            t => Text(t.order.Concat(t.again).Aggregate(AddressSuppression.None, (s, change) => change(s))) == expected).Holds();
    }

    [Fact]
    public void Names_AreKeyed_AndNotTheAddress()
    {
        var (one, other) = (new AddressNames(new DerivedNames(new byte[32])), new AddressNames(new DerivedNames([.. Enumerable.Repeat((byte)1, 32)])));
        Assert.Matches("^[A-Za-z0-9_-]{43}$", one.Of("ann@example.com"));
        Assert.Equal(one.Of("ann@example.com"), one.Of("ann@example.com"));
        Assert.NotEqual(one.Of("ann@example.com"), other.Of("ann@example.com"));
        Assert.NotEqual(one.Of("ann@example.com"), one.Of("bob@example.com"));
    }

    private static string Text(AddressSuppression s) => string.Join(
        ';', s.InForce.Select(e => $"{e.Reason} {e.Topic} {e.At:O}").Order(StringComparer.Ordinal).Concat(s.Entries.Select(e => $"{e.Reason} {e.Topic} {e.At:O}").Order(StringComparer.Ordinal)));
}
