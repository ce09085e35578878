using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Segue.Customers;
using Segue.Email;
using Segue.Functions.Hosting;
using Segue.Ports;
using Segue.Storage;
using Segue.Tests.Ports;
using TableNames = Segue.Storage.Tables;

namespace Segue.Functions.Tests.Support;

/// <summary>The app with one live campaign, which mails every new customer at once through SendGrid's adapter to a server of this machine.</summary>
internal sealed class MailingShop : IAsyncDisposable
{
    private readonly TemporaryFolder _campaigns;

    private MailingShop(FunctionsShop app, MailServer server, TemporaryFolder campaigns) => (App, Server, _campaigns) = (app, server, campaigns);

    public FunctionsShop App { get; }

    public MailServer Server { get; }

    public static async Task<MailingShop> StartAsync(ManualTime clock, ITableStore tables)
    {
        var (server, campaigns) = (new MailServer(), new TemporaryFolder());
        Write(campaigns, "segments.yaml", "segments:\n  - id: everyone\n    name: Everyone\n");
        Write(campaigns, "settings.yaml", "sending: on\nfrom: shop@example.com\npostalAddress: 1 Example Street\nglobalHoldout: 0%\ncurrency: USD\n");
        Write(campaigns, "emails/hello.hbs", "---\nsubject: Hello\npreheader: From us\n---\n<p>Hello {{customer.name}}</p>\n");
        Write(campaigns, "journeys/greeting.yaml", """
            id: greeting
            name: A greeting
            status: live
            enter: { segment: everyone }
            steps:
              - send: { email: hello, topic: offers }
              - wait: { for: 5m }
              - webhook: { url: "https://sms.example.com/segue", consent: phone }
              - end: { reason: greeted }
            """);
        var app = await FunctionsShop.StartOnAsync(
            clock, tables, (AppSettings.Campaigns, campaigns.Path), (AppSettings.PublicUrl, "https://shop.example.com"),
            ("SendGrid:ApiKey", "SG.key"), ("SendGrid:Host", server.Address.AbsoluteUri), ("SendGrid:Timeout", "00:00:02"));

        // The campaign is live from the first use on, and mails who becomes a customer after that.
        await app.Services.GetRequiredService<AzureShop>().OpenAsync(TestContext.Current.CancellationToken);
        clock.Advance(TimeSpan.FromMinutes(1));
        return new(app, server, campaigns);
    }

    /// <summary>An order that makes a customer, through HTTP.</summary>
    public async Task OrderAsync(string customer, CancellationToken cancellation)
    {
        using var client = App.Client();
        using var answer = await client.PostAsync(
            "/api/orders",
            new StringContent(
                $$"""{"orderId":"{{customer}}-1","customerId":"{{customer}}","name":"Ann","email":"{{customer}}@example.org","emailConsent":"granted","orderedAt":"2026-01-05T09:00:30Z","status":"paid","currency":"USD","amount":10}""",
                Encoding.UTF8, "application/json"),
            cancellation);
        Assert.True(answer.StatusCode == HttpStatusCode.Accepted, await answer.Content.ReadAsStringAsync(cancellation));
    }

    /// <summary>A customer's mails, as their rows have them.</summary>
    public async Task<IReadOnlyList<Send>> SendsAsync(string customer, CancellationToken cancellation)
    {
        var sends = new List<Send>();
        foreach (var prefix in new[] { CustomerRows.OpenSends, CustomerRows.SettledSends })
        {
            await foreach (var row in App.Store.ReadAllAsync(TableNames.Customers, CustomerRows.Partition(customer), KeyRange.Prefix(prefix), cancellation))
            {
                sends.Add(RowJson.Unpack(row, SegueJson.Default.Send));
            }
        }

        return sends;
    }

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        await Server.DisposeAsync();
        _campaigns.Dispose();
    }

    private static void Write(TemporaryFolder folder, string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(folder.File(path))!);
        File.WriteAllText(folder.File(path), text);
    }
}
