using Segue.Messaging;
using Segue.Ports;

namespace Segue.Tests.Simulation;

public sealed class InboxTests
{
    private static readonly DateTimeOffset Now = ToyWorld.Start;
    private readonly Inbox inbox = new(() => Now) { Last = Now.AddSeconds(10) };

    [Fact]
    public void Accept_SentByAFactsHandlerForNow_GoesWithTheFacts()
    {
        inbox.Accept(Queues.Customers, new("look", "look"), Handling(ofFact: true));

        Assert.Equal((Now, null), (inbox.NextDue(ofFacts: true), inbox.NextDue(ofFacts: false)));
    }

    [Theory]
    [InlineData(Queues.Emails, 0, true)]
    [InlineData(Queues.Customers, 5, true)]
    [InlineData(Queues.Customers, 0, false)]
    public void Accept_OtherQueueOrLaterOrNotOfAFact_GoesWithTheRest(string queue, int seconds, bool ofFact)
    {
        inbox.Accept(queue, new("look", "look", Now.AddSeconds(seconds)), Handling(ofFact));

        Assert.Equal((null, Now.AddSeconds(seconds)), (inbox.NextDue(ofFacts: true), inbox.NextDue(ofFacts: false)));
    }

    [Theory]
    [InlineData("order", "other body")]
    [InlineData("other-id", "body")]
    public void Accept_PutBackAfterAFault_KeepsItsRankAndPatienceAndEndsBeforeTheNextInstant(string id, string body)
    {
        var sender = Handling(ofFact: true);
        sender.Disturbed = true;

        inbox.Accept(Queues.Customers, new(id, body, Now.AddSeconds(60)), sender);

        Assert.Equal(inbox.Last, inbox.NextDue(ofFacts: true));
        Assert.Same(sender.Work.Patience, inbox.Take(ofFacts: true).Patience);
    }

    [Theory]
    [InlineData(false, 60)]
    [InlineData(true, 3600)]
    public void Accept_PutBackForAReasonOfItsOwn_KeepsItsMoment(bool disturbed, int seconds)
    {
        var sender = Handling(ofFact: false);
        sender.Disturbed = disturbed;

        inbox.Accept(Queues.Customers, new("order", "body", Now.AddSeconds(seconds)), sender);

        Assert.Equal(Now.AddSeconds(seconds), inbox.NextDue(ofFacts: false));
    }

    [Fact]
    public void PutBack_LongerThanThereIsRoom_EndsBeforeTheNextInstant()
    {
        inbox.PutBack(Handling(ofFact: true).Work, TimeSpan.FromMinutes(1));

        Assert.Equal(inbox.Last, inbox.NextDue(ofFacts: true));
    }

    private static Delivery Handling(bool ofFact) =>
        new(new(Queues.Customers, new BusMessage("order", "body"), null, ofFact, new()), 1, clean: false);
}
