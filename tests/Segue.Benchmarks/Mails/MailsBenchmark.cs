using System.Globalization;
using System.Text;
using Segue.Benchmarks.Engine;
using Segue.Benchmarks.Running;
using Segue.Email;

namespace Segue.Benchmarks.Mails;

/// <summary>A shipped mail rendered with its layout, offer and plain-text part.</summary>
internal sealed class MailsBenchmark : IBenchmark
{
    private static readonly CompositeFormat Plain = CompositeFormat.Parse("<p>Hello {0}, take {1}% off with {2} until {3}. <a href=\"{4}\">Unsubscribe</a>, {5}</p>");

    public string Name => "mails";

    public async Task<Finding?> RunAsync(Settings settings, CancellationToken cancellation)
    {
        var set = BenchmarkCampaigns.Shipped();
        var template = set.Emails["five-percent"].For(null);
        var mailSettings = set.Settings with
        {
            From = set.Settings.From ?? "hello@example.com", PostalAddress = set.Settings.PostalAddress ?? "1 Example Street", ShopUrl = set.Settings.ShopUrl ?? new("https://shop.example.com"),
        };
        var count = settings.Pick(20, 2000, 20_000);
        var until = new DateTimeOffset(2026, 3, 14, 9, 0, 0, TimeSpan.Zero);
        EmailContent Content(int i) => new()
        {
            SendId = "s" + i.ToString(CultureInfo.InvariantCulture), To = "anna@example.com", Name = "Anna", Topic = "offers",
            UnsubscribeUrl = new("https://segue.example.com/u/1"), Offer = new("CODE-" + i.ToString(CultureInfo.InvariantCulture), 5, null, until),
        };
        long length = 0;
        var rounds = await Turns.TakeAsync(
            settings.Rounds,
            () => Turns.TimeAsync(() =>
            {
                for (var i = 0; i < count; i++)
                {
                    length += EmailRenderer.Render(template, mailSettings, Content(i)).Html.Length;
                }

                return Task.CompletedTask;
            }),
            () => Turns.TimeAsync(() =>
            {
                for (var i = 0; i < count; i++)
                {
                    length += string.Format(CultureInfo.InvariantCulture, Plain, "Anna", 5, i, until, "https://segue.example.com/u/1", "1 Example Street").Length;
                }

                return Task.CompletedTask;
            }));
        return new()
        {
            Name = Name, Work = "Mails rendered: HTML in its layout and the plain text made of it", Beside = "string.Format of one paragraph", Ratios = rounds.Ratios(),
            Figures = new Dictionary<string, double>
            {
                ["mails/s, one thread"] = count / Statistics.Median(rounds.Select(r => r.Ours)),
                ["string.Format/s"] = count / Statistics.Median(rounds.Select(r => r.Theirs)),
                ["characters rendered"] = length,
            },
        };
    }
}
