using Segue.Campaigns;
using Segue.Files;
using Segue.Offers;

namespace Segue.Journeys.Definitions;

/// <summary>Reads <c>send</c> and the <c>offer</c> beside it.</summary>
internal static class SendReader
{
    public static IReadOnlyList<string> Keys { get; } = ["email", "topic", "transactional", "onFail", "onCapped"];

    public static IReadOnlyDictionary<string, OnFail> OnFails { get; } =
        new Dictionary<string, OnFail> { ["skip"] = OnFail.Skip, ["exit"] = OnFail.Exit };

    public static IReadOnlyDictionary<string, OnCapped> OnCappeds { get; } =
        new Dictionary<string, OnCapped> { ["delay"] = OnCapped.Delay, ["skip"] = OnCapped.Skip };

    public static JourneyStep? Read(StepSource source, StepReader reader)
    {
        var (send, errors) = (source.Value, reader.Errors);
        if (!send.IsMapOf(errors, Keys))
        {
            return null;
        }

        var transactional = send["transactional"]?.ReadBool(errors) ?? false;
        var onFail = send["onFail"]?.ReadChoice(OnFails, errors) ?? OnFail.Skip;
        var onCapped = send["onCapped"]?.ReadChoice(OnCappeds, errors) ?? OnCapped.Delay;
        var topic = ReadTopic(send, transactional, reader);
        var offer = source.Step["offer"] is { } o ? OfferReader.Read(o, errors) : null;
        if (transactional && source.Step["offer"] is { } advert)
        {
            errors.Add(advert, "Found an offer in transactional mail; mail with an offer is marketing: leave out 'transactional'.");
        }

        var email = ReadEmail(send, transactional, source.Step["offer"] is null ? null : offer, source.Step["offer"] is not null, reader);
        return email is null ? null : new SendStep(source.Id, source.Next, email, topic, transactional, onFail, offer) { OnCapped = onCapped };
    }

    private static string? ReadTopic(YamlValue send, bool transactional, StepReader reader)
    {
        if (send["topic"] is { } named)
        {
            return reader.Topic = named.ReadId(reader.Errors) ?? reader.Topic;
        }

        if (!transactional && reader.Topic is null)
        {
            reader.Errors.Missing(send, "topic",
                "what the customer can unsubscribe from, such as offers (a send without one takes that of the send before it)");
        }

        return transactional ? null : reader.Topic;
    }

    private static string? ReadEmail(YamlValue send, bool transactional, Offer? offer, bool hasOffer, StepReader reader)
    {
        var (errors, emails) = (reader.Errors, reader.References.Emails);
        if (send.Required("email", "the name of a template in emails/", errors) is not { } email
            || email.ReadText("the name of a template in emails/", errors) is not { } name)
        {
            return null;
        }

        if (!emails.TryGetValue(name, out var template))
        {
            errors.Add(email, $"Found '{name}'; expected a template in emails/: there is no emails/{name}.hbs.{Suggestion.For(name, emails.Keys)}");
            return null;
        }

        if (template is null)
        {
            return name;
        }

        if (!transactional)
        {
            foreach (var missing in template.LacksForMarketing)
            {
                errors.Add(email, $"The template '{name}' lacks {missing}, without which marketing mail is refused.");
            }
        }

        if (!hasOffer || offer is not null)
        {
            foreach (var variable in template.MissingFor(offer))
            {
                errors.Add(email, $"The template '{name}' shows {{{{{variable}}}}}, which this step doesn't have: "
                    + (offer is null ? "give it an offer" : $"its offer is {(offer.Percent is null ? "an amount" : "a percentage")}")
                    + ", or put that part of the template in {{#if " + (offer is null ? "offer" : variable) + "}}…{{/if}}.");
            }
        }

        return name;
    }
}
