using Microsoft.Extensions.Logging.Abstractions;
using Segue.Local.Commands;
using Segue.Local.Shop;

namespace Segue.Tests.Local.Shop;

/// <summary>A data folder and a campaigns folder of a test's own, worked through the real command line.</summary>
internal sealed class ShopFolder : IDisposable
{
    public const string Segments = """
        segments:
          - { id: quiet, name: Quiet, when: { daysSinceLastOrder: ">= 60" } }
          - { id: other, name: Everyone else }
        """;

    public const string Journey = """
        id: wake
        name: Wake the quiet ones
        enter: { segment: quiet, existing: include, reentry: always }
        goal: { event: order, within: 28d }
        exitWhen: [ { event: order } ]
        steps:
          - send: { email: hello, topic: offers }
        """;

    private const string Settings = """
        shopName: Test shop
        currency: USD
        from: hello@example.com
        postalAddress: 1 Example Street
        """;

    public ShopFolder()
    {
        Root = Directory.CreateTempSubdirectory("segue-").FullName;
        Write("campaigns/segments.yaml", Segments);
        Write("campaigns/settings.yaml", Settings);
        Write("campaigns/journeys/wake.yaml", Journey);
        Write("campaigns/emails/hello.hbs", "---\nsubject: Hello\n---\n<p>Hello</p>\n");
    }

    public string Root { get; }

    public string Data => Path.Combine(Root, "data");

    public string Campaigns => Path.Combine(Root, "campaigns");

    public ManualClock Clock { get; } = new(new(2026, 6, 15, 10, 0, 0, TimeSpan.Zero));

    public string Output { get; private set; } = "";

    public string Error { get; private set; } = "";

    public LocalShopOpener Opener => new(Clock, NullLoggerFactory.Instance) { DemoCustomers = 40 };

    public string Write(string name, string text)
    {
        var path = Path.Combine(Root, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>Runs a command on the two folders.</summary>
    public async Task<int> RunAsync(params string[] words)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await new SegueCommandLine(Opener, Clock, new(output, error, TextReader.Null))
            .RunAsync([.. words, "--data", Data, "--campaigns", Campaigns]);
        (Output, Error) = (output.ToString(), error.ToString());
        return code;
    }

    public Task<IShop> OpenAsync(bool writes) =>
        Opener.OpenAsync(new(Data, Campaigns, writes), TestContext.Current.CancellationToken);

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
