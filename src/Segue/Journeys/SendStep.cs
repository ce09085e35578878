using Segue.Email;
using Segue.Messaging;
using Segue.Offers;

namespace Segue.Journeys;

/// <summary>Sends an e-mail, with an offer or without.</summary>
/// <param name="Id">See <see cref="JourneyStep"/>.</param>
/// <param name="Next">See <see cref="JourneyStep"/>.</param>
/// <param name="Email">Name of the template.</param>
/// <param name="Topic">What the customer can unsubscribe from; null only where <paramref name="Transactional"/>.</param>
/// <param name="Transactional">Needs no marketing consent.</param>
/// <param name="OnFail">When the mail is refused for good.</param>
/// <param name="Offer">What it offers, or null.</param>
public sealed record SendStep(
    string Id, string? Next, string Email, string? Topic, bool Transactional, OnFail OnFail, Offer? Offer)
    : JourneyStep(Id, Next)
{
    /// <summary>When a frequency cap is reached.</summary>
    public OnCapped OnCapped { get; init; }

    internal override Enrolment Take(StepTaking taking)
    {
        var (work, run) = (taking.Work, taking.Run);
        if (run.HeldOut)
        {
            return taking.GoTo(Next);
        }

        var token = taking.Token;
        var offer = Offer is null ? null : Issue(taking, Offer, token);
        var send = new Send
        {
            Id = taking.Names.SendId(token),
            Journey = run.Journey,
            Version = run.Version,
            Key = run.Key,
            Run = run.Run,
            Step = Id,
            Email = Email,
            Topic = Topic,
            Transactional = Transactional,
            DueAt = run.DueAt,
            Segment = run.Segment,
            Variant = run.Variant,
            Event = run.Event,
            Offer = offer,
        };
        work.Put(send);
        work.Add(Queues.Emails, SendMessages.Of(work.CustomerId, send.Id, send.DueAt, null));
        return taking.GoTo(Next) with
        {
            LastSend = send.Id,
            Mails = new Dictionary<string, string>(run.Mails ?? new Dictionary<string, string>()) { [send.Id] = Email },
        };
    }

    private IssuedOffer Issue(StepTaking taking, Offer terms, string token)
    {
        var settings = taking.Work.Campaigns.Set.Settings;
        var source = settings.InventsCodes ? null : terms.Codes ?? settings.Codes;
        var isMadeHere = source is null or { Pool: null, Request: null };
        var offer = new IssuedOffer(
            isMadeHere ? taking.Names.Code(token) : "", terms.Percent, terms.Amount, taking.After(terms.ValidFor), taking.Run.Journey, Id)
        {
            MaxDiscount = terms.MaxDiscount, MinMargin = terms.MinMargin, Stack = terms.Stack, Pool = source?.Pool, Request = source?.Request, Budget = terms.Budget,
            Products = terms.Products, IsBundle = terms.IsBundle,
        };
        if (isMadeHere)
        {
            taking.Work.Put(offer);
        }

        return offer;
    }
}

/// <summary>What a journey does when a mail is refused for good.</summary>
public enum OnFail
{
    /// <summary>Goes on as if it had been sent.</summary>
    Skip,

    /// <summary>Ends.</summary>
    Exit,
}

/// <summary>What becomes of a mail that a frequency cap keeps.</summary>
public enum OnCapped
{
    /// <summary>It goes when the cap allows; waits that follow it count from then.</summary>
    Delay,

    /// <summary>It is left out.</summary>
    Skip,
}
