using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Segue.Http.Calls;
using Segue.Http.Campaigns;
using Segue.Http.Codes;
using Segue.Http.Customers;
using Segue.Http.Dashboard;
using Segue.Http.Events;
using Segue.Http.Guarding;
using Segue.Http.Health;
using Segue.Http.Journeys;
using Segue.Http.OpenApi;
using Segue.Http.Orders;
using Segue.Http.Products;
using Segue.Http.Reports;
using Segue.Http.Simulations;
using Segue.Http.Surveys;
using Segue.Http.Unsubscribe;
using Segue.Http.Webhooks;
using Segue.Http.Webhooks.SendGrid;
using Segue.Http.Webhooks.Shops;

namespace Segue.Http;

/// <summary>Maps every route of Segue.</summary>
public static class SegueEndpoints
{
    /// <summary>
    /// Adds what the endpoints need of the web framework. What they need of the product, the host adds:
    /// <see cref="IOrderIntake"/>, <see cref="IEventIntake"/>, <see cref="ICustomerDirectory"/>, <see cref="IShopReports"/>, <see cref="IShopInsights"/>,
    /// <see cref="IJourneyControl"/>, <see cref="ICampaignDesk"/>, <see cref="IUnsubscribe"/>, <see cref="IMailReports"/> and <see cref="IHealthProbe"/>.
    /// </summary>
    public static IServiceCollection AddSegueHttp(this IServiceCollection services)
    {
        services.AddProblemDetails();
        services.AddSingleton<CallLimits>().AddSingleton<RequestGuard>();
        services.AddSingleton<SimulationTurn>();
        return services;
    }

    /// <summary>
    /// Maps the routes. Those marked <see cref="OpenToAll"/> are for the whole world (people's links and monitors); all
    /// others are the shop's own, and the host decides who may call them.
    /// </summary>
    public static IEndpointRouteBuilder MapSegue(this IEndpointRouteBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var routes = Guarded(builder);
        routes.MapPost("/api/orders", PostOrders.HandleAsync);
        routes.MapPost("/api/events", PostEvents.HandleAsync);
        routes.MapPost("/api/browser/events", PostBrowserEvents.HandleAsync).WithMetadata(new OpenToAll());
        routes.MapMethods("/api/browser/events", ["OPTIONS"], PostBrowserEvents.PreflightAsync).WithMetadata(new OpenToAll());
        routes.MapPut("/api/customers/{**id}", PutCustomer.HandleAsync);
        routes.MapGet("/api/customers/{**id}", GetCustomer.HandleAsync);
        routes.MapDelete("/api/customers/{**id}", DeleteCustomer.HandleAsync);
        routes.MapGet("/api/customers/{id}/export", GetCustomerExport.HandleAsync);
        routes.MapGet("/api/calibration", GetCalibration.HandleAsync);
        routes.MapGet("/api/calls", GetCalls.HandleAsync);
        routes.MapPost("/api/calls/{id}/outcome", PostCallOutcome.HandleAsync);
        routes.MapGet("/api/campaigns", CampaignRoutes.GetAsync);
        routes.MapPut("/api/campaigns", CampaignRoutes.PutAsync);
        routes.MapGet("/api/campaigns/{version}", CampaignRoutes.GetVersionAsync);
        routes.MapPost("/api/campaigns/revert", CampaignRoutes.RevertAsync);
        routes.MapGet("/api/codes/{code}", GetCode.HandleAsync);
        routes.MapPut("/api/products", PutProducts.HandleAsync);
        routes.MapGet("/api/segments", GetSegments.HandleAsync);
        routes.MapGet("/api/segments/map", GetSegmentMap.HandleAsync);
        routes.MapPost("/api/simulations", PostSimulation.HandleAsync);
        routes.MapGet("/api/journeys", GetJourneys.HandleAsync);
        routes.MapGet("/api/journeys/{id}", GetJourney.HandleAsync);
        routes.MapGet("/api/journeys/{id}/forecast", GetForecast.HandleAsync);
        routes.MapGet("/api/journeys/{id}/people", GetPeople.HandleAsync);
        routes.MapGet("/api/journeys/{id}/steps/{step}/preview", GetPreview.HandleAsync);
        routes.MapPost("/api/journeys/{id}/archive", PostSwitch.To(SwitchTo.Archived, "archived"));
        routes.MapPost("/api/journeys/{id}/golive", PostSwitch.To(SwitchTo.Live, "live"));
        routes.MapPost("/api/journeys/{id}/pause", PostSwitch.To(SwitchTo.Paused, "paused"));
        routes.MapPost("/api/journeys/{id}/resume", PostSwitch.To(SwitchTo.Resumed, "live"));
        routes.MapPost("/api/cloudevents", PostCloudEvents.HandleAsync);
        routes.MapPost("/api/shopify/orders", PostShopOrders.ShopifyAsync).WithMetadata(new OpenToAll());
        routes.MapPost("/api/stripe/events", PostShopOrders.StripeAsync).WithMetadata(new OpenToAll());
        routes.MapPost("/api/woocommerce/orders", PostShopOrders.WooCommerceAsync).WithMetadata(new OpenToAll());
        routes.MapPost("/api/sendgrid/events", PostSendGridEvents.HandleAsync).WithMetadata(new OpenToAll());
        routes.MapGet("/api/reports/overview", ReportRoutes.OverviewAsync);
        routes.MapGet("/api/reports/experiments", ReportRoutes.ExperimentsAsync);
        routes.MapGet("/api/reports/journeys", ReportRoutes.JourneysAsync);
        routes.MapGet("/api/reports/journeys/{id}", ReportRoutes.JourneyAsync);
        routes.MapGet("/api/reports/movements", ReportRoutes.MovementsAsync);
        routes.MapGet("/api/openapi.json", new GetOpenApi(builder).Handle).WithMetadata(new OpenToAll());
        routes.MapGet("/overview", GetDashboard.PlainAsync);
        routes.MapGet("/dashboard/{**path}", GetDashboard.Handle).WithMetadata(new OpenToAll());
        // With what stands behind it: where a key is wanted, it may be there.
        routes.MapGet("/", (HttpRequest request) => Results.Redirect($"/dashboard{request.QueryString}"));
        routes.MapGet("/health", GetHealth.HandleAsync).WithMetadata(new OpenToAll());
        routes.MapGet("/survey/{token}", SurveyRoutes.GetAsync).WithMetadata(new OpenToAll());
        routes.MapPost("/survey/{token}", SurveyRoutes.PostAsync).WithMetadata(new OpenToAll());
        routes.MapGet("/unsubscribe/{token}", GetUnsubscribe.HandleAsync).WithMetadata(new OpenToAll());
        routes.MapPost("/unsubscribe/{token}", PostUnsubscribe.HandleAsync).WithMetadata(new OpenToAll());
        return builder;
    }

    /// <summary>Routes that the guard stands before, and that the description holds.</summary>
    private static RouteGroupBuilder Guarded(IEndpointRouteBuilder builder)
    {
        var routes = builder.MapGroup("").WithMetadata(new Described());
        ((IEndpointConventionBuilder)routes).Finally(endpoint =>
        {
            var answer = endpoint.RequestDelegate!;
            endpoint.RequestDelegate = context => context.RequestServices.GetRequiredService<RequestGuard>().InvokeAsync(context, answer);
        });
        return routes;
    }
}

/// <summary>Marks an endpoint that needs no key and no trusted network.</summary>
public sealed class OpenToAll;
