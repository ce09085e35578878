using System.Net;
using Azure.Core;
using Azure.Data.Tables;
using Azure.Identity;
using Azure.Messaging.ServiceBus;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Segue.Functions.Email;
using Segue.Functions.ServiceBus;
using Segue.Functions.Tables;
using Segue.Ports;

namespace Segue.Functions;

/// <summary>The four ports on Azure and SendGrid.</summary>
public static class AzureServices
{
    private static readonly TimeSpan TableTimeout = TimeSpan.FromSeconds(30);

    /// <summary>Adds the ports, as the app's settings say.</summary>
    public static IServiceCollection AddSegueAzure(this IServiceCollection services, IConfiguration settings)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<ITableStore>(_ => new AzureTableStore(Tables(settings, retries: 3), Tables(settings, retries: 0)));
        services.AddSingleton(_ => ServiceBus(settings));
        services.AddSingleton<IMessageBus, ServiceBusMessageBus>();
        services.Configure<SendGridSettings>(settings.GetSection(AppSettings.SendGrid));
        services.AddHttpClient(SendGridSender.ClientName, (s, client) =>
                client.Timeout = settings.GetSection(AppSettings.SendGrid).Get<SendGridSettings>()?.Timeout ?? new SendGridSettings().Timeout)
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                AutomaticDecompression = DecompressionMethods.All,
                PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            });
        services.AddSingleton<IEmailSender, SendGridSender>();
        return services;
    }

    private static TableServiceClient Tables(IConfiguration settings, int retries)
    {
        var options = new TableClientOptions();
        options.Retry.MaxRetries = retries;
        options.Retry.NetworkTimeout = TableTimeout;
        return settings[AppSettings.Tables] is { Length: > 0 } connection
            ? new(connection, options)
            : new(new Uri(Needed(settings, $"{AppSettings.Tables}:serviceUri")), Credential(settings), options);
    }

    private static ServiceBusClient ServiceBus(IConfiguration settings)
    {
        var options = new ServiceBusClientOptions { RetryOptions = { TryTimeout = TimeSpan.FromSeconds(20) } };
        return settings[AppSettings.ServiceBus] is { Length: > 0 } connection
            ? new(connection, options)
            : new(Needed(settings, $"{AppSettings.ServiceBus}:fullyQualifiedNamespace"), Credential(settings), options);
    }

    private static DefaultAzureCredential Credential(IConfiguration settings) => new(new DefaultAzureCredentialOptions
    {
        ManagedIdentityClientId = settings[AppSettings.ClientId],
    });

    private static string Needed(IConfiguration settings, string name) => settings[name] is { Length: > 0 } value
        ? value
        : throw new InvalidOperationException(
            $"The setting {name.Replace(":", "__", StringComparison.Ordinal)} is missing; local.settings.sample.json shows it.");
}
