using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Segue.Campaigns;
using Segue.Files;
using Segue.Functions.Hosting;
using Segue.Http;
using Segue.Http.Calls;
using Segue.Http.Campaigns;
using Segue.Http.Codes;
using Segue.Http.Customers;
using Segue.Http.Events;
using Segue.Http.Health;
using Segue.Http.Journeys;
using Segue.Http.Orders;
using Segue.Http.Products;
using Segue.Http.Reports;
using Segue.Http.Surveys;
using Segue.Http.Unsubscribe;
using Segue.Http.Webhooks;
using Segue.Http.Webhooks.Outgoing;
using Segue.Ports;

namespace Segue.Functions;

/// <summary>The engine on the ports, and what its endpoints need.</summary>
public static class ProductServices
{
    /// <summary>Adds the product. The campaigns are read here, so that an app with a wrong file does not start.</summary>
    /// <exception cref="InvalidDataException">The campaigns are not valid; the message says where and why.</exception>
    public static IServiceCollection AddSegueProduct(this IServiceCollection services, IConfiguration settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        services.AddSegueHttp().AddSingleton(Campaigns(settings)).AddSingleton(Adapted(settings))
            .AddSingleton(s => new EnginePorts(
                s.GetRequiredService<ITableStore>(), s.GetRequiredService<IMessageBus>(), s.GetRequiredService<IEmailSender>(),
                s.GetRequiredService<TimeProvider>())
            {
                Webhooks = s.GetRequiredService<HttpWebhookCaller>(),
            })
            .AddSingleton<HttpWebhookCaller>()
            .AddSingleton<AzureShop>()
            .AddSingleton<SegueRoutes>().AddSingleton<QueueRunner>().AddSingleton<TimerRunner>()
            .AddSingleton(s => s.GetRequiredService<AzureShop>().Engine)
            .AddSingleton(s => s.GetRequiredService<AzureShop>().Publisher)
            .AddSingleton<IOrderIntake, OrderRequests>()
            .AddSingleton<IEventIntake, EventRequests>()
            .AddSingleton<ICallDesk, CallDesk>()
            .AddSingleton<ICampaignDesk, CampaignDesk>()
            .AddSingleton<ICodes, CodeDirectory>()
            .AddSingleton<ICustomerDirectory, CustomerDirectory>()
            .AddSingleton<IProductIntake, ProductRequests>()
            .AddSingleton<ISurveys, SurveysByLink>()
            .AddSingleton<IMailPreviews, EnginePreviews>()
            .AddSingleton<IJourneyControl, JourneyControl>()
            .AddSingleton<IUnsubscribe, UnsubscribeByLink>()
            .AddSingleton<IMailReports, MailReports>()
            .AddSingleton<IHealthProbe, StoreProbe>()
            .AddSingleton<IShopReports, ShopReports>()
            .AddSingleton<IShopInsights, EngineInsights>();
        return services;
    }

    private static CampaignSet Campaigns(IConfiguration settings)
    {
        var folder = settings[AppSettings.Campaigns] is { Length: > 0 } named ? named : Path.Combine(AppContext.BaseDirectory, "Campaigns");
        var errors = new FileErrors();
        var set = CampaignFolder.Load(CampaignFiles.Read(folder, errors), errors) ?? throw new InvalidDataException(
            string.Join(Environment.NewLine, errors.Errors.Select(e => e.ToString()).Prepend($"The campaigns in {folder} are not valid:")));
        return Adapted(settings)(set);
    }

    /// <summary>What the app's settings change of a folder, also of one that is published later.</summary>
    private static Func<CampaignSet, CampaignSet> Adapted(IConfiguration settings) => set =>
        settings[AppSettings.PublicUrl] is { Length: > 0 } url ? set with { Settings = set.Settings with { PublicUrl = new Uri(url) } } : set;
}
