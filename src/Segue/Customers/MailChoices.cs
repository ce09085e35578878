using Segue.Email.Suppression;

namespace Segue.Customers;

/// <summary>What a customer wants of one topic, and when they said so.</summary>
/// <param name="Wanted">Whether they want it.</param>
/// <param name="At">When it was said.</param>
/// <param name="Source">Where: <c>one-click</c>, <c>preferences</c>, the mail service.</param>
public sealed record TopicChoice(bool Wanted, DateTimeOffset At, string Source);

/// <summary>What customers say about the mail they get, whichever way it reaches us. The latest word on a thing holds.</summary>
internal static class MailChoices
{
    /// <summary>No more marketing, or none on a topic. Holds for the customer, and for the address whoever has it.</summary>
    public static bool Refuse(
        CustomerWork work, string? topic, DateTimeOffset at, string source, SuppressionReason reason, string? address = null)
    {
        work.Suppress(reason, topic, at, address);
        if (topic is not null)
        {
            return Choose(work, topic, new(false, at, source));
        }

        var contact = work.Profile.Contact.With(new()
        {
            EmailConsent = Consent.Refused,
            ConsentAt = reason == SuppressionReason.Complaint && work.Profile.Contact.ConsentAt > at ? work.Profile.Contact.ConsentAt : at,
            ConsentSource = source,
        });
        return work.SetContact(contact, mayGrant: false);
    }

    /// <summary>The customer wants a topic again, or marketing at all.</summary>
    public static bool Want(CustomerWork work, string? topic, DateTimeOffset at, string source, string? words = null)
    {
        work.WantAgain(topic, at);
        return topic is not null ? Choose(work, topic, new(true, at, source))
            : work.SetContact(
                work.Profile.Contact.With(new() { EmailConsent = Consent.Granted, ConsentAt = at, ConsentSource = source, ConsentText = words }), mayGrant: false);
    }

    /// <summary>The customer wants calls and text messages, or none.</summary>
    public static bool ChooseCalls(CustomerWork work, bool wanted) => work.SetContact(
        work.Profile.Contact with { PhoneConsent = wanted ? Consent.Granted : Consent.Refused }, mayGrant: false);

    /// <summary>The customer objects to being profiled, or not any more.</summary>
    public static bool ChooseProfiling(CustomerWork work, bool objects, DateTimeOffset at, string source) => work.Profile.Objects != objects
        && work.SetContact(work.Profile.Contact.With(new() { Profiling = new(objects, at, source) }), mayGrant: false);

    /// <summary>There is no such box.</summary>
    /// <param name="work">The customer.</param>
    /// <param name="at">When it was found.</param>
    /// <param name="address">The box's name, if known: where it is not theirs any more, only the box is out of use.</param>
    public static bool Bounce(CustomerWork work, DateTimeOffset at, string? address)
    {
        work.Suppress(SuppressionReason.Bounce, null, at, address);
        if (work.Profile.Contact.Email is not { } email || work.Profile.BouncedEmail == email
            || (address is not null && address != work.AddressOf(email)))
        {
            return false;
        }

        work.Profile = work.Profile with { BouncedEmail = email };
        return true;
    }

    /// <summary>Somebody else who has the same address, or had it before, said something that holds for this customer too.</summary>
    public static bool Heed(CustomerWork work, AddressSuppressed message)
    {
        if (work.Profile.Contact.Email is not { } email || work.AddressOf(email) != message.Address)
        {
            return false;
        }

        if (message.Reason == SuppressionReason.Bounce)
        {
            var bounced = work.Profile.BouncedEmail != email;
            work.Profile = bounced ? work.Profile with { BouncedEmail = email } : work.Profile;
            return bounced;
        }

        var source = message.Reason == SuppressionReason.Complaint ? "complaint at this address" : "unsubscribed at this address";
        return message.Topic is { } topic ? Choose(work, topic, new(false, message.At, source))
            : work.Profile.Contact.EmailConsent != Consent.Refused
                && work.SetContact(
                    work.Profile.Contact with { EmailConsent = Consent.Refused, ConsentAt = message.At, ConsentSource = source, ConsentText = null }, mayGrant: false);
    }

    private static bool Choose(CustomerWork work, string topic, TopicChoice choice)
    {
        var topics = work.Profile.Topics ?? new Dictionary<string, TopicChoice>();
        if (topics.TryGetValue(topic, out var known) && known.At >= choice.At)
        {
            return false;
        }

        work.Profile = work.Profile with { Topics = new Dictionary<string, TopicChoice>(topics) { [topic] = choice } };
        return true;
    }
}
