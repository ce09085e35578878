namespace Segue.Browser.Tests;

/// <summary>The dashboard's views, each with how its address is found on the served shop.</summary>
internal static class Views
{
    public static readonly string[] All = ["overview", "segments", "value", "journeys", "journey", "experiments", "calls", "simulate", "look-up", "customer"];

    public static readonly int[] Widths = [390, 1024, 1600];

    /// <summary>A journey that has people in it, as the demo shop's core reactivation has.</summary>
    public const string Journey = "core-reactivation";

    /// <summary>The address of a view.</summary>
    public static async Task<string> AddressAsync(this ServedShop shop, string view) => view switch
    {
        "overview" => "/dashboard",
        "journey" => $"/dashboard/journeys/{Journey}",
        "look-up" => "/dashboard/customers",
        "customer" => $"/dashboard/customers/{Uri.EscapeDataString(await shop.SomeoneAsync())}",
        _ => $"/dashboard/{view}",
    };

    /// <summary>A customer who was mailed lately.</summary>
    public static async Task<string> SomeoneAsync(this ServedShop shop) =>
        (await shop.GetAsync("/api/reports/overview")).GetProperty("lately")[0].GetProperty("customerId").GetString()!;
}
