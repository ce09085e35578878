using System.Globalization;
using NodaTime;
using Segue.Events;
using Segue.Files;
using Segue.Journeys.Definitions;

namespace Segue.Campaigns;

/// <summary>Reads the kinds of values that only the settings have.</summary>
internal static class SettingValues
{
    /// <summary>A length of elapsed time; a day is 24 hours.</summary>
    public static TimeSpan? ReadTime(YamlValue value, FileErrors errors) => value.ReadDuration(errors)?.Elapsed();

    public static Uri? ReadUrl(YamlValue value, FileErrors errors)
    {
        if (Uri.TryCreate(value.Text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.UserInfo.Length == 0)
        {
            return url;
        }

        errors.Unexpected(value, "an address such as https://shop.example.com");
        return null;
    }

    /// <summary>Names or addresses of hosts, without scheme, port and path.</summary>
    public static IReadOnlyList<string> ReadHosts(YamlValue value, FileErrors errors)
    {
        const string expected = "a list of hosts, such as [ crm.internal, 10.0.0.5 ]";
        if (!value.IsList)
        {
            errors.Unexpected(value, expected);
            return [];
        }

        var hosts = new List<string>();
        foreach (var item in value.Items)
        {
            if (item.Text is { } host && Uri.CheckHostName(host) != UriHostNameType.Unknown)
            {
                hosts.Add(host);
            }
            else
            {
                errors.Unexpected(item, "a host without scheme, port and path, such as crm.internal");
            }
        }

        return hosts;
    }

    /// <summary>Topics by id, each with the words that customers know it by.</summary>
    public static IReadOnlyDictionary<string, string> ReadTopics(YamlValue value, FileErrors errors)
    {
        const string expected = "topics with the words that customers know them by, such as { picks: Picks for you }";
        var topics = new Dictionary<string, string>();
        if (!value.IsMap)
        {
            errors.Unexpected(value, expected);
            return topics;
        }

        foreach (var (topic, words) in value.Entries)
        {
            if (!YamlFields.IsId(topic))
            {
                errors.Add(words, $"Found '{topic}'; expected {expected}.");
            }
            else if (words.ReadText("the words that customers know the topic by, on one line", errors) is { } name)
            {
                topics[topic] = name;
            }
        }

        return topics;
    }

    public static string? ReadCurrency(YamlValue value, FileErrors errors)
    {
        if (value.Text is { Length: 3 } code && code.All(char.IsAsciiLetterUpper))
        {
            return code;
        }

        errors.Unexpected(value, "the three capital letters of an ISO 4217 currency, such as EUR");
        return null;
    }

    public static decimal? ReadCost(YamlValue value, FileErrors errors)
    {
        if (decimal.TryParse(value.Text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var cost) && cost <= 100)
        {
            return cost;
        }

        errors.Unexpected(value, "an amount of money from 0 to 100, such as 0.001");
        return null;
    }

    public static string? ReadZone(YamlValue value, FileErrors errors)
    {
        var zones = DateTimeZoneProviders.Tzdb.Ids;
        if (value.Text is { } id && zones.Contains(id))
        {
            return id;
        }

        var near = Suggestion.For(value.Text ?? "", zones);
        errors.Add(value, $"Found {value.Found}; expected an IANA time zone such as Europe/Berlin or UTC."
            + (near.Contains('?', StringComparison.Ordinal) ? near : ""));
        return null;
    }

    public static string? ReadCsvName(YamlValue value, FileErrors errors)
    {
        if (value.Text is { } name && name.EndsWith(".csv", StringComparison.Ordinal) && YamlFields.IsId(name[..^4]))
        {
            return name;
        }

        errors.Unexpected(value, "the name of a CSV file in the campaigns folder, such as rates.csv");
        return null;
    }

    public static string? ReadAddress(YamlValue value, FileErrors errors)
    {
        if (value.Text is { } address && IsAddress(address, local: true))
        {
            return address;
        }

        errors.Unexpected(value, "an e-mail address such as hello@example.com");
        return null;
    }

    public static IReadOnlyList<string> ReadAllowList(YamlValue list, FileErrors errors)
    {
        if (!list.IsList)
        {
            errors.Unexpected(list, "a list of addresses or domains, such as [ anna@example.com, \"@example.org\" ]");
            return [];
        }

        var allowed = new List<string>();
        foreach (var item in list.Items)
        {
            if (item.Text is { } text && (IsAddress(text, local: true) || IsAddress(text, local: false)))
            {
                allowed.Add(text);
            }
            else
            {
                errors.Unexpected(item, "an address such as anna@example.com, or a domain such as \"@example.org\"");
            }
        }

        return allowed;
    }

    public static IReadOnlyList<string> ReadAddresses(YamlValue list, FileErrors errors)
    {
        if (!list.IsList)
        {
            errors.Unexpected(list, "a list of addresses, such as [ anna@example.com ]");
            return [];
        }

        return [.. list.Items.Select(item => ReadAddress(item, errors)).OfType<string>()];
    }

    public static IReadOnlyList<string> BrowserKeyKeys { get; } = ["origin", "key"];

    public static IReadOnlyList<BrowserKey> ReadBrowserKeys(YamlValue list, FileErrors errors)
    {
        var keys = new List<BrowserKey>();
        if (!list.IsList)
        {
            errors.Unexpected(list, "a list such as [ { origin: \"https://shop.example.com\", key: … } ]");
            return keys;
        }

        foreach (var item in list.Items.Where(i => i.IsMapOf(errors, BrowserKeyKeys)))
        {
            if (item.Required("origin", "the page's origin, such as https://shop.example.com", errors) is not { } origin
                || item.Required("key", "16 letters, digits, hyphens and underscores or more", errors) is not { } key)
            {
                continue;
            }

            if (!Uri.TryCreate(origin.Text, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https")
                || url.GetLeftPart(UriPartial.Authority) != origin.Text)
            {
                errors.Unexpected(origin, "scheme and host, and the port where it is no usual one, such as https://shop.example.com");
            }
            else if (key.Text is not { Length: >= 16 and <= 200 } text || !text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
            {
                errors.Add(key, "Expected 16 to 200 letters, digits, hyphens and underscores.");
            }
            else if (keys.Any(k => k.Origin == origin.Text))
            {
                errors.Add(origin, $"Found '{origin.Text}' a second time; an origin has one key.");
            }
            else
            {
                keys.Add(new(origin.Text, text));
            }
        }

        return keys;
    }

    // A mail service has the last word on what an address is; this catches what was surely not meant.
    private static bool IsAddress(string text, bool local)
    {
        var at = text.LastIndexOf('@');
        return text.Length <= 254 && (local ? at > 0 : at == 0) && at < text.Length - 1
            && !text.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c is '<' or '>' or ',' or ';' or '"')
            && text.IndexOf('@', StringComparison.Ordinal) == at
            && text[(at + 1)..].Split('.').All(label => label.Length > 0);
    }
}
