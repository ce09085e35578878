using Segue.Campaigns;
using Segue.Files;
using Segue.Webhooks;

namespace Segue.Journeys.Definitions;

/// <summary>Reads <c>webhook</c>. Whether its address may be called is known with the settings: see <see cref="WebhookCheck"/>.</summary>
internal static class WebhookReader
{
    private const string UrlExpected = "an address such as https://sms.example.com/segue";
    private const string TimeoutExpected = "a time from 1s to 60s, such as 10s";

    public static IReadOnlyList<string> Keys { get; } = ["url", "consent", "topic", "customer", "data", "timeout", "onFail"];

    public static IReadOnlyDictionary<string, WebhookConsent> Consents { get; } = new Dictionary<string, WebhookConsent>
    {
        ["phone"] = WebhookConsent.Phone,
        ["email"] = WebhookConsent.Email,
        ["none"] = WebhookConsent.None,
    };

    public static JourneyStep? Read(StepSource source, StepReader reader)
    {
        var (webhook, errors) = (source.Value, reader.Errors);
        if (!webhook.IsMapOf(errors, Keys))
        {
            return null;
        }

        var before = errors.Errors.Count;
        var url = webhook.Required("url", UrlExpected, errors) is { } address ? ReadUrl(address, errors) : null;
        var consent = webhook.Required("consent", "phone or email where it leads to a message, else none", errors)?.ReadChoice(Consents, errors);
        var topic = webhook["topic"]?.ReadId(errors);
        var customer = webhook["customer"] is { } fields ? ReadFields(fields, errors) : [];
        var data = webhook["data"] is { } map ? UpdateReader.ReadAttributes(map, errors) : null;
        var timeout = webhook["timeout"] is { } time ? ReadTimeout(time, errors) : TimeSpan.FromSeconds(10);
        var onFail = webhook["onFail"]?.ReadChoice(SendReader.OnFails, errors) ?? OnFail.Skip;
        return errors.Errors.Count > before ? null : new WebhookStep(source.Id, source.Next, new(url!, consent!.Value)
        {
            Topic = topic, Customer = customer, Data = data, Timeout = timeout!.Value, OnFail = onFail,
        });
    }

    /// <summary>An absolute address without a user or fragment.</summary>
    internal static Uri? ReadUrl(YamlValue value, FileErrors errors)
    {
        if (Uri.TryCreate(value.Text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
            && url.UserInfo.Length == 0 && url.Fragment.Length == 0 && url.AbsoluteUri.Length <= 2000)
        {
            return url;
        }

        errors.Unexpected(value, UrlExpected);
        return null;
    }

    private static List<string> ReadFields(YamlValue value, FileErrors errors)
    {
        var expected = $"a list of {string.Join(", ", WebhookBody.Fields)}";
        var fields = new List<string>();
        if (!value.IsList || !value.Items.Any())
        {
            errors.Unexpected(value, expected);
        }

        foreach (var item in value.IsList ? value.Items : [])
        {
            if (item.Text is { } field && WebhookBody.Fields.Contains(field) && !fields.Contains(field))
            {
                fields.Add(field);
            }
            else
            {
                errors.Unexpected(item, $"one of {string.Join(", ", WebhookBody.Fields)}, each once");
            }
        }

        return fields;
    }

    private static TimeSpan? ReadTimeout(YamlValue value, FileErrors errors)
    {
        if (DurationText.TryParse(value.Text, out var duration) && duration.Days == 0
            && duration.Time >= TimeSpan.FromSeconds(1) && duration.Time <= TimeSpan.FromSeconds(60))
        {
            return duration.Time;
        }

        errors.Unexpected(value, TimeoutExpected);
        return null;
    }
}
