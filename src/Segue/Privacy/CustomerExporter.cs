using System.Text.Json;
using System.Text.Json.Nodes;
using Segue.Customers;
using Segue.Email.Suppression;
using Segue.Measurement;
using Segue.Ports;
using Segue.Storage;

namespace Segue.Privacy;

/// <summary>What is kept of one customer, for whoever asks what the shop knows about them.</summary>
public sealed class CustomerExporter
{
    private const string Others = "other";

    // The longer of two prefixes that begin alike need not stand first: none of them begins another.
    private static readonly (string Prefix, string Section)[] Sections =
    [
        (CustomerRows.Enrolments, "journeys"),
        (CustomerRows.EndedEnrolments, "journeys"),
        (CustomerRows.OpenSends, "mails"),
        (CustomerRows.SettledSends, "mails"),
        (CustomerRows.OpenWebhooks, "webhooks"),
        (CustomerRows.SettledWebhooks, "webhooks"),
        (CustomerRows.Orders, "orders"),
        (CustomerRows.Events, "events"),
        (CustomerRows.Codes, "discountCodes"),
        (CustomerRows.Calls, "calls"),
        (CustomerRows.Visitors, "visitors"),
    ];

    private readonly ITableStore _store;
    private readonly AddressBook _addresses;
    private readonly TimeProvider _clock;

    internal CustomerExporter(ITableStore store, AddressBook addresses, TimeProvider clock)
    {
        _store = store;
        _addresses = addresses;
        _clock = clock;
    }

    /// <summary>
    /// Every row of the customer's own partition, each whole as it is kept; what stands against mailing their present address;
    /// and what is kept of them elsewhere: interests, facts for reports. A row of a kind that has no section of its own is under
    /// <c>other</c>, so that none is left out.
    /// </summary>
    /// <remarks>
    /// Rows move only towards later keys (a mail that is settled, a journey that ends), and are read in the order of their keys: what
    /// moves meanwhile may appear in both states, and is never missed.
    /// </remarks>
    /// <param name="customerId">The customer.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>A JSON object, or null where there is no such customer.</returns>
    /// <exception cref="PortUnavailableException">The store can't be reached.</exception>
    public async Task<JsonObject?> ExportAsync(string customerId, CancellationToken cancellation = default)
    {
        var sections = Sections.Select(s => s.Section).Append(Others).Distinct().ToDictionary(s => s, _ => new JsonArray());
        Row? profile = null;
        var all = new List<Row>();
        await foreach (var row in _store.ReadAllAsync(Tables.Customers, CustomerRows.Partition(customerId), KeyRange.All, cancellation))
        {
            all.Add(row);
            if (row.Key == CustomerRows.Profile)
            {
                profile = row;
                continue;
            }

            var section = Sections.FirstOrDefault(s => row.Key.StartsWith(s.Prefix, StringComparison.Ordinal)).Section;
            sections[section ?? Others].Add(section is null ? new JsonObject { ["row"] = row.Key, ["value"] = Value(row) } : Value(row));
        }

        if (profile is null || RowJson.Unpack(profile, SegueJson.Default.CustomerProfile).IsTombstone)
        {
            return null;
        }

        var export = new JsonObject
        {
            ["customerId"] = customerId,
            ["exportedAt"] = JsonValue.Create(_clock.GetUtcNow()),
            ["profile"] = Value(profile),
            ["suppression"] = await SuppressionAsync(profile, cancellation),
        };
        foreach (var (section, rows) in sections)
        {
            export[section] = rows;
        }

        export["interests"] = await InterestsAsync(customerId, all, cancellation);
        export["facts"] = await FactsAsync(customerId, RowJson.Unpack(profile, SegueJson.Default.CustomerProfile), cancellation);
        return export;
    }

    /// <summary>What they are known to have looked at or bought, where price drops and releases ask for it.</summary>
    private async Task<JsonArray> InterestsAsync(string customerId, List<Row> rows, CancellationToken cancellation)
    {
        var interests = new JsonArray();
        foreach (var copy in CustomerCopy.Of(customerId, null, rows).Where(c => c.Table == Tables.Interest).OrderBy(c => c.Partition, StringComparer.Ordinal))
        {
            if (await _store.GetAsync(copy.Table, copy.Partition, copy.Key, cancellation) is { } row)
            {
                var value = Value(row)!.AsObject();
                value["of"] = copy.Partition[..copy.Partition.LastIndexOf(Keys.Separator)];
                interests.Add((JsonNode)value);
            }
        }

        return interests;
    }

    /// <summary>What reports were told of them, day after day since they are known.</summary>
    private async Task<JsonArray> FactsAsync(string customerId, CustomerProfile profile, CancellationToken cancellation)
    {
        var facts = new JsonArray();
        var now = _clock.GetUtcNow();
        var since = (profile.Since ?? profile.Purchases.FirstOrderAt ?? now).AddDays(-1);
        for (var day = since.UtcDateTime.Date; day <= now.UtcDateTime.Date; day = day.AddDays(1))
        {
            var partition = FactRows.Partition(new(day, TimeSpan.Zero), customerId);
            await foreach (var row in _store.ReadAllAsync(Tables.Facts, partition, KeyRange.Prefix(Keys.Escape(customerId) + Keys.Separator), cancellation))
            {
                facts.Add(Value(row));
            }
        }

        return facts;
    }

    private async Task<JsonNode?> SuppressionAsync(Row profile, CancellationToken cancellation) =>
        RowJson.Unpack(profile, SegueJson.Default.CustomerProfile).Contact.Email is { } email
            ? JsonSerializer.SerializeToNode(await _addresses.OfAsync(email, cancellation), SegueJson.Default.AddressSuppression)
            : null;

    private static JsonNode? Value(Row row)
    {
        if (RowJson.Text(row) is { } json)
        {
            return JsonNode.Parse(json);
        }

        var value = new JsonObject();
        foreach (var (name, property) in row.Properties.OrderBy(p => p.Key, StringComparer.Ordinal))
        {
            value[name] = property switch
            {
                string text => JsonValue.Create(text),
                bool flag => JsonValue.Create(flag),
                int number => JsonValue.Create(number),
                long number => JsonValue.Create(number),
                double number => JsonValue.Create(number),
                DateTimeOffset at => JsonValue.Create(at),
                byte[] bytes => JsonValue.Create(Convert.ToBase64String(bytes)),
                _ => throw new NotSupportedException($"A row can't hold a {property.GetType().Name}."),
            };
        }

        return value;
    }
}
