using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
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

namespace Segue.Tests.Support;

/// <summary>Every endpoint over a whole engine in memory, without a socket.</summary>
internal sealed class ApiHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ApiHost(WebApplication app, TestShop shop)
    {
        (_app, Shop) = (app, shop);
        Client = app.GetTestServer().CreateClient();
    }

    public TestShop Shop { get; }

    public HttpClient Client { get; }

    /// <summary>Every route.</summary>
    public IEnumerable<RouteEndpoint> Endpoints => ((IEndpointRouteBuilder)_app).DataSources.SelectMany(d => d.Endpoints).OfType<RouteEndpoint>();

    /// <summary>Every line that was logged.</summary>
    public RecordedLog Log { get; private init; } = null!;

    public static async Task<ApiHost> StartAsync(TestShop shop, params (string Name, string Value)[] settings)
    {
        var log = new RecordedLog();
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Trace).AddProvider(log);
        builder.Configuration.AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Name, (string?)s.Value)));
        builder.Services.AddSegueHttp().AddSingleton(shop.Engine).AddSingleton(shop.Set).AddSingleton(shop.Engine.Ports.Clock).AddSingleton(shop.Engine.Ports.Store)
            .AddSingleton<IOrderIntake, OrderRequests>().AddSingleton<IEventIntake, EventRequests>().AddSingleton<ICallDesk, CallDesk>()
            .AddSingleton(shop.Publisher).AddSingleton<ICampaignDesk, CampaignDesk>()
            .AddSingleton<ICodes, CodeDirectory>().AddSingleton<ICustomerDirectory, CustomerDirectory>().AddSingleton<IProductIntake, ProductRequests>()
            .AddSingleton<ISurveys, SurveysByLink>().AddSingleton<IMailPreviews, EnginePreviews>().AddSingleton<IJourneyControl, JourneyControl>()
            .AddSingleton<IUnsubscribe, UnsubscribeByLink>().AddSingleton<IMailReports, MailReports>().AddSingleton<IHealthProbe, StoreProbe>()
            .AddSingleton<IShopReports, ShopReports>().AddSingleton<IShopInsights, EngineInsights>();
        var app = builder.Build();
        app.MapSegue();
        await app.StartAsync(TestContext.Current.CancellationToken);
        app.GetTestServer().PreserveExecutionContext = true;
        return new(app, shop) { Log = log };
    }

    /// <summary>All that is kept and all that is on its way, as one text: equal before and after means that nothing was kept.</summary>
    public string Fingerprint() => string.Join('\n', Shop.Rows.AllRows()
        .Select(r => $"{r.Table}|{r.Row.Partition}|{r.Row.Key}|{r.Row.ETag}").Order(StringComparer.Ordinal).Append($"bus {Shop.Bus.Count}"));

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }
}
