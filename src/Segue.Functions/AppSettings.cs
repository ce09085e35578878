namespace Segue.Functions;

/// <summary>
/// Names of the app's settings. Each of the two connections is a connection string, or, with <c>__</c> and what is named here behind
/// it, an address that the app's identity opens. local.settings.sample.json shows them all.
/// </summary>
public static class AppSettings
{
    /// <summary>The Service Bus namespace; <c>__fullyQualifiedNamespace</c>. The Functions host reads it too.</summary>
    public const string ServiceBus = "ServiceBusConnection";

    /// <summary>The storage account of the tables; <c>__serviceUri</c>.</summary>
    public const string Tables = "TableStorage";

    /// <summary>The section of SendGrid's settings.</summary>
    public const string SendGrid = "SendGrid";

    /// <summary>Where customers reach the app, for the links in mails; empty for the campaigns' own <c>publicUrl</c>.</summary>
    public const string PublicUrl = "Segue:PublicUrl";

    /// <summary>The campaigns folder; empty for the one deployed with the app.</summary>
    public const string Campaigns = "Segue:Campaigns";

    /// <summary>Where telemetry goes; empty for nowhere.</summary>
    public const string Monitor = "APPLICATIONINSIGHTS_CONNECTION_STRING";

    /// <summary>The client id of the app's identity, where it has several.</summary>
    public const string ClientId = "AZURE_CLIENT_ID";
}
