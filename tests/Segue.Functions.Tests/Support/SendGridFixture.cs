using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Segue.Ports;

namespace Segue.Functions.Tests.Support;

/// <summary>The sender as the app composes it, pointed at a server of this machine.</summary>
internal sealed class SendGridFixture : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public SendGridFixture(TimeProvider clock, params (string Name, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["SendGrid:ApiKey"] = "SG.key",
            ["SendGrid:Host"] = Server.Address.AbsoluteUri,
            [AppSettings.Tables] = "UseDevelopmentStorage=true",
            ["SendGrid:Timeout"] = "00:00:02",
        }).AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Name, (string?)s.Value))).Build();
        _services = new ServiceCollection().AddLogging().AddSingleton(clock).AddSegueAzure(configuration).BuildServiceProvider();
    }

    public MailServer Server { get; } = new();

    public IEmailSender Sender => _services.GetRequiredService<IEmailSender>();

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await Server.DisposeAsync();
    }
}
