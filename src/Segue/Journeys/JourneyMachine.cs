using Segue.Customers;
using Segue.Email;
using Segue.Messaging;
using Segue.Offers;
using Segue.Storage;

namespace Segue.Journeys;

/// <summary>Moves one customer through the steps of journeys. Works on <see cref="CustomerWork"/> and touches nothing else.</summary>
internal sealed class JourneyMachine(DerivedNames names)
{
    private const int MaxStepsAtOnce = 1000;

    /// <summary>Takes every step that is due at this moment or before it, each run until it waits or ends.</summary>
    public void TakeDueSteps(CustomerWork work, DateTimeOffset at)
    {
        foreach (var enrolment in work.Enrolments.OrderBy(e => e.Id, StringComparer.Ordinal).ToList())
        {
            var moved = PauseClock.Apply(enrolment, work.Campaigns.PausesOf(enrolment.Journey));
            if (!moved.Held && moved.DueAt <= at)
            {
                TakeSteps(work, moved, at);
            }
            else if (!ReferenceEquals(moved, enrolment))
            {
                Runs.Wait(work, moved);
            }
        }
    }

    private void TakeSteps(CustomerWork work, Enrolment enrolment, DateTimeOffset at)
    {
        if (Runs.DefinitionOf(work, enrolment) is not { } journey)
        {
            Runs.End(work, enrolment, at, "definition lost");
            return;
        }

        for (var taken = 0; taken < MaxStepsAtOnce; taken++)
        {
            if (enrolment.Step is null || !journey.Steps.TryGetValue(enrolment.Step, out var step))
            {
                Runs.End(work, enrolment, enrolment.DueAt, "completed");
                return;
            }

            if (step is EndStep end)
            {
                Runs.End(work, enrolment, enrolment.DueAt, end.Reason);
                return;
            }

            var next = Take(work, enrolment, step);
            next = journey.HasLinks ? next with { Visits = Visited(enrolment) } : next;
            enrolment = PauseClock.Apply(next, work.Campaigns.PausesOf(journey.Id));
            if (enrolment.Held || enrolment.DueAt > at)
            {
                Runs.Wait(work, enrolment);
                return;
            }
        }

        throw new InvalidOperationException($"Journey {journey.Id} took {MaxStepsAtOnce} steps without a wait.");
    }

    /// <summary>Takes one step: the run as it stands after it.</summary>
    private Enrolment Take(CustomerWork work, Enrolment enrolment, JourneyStep step)
    {
        switch (step)
        {
            case SendStep send:
                Plan(work, enrolment, send);
                return enrolment with { Step = send.Next };
            case WaitStep wait:
                return Delayed(work, enrolment, wait.Next, wait.For);
            case SplitStep split:
                return enrolment with { Step = Choose(work, split, enrolment.DueAt) };
            case LinkStep link when enrolment.VisitOf(link.Id) < link.MaxVisits:
                return Delayed(work, enrolment, link.To, link.MinDelay);
            case LinkStep link:
                return enrolment with { Step = link.Next };
            default:
                throw new InvalidOperationException($"No machine takes a {step.GetType().Name}.");
        }
    }

    private void Plan(CustomerWork work, Enrolment enrolment, SendStep step)
    {
        if (enrolment.HeldOut)
        {
            return;
        }

        var token = enrolment.Token(work.CustomerId, step.Id);
        IssuedOffer? offer = null;
        if (step.Offer is { } terms)
        {
            var expires = CalendarTime.Add(enrolment.DueAt, terms.ValidFor, Runs.Zones(work));
            var settings = work.Campaigns.Set.Settings;
            var pool = settings.InventsCodes ? null : (terms.Codes ?? settings.Codes)?.Pool;
            offer = new(pool is null ? names.Code(token) : "", terms.Percent, terms.Amount, expires, enrolment.Journey, step.Id)
            {
                MaxDiscount = terms.MaxDiscount, MinMargin = terms.MinMargin, Stack = terms.Stack, Pool = pool, Budget = terms.Budget,
            };
            if (pool is null)
            {
                work.Put(offer);
            }
        }

        var send = new Send
        {
            Id = names.SendId(token),
            Journey = enrolment.Journey,
            Version = enrolment.Version,
            Key = enrolment.Key,
            Run = enrolment.Run,
            Step = step.Id,
            Email = step.Email,
            Topic = step.Topic,
            Transactional = step.Transactional,
            DueAt = enrolment.DueAt,
            Segment = enrolment.Segment,
            Offer = offer,
        };
        work.Put(send);
        work.Add(Queues.Emails, SendMessages.Of(work.CustomerId, send.Id, send.DueAt, null));
    }

    private static Enrolment Delayed(CustomerWork work, Enrolment enrolment, string? step, Duration delay) => enrolment with
    {
        Step = step,
        DueAt = CalendarTime.Add(enrolment.DueAt, delay, Runs.Zones(work)),
        WaitsFrom = enrolment.DueAt,
    };

    private static string? Choose(CustomerWork work, SplitStep split, DateTimeOffset at)
    {
        var context = work.Campaigns.Set.Evaluator.ContextFor(work.Profile.Summary, work.Campaigns.Calibration, at);
        return split.Branches.FirstOrDefault(branch => branch.If.Evaluate(context).Holds) is { } taken ? taken.First : split.Else;
    }

    private static Dictionary<string, int> Visited(Enrolment enrolment) =>
        new(enrolment.Visits ?? new Dictionary<string, int>()) { [enrolment.Step!] = enrolment.VisitOf(enrolment.Step!) + 1 };
}
