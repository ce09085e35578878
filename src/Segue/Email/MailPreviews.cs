using System.Globalization;
using Segue.Campaigns;
using Segue.Customers;
using Segue.Journeys;
using Segue.Offers;
using Segue.Ports;
using Segue.Storage;

namespace Segue.Email;

/// <summary>Shows mails before they are sent, and sends trial copies: nothing of it is counted anywhere, and no code of it works.</summary>
public sealed class MailPreviews
{
    /// <summary>The code that stands where a customer's own would.</summary>
    public const string Code = "EXAMPLE";

    /// <summary>Begins the subject of a trial copy.</summary>
    public const string TestMark = "[Test] ";

    private readonly CustomerLoader _loader;
    private readonly MailPartsLoader _parts;
    private readonly EmailComposer _composer;
    private readonly ICampaigns _campaigns;
    private readonly DerivedNames _names;
    private readonly IEmailSender _sender;
    private readonly TimeProvider _clock;

    internal MailPreviews(
        CustomerLoader loader, MailPartsLoader parts, EmailComposer composer, ICampaigns campaigns, DerivedNames names, IEmailSender sender, TimeProvider clock)
    {
        _loader = loader;
        _parts = parts;
        _composer = composer;
        _campaigns = campaigns;
        _names = names;
        _sender = sender;
        _clock = clock;
    }

    /// <summary>The mail of a step as a customer would get it now.</summary>
    /// <param name="journey">The journey's id.</param>
    /// <param name="step">The step's id, or its path.</param>
    /// <param name="customer">The customer's id.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="PreviewException">There is no such journey, step or customer, or the mail would be refused; says which and why.</exception>
    public async Task<RenderedEmail> PreviewAsync(string journey, string step, string customer, CancellationToken cancellation = default)
    {
        var state = await _campaigns.CurrentAsync(cancellation);
        var (definition, send) = Find(state.Set, journey, step);
        var work = await _loader.LoadAsync(customer, state, cancellation);
        if (work.IsNew)
        {
            throw new PreviewException($"There is no customer '{customer}'.");
        }

        work.Profile = work.Profile with { Contact = work.Profile.Contact with { Email = work.Profile.Contact.Email ?? "no-address@example.invalid" } };
        return await ComposeAsync(work, SendOf(work, definition, send, "preview"), cancellation);
    }

    /// <summary>Sends one mail of a step to an address, with the data of nobody.</summary>
    /// <param name="journey">The journey's id.</param>
    /// <param name="step">The step's id, or its path.</param>
    /// <param name="address">Where to.</param>
    /// <param name="locale">The language to send it in, or null.</param>
    /// <param name="reachesPeople">Whether the sender is a real mail service: then the settings must allow the address.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="PreviewException">There is no such journey or step, the mail would be refused, or the settings forbid it.</exception>
    public async Task<SendAnswer> TestAsync(
        string journey, string step, string address, string? locale, bool reachesPeople, CancellationToken cancellation = default)
    {
        var state = await _campaigns.CurrentAsync(cancellation);
        var (definition, send) = Find(state.Set, journey, step);
        if (!EmailAddress.TryNormalise(address, out var to))
        {
            throw new PreviewException($"Found '{address}'; an e-mail address is written like name@example.com.");
        }

        if (reachesPeople && !SendPolicy.MayReach(state.Set.Settings, to))
        {
            throw new PreviewException(
                $"sending is {(state.Set.Settings.Sending == Sending.Off ? "off" : "allow-list")} in settings.yaml and {to} is not on the allow-list.");
        }

        var now = _clock.GetUtcNow();
        var nobody = new CustomerProfile
        {
            CustomerId = "test",
            DrawId = "test",
            Contact = new() { Email = to, Name = "Alex Example", Locale = locale },
        };
        var work = new CustomerWork(state, nobody, profileETag: null, new(_names));
        var id = _names.SendId(string.Create(CultureInfo.InvariantCulture, $"test~{journey}~{step}~{to}~{now.UtcTicks}"));
        var mail = await ComposeAsync(work, SendOf(work, definition, send, id), cancellation);
        return await _sender.SendAsync(mail with { Subject = TestMark + mail.Subject, Categories = ["test"], Reference = "" }, cancellation);
    }

    private async Task<RenderedEmail> ComposeAsync(CustomerWork work, Send send, CancellationToken cancellation)
    {
        var parts = await _parts.LoadAsync(work, send, cancellation, exampleProducts: true);
        var (mail, refusal) = _composer.Compose(work, send, parts);
        return mail ?? throw new PreviewException($"The mail can't be made: {refusal}.");
    }

    private static (Journey Journey, SendStep Step) Find(CampaignSet set, string journey, string step)
    {
        if (!set.Journeys.TryGetValue(journey, out var found))
        {
            throw new PreviewException($"There is no journey '{journey}'.{Files.Suggestion.For(journey, set.Journeys.Keys)}");
        }

        var sends = found.Steps.Values.OfType<SendStep>().Select(s => s.Id).ToList();
        return found.Steps.TryGetValue(step, out var s) && s is SendStep send ? (found, send)
            : throw new PreviewException($"'{step}' is no step of '{journey}' that sends.{Files.Suggestion.For(step, sends)}");
    }

    private Send SendOf(CustomerWork work, Journey journey, SendStep step, string id)
    {
        var now = _clock.GetUtcNow();
        return new()
        {
            Id = id,
            Journey = journey.Id,
            Version = journey.Version,
            Run = 1,
            Step = step.Id,
            Email = step.Email,
            Topic = step.Topic,
            Transactional = step.Transactional,
            DueAt = now,
            Segment = work.Profile.Standing?.Segment ?? "",
            Offer = step.Offer is not { } terms ? null : new IssuedOffer(
                Code, terms.Percent, terms.Amount, CalendarTime.Add(now, terms.ValidFor, Runs.Zones(work)), journey.Id, step.Id),
        };
    }
}

/// <summary>A mail can't be shown or tried; the message says why.</summary>
public sealed class PreviewException(string message) : Exception(message);
