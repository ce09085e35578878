using Segue.Http.OpenApi.Operations;

namespace Segue.Http.OpenApi;

/// <summary>All operations, by method and route as <see cref="SegueEndpoints"/> maps them. A test holds the two against each other.</summary>
internal static class ApiOperations
{
    public const string Intake = "Intake";
    public const string Customers = "Customers";
    public const string Calls = "Calls";
    public const string Campaigns = "Campaigns";
    public const string Journeys = "Journeys";
    public const string Reports = "Reports";
    public const string Webhooks = "Webhooks";
    public const string Links = "Links";
    public const string Pages = "Pages";

    /// <summary>The groups, in the order in which they are shown.</summary>
    public static IReadOnlyList<(string Name, string Description)> Tags { get; } =
    [
        (Intake, "What the shop's systems and pages send: orders, events, products."),
        (Customers, "One customer at a time."),
        (Calls, "The agents' lists, and codes for the checkout."),
        (Campaigns, "The whole campaigns folder: what is and was in force, and putting another in force."),
        (Journeys, "Journeys: how they stand, whom they would mail, and their switches."),
        (Reports, "What was done and what came of it."),
        (Webhooks, "What shops, payment and mail services call, signed by themselves."),
        (Links, "What customers reach by the links of their mails."),
        (Pages, "The dashboard, and whether the app is well."),
    ];

    /// <summary>The operations.</summary>
    public static IReadOnlyDictionary<string, ApiOperation> All { get; } =
        new[] { IntakeOperations.All, CustomerOperations.All, CallOperations.All, CampaignOperations.All, JourneyOperations.All, ReportOperations.All, WebhookOperations.All, PageOperations.All }
            .SelectMany(o => o).ToDictionary(StringComparer.Ordinal);
}
