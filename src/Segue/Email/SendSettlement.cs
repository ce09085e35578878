using Segue.Customers;
using Segue.Journeys;
using Segue.Measurement;
using Segue.Messaging;
using Segue.Ports;
using Segue.Segmentation.Predictions;

namespace Segue.Email;

/// <summary>What an answer of the mail service makes of a mail, and of the run that planned it.</summary>
internal static class SendSettlement
{
    /// <summary>How long an answer that never came may still come by other ways, before the mail is given up.</summary>
    public static readonly TimeSpan Within = TimeSpan.FromHours(24);

    /// <summary>Writes an answer into the customer's state; the mail as it is then.</summary>
    public static Send Settle(CustomerWork work, Send send, SendAnswer answer, DateTimeOffset now)
    {
        var settled = send;
        switch (answer)
        {
            case SendAnswer.Accepted:
                work.Settle(settled = send with { Status = SendStatus.Accepted, SettledAt = now });
                work.Profile = work.Profile with { Mail = (work.Profile.Mail ?? MailEngagement.None).Sent(send.Id) };
                work.Add(SendFacts.Of(FactKinds.Sent, work.CustomerId, send, send.ClaimedAt ?? now) with
                {
                    PredictedValue = ValueModel.Predict(work.Profile.Summary, work.Campaigns.Calibration),
                });
                Attribution.Remember(work, send, send.ClaimedAt ?? now);
                break;
            case SendAnswer.Rejected rejected:
                work.Settle(settled = send with { Status = SendStatus.Rejected, SettledAt = now, Reason = rejected.Reason });
                work.Profile = SendPacing.Returned(work.Profile, send.Id);
                work.NotMailed(send.Id, now);
                work.Add(SendFacts.Of(FactKinds.Rejected, work.CustomerId, send, now, rejected.Reason));
                ExitIfAsked(work, send, now);
                break;
            case SendAnswer.TryAfter later when send.Status == SendStatus.Attempting:
                var again = now + later.Delay;
                work.Profile = SendPacing.Returned(work.Profile, send.Id);
                work.Put(send with { Status = SendStatus.Pending, ClaimedAt = null, NotBefore = again, Reason = later.Reason });
                work.Add(Wake(work, send, again));
                break;
            case SendAnswer.Unknown unknown when send.Status == SendStatus.Attempting:
                GiveUp(work, send with { Status = SendStatus.Unknown, Reason = unknown.Reason }, now);
                work.Add(SendFacts.Of(FactKinds.Unknown, work.CustomerId, send, now, unknown.Reason));
                break;
        }

        return settled;
    }

    /// <summary>Keeps an unknown mail open for as long as its answer may still come: then nothing wakes it any more.</summary>
    private static void GiveUp(CustomerWork work, Send unknown, DateTimeOffset now)
    {
        if (now >= unknown.ClaimedAt + Within)
        {
            work.Settle(unknown with { SettledAt = now });
        }
        else
        {
            work.Put(unknown);
        }
    }

    private static void ExitIfAsked(CustomerWork work, Send send, DateTimeOffset now)
    {
        var enrolment = work.FindEnrolment(Enrolment.IdOf(send.Journey, send.Key));
        if (enrolment is not null && enrolment.Run == send.Run && StepOf(work, send) is { OnFail: OnFail.Exit })
        {
            Runs.Exit(work, enrolment, now, $"{send.Email} refused");
        }
    }

    /// <summary>The step that planned a mail; of the definition in force where the run is over.</summary>
    public static SendStep? StepOf(CustomerWork work, Send send)
    {
        var journey = work.Definitions.GetValueOrDefault((send.Journey, send.Version)) ?? work.Campaigns.Set.Journeys.GetValueOrDefault(send.Journey);
        return journey?.Steps.GetValueOrDefault(send.Step) as SendStep;
    }

    /// <summary>The moment at which a mail must be looked at again.</summary>
    public static DueMoment Wake(CustomerWork work, Send send, DateTimeOffset at) => new(
        at, Queues.Emails, $"send-{send.Id}", new SendDue { CustomerId = work.CustomerId, SendId = send.Id, At = at });
}
