using Segue.Messaging;
using Segue.Webhooks;

namespace Segue.Journeys;

/// <summary>Has a system outside called about the customer, signed. The journey goes on at once and learns nothing from the answer.</summary>
/// <param name="Id">See <see cref="JourneyStep"/>.</param>
/// <param name="Next">See <see cref="JourneyStep"/>.</param>
/// <param name="Terms">What is called, and with what.</param>
public sealed record WebhookStep(string Id, string? Next, WebhookTerms Terms) : JourneyStep(Id, Next)
{
    internal override Enrolment Take(StepTaking taking)
    {
        var (work, run) = (taking.Work, taking.Run);
        if (!run.HeldOut)
        {
            var call = new WebhookCall
            {
                Id = taking.Names.WebhookId(taking.Token),
                Journey = run.Journey,
                Version = run.Version,
                Key = run.Key,
                Run = run.Run,
                Step = Id,
                Terms = Terms,
                DueAt = run.DueAt,
                Segment = run.Segment,
                Variant = run.Variant,
                Event = run.Event,
            };
            work.Put(call);
            work.Add(Queues.Webhooks, call.WakeAt(work.CustomerId, call.DueAt).Message.ToBus($"webhook~{call.Id}"));
        }

        return taking.GoTo(Next);
    }
}
