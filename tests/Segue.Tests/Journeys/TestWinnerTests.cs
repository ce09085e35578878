using Segue.Measurement;
using Segue.Tests.Support;
using static Segue.Tests.Support.TestShop;

namespace Segue.Tests.Journeys;

/// <summary>A test that asks for a winner gets one when it is due, and whoever comes after takes its steps.</summary>
public sealed class TestWinnerTests
{
    private const string Steps = """
          - test: { name: tone, variants: { warm: 50, cool: 50 }, winner: conversion }
            warm: [ { id: warm, send: { email: hello, topic: offers } } ]
            cool: [ { id: cool, send: { email: hello, topic: offers } } ]
          - wait: { for: 9d }
        """;

    private const int Customers = 500;

    [Theory]
    [InlineData("3d", 1, 2)]
    [InlineData("60d", 2, 2)]
    public async Task Test_OneVariantSells_WinsAfterAWholeGoalWindow(string within, int variantsAtFour, int variantsAtTwo)
    {
        var shop = await OpenAsync(TestCampaigns.Journey(Steps, enter: "event: go", head: $"goal: {{ event: order, within: {within} }}"));
        for (var c = 0; c < Customers; c++)
        {
            shop.Order($"c{c:D3}", 0).Event($"c{c:D3}", 1, "go");
        }

        await shop.RunAsync(1.2);
        foreach (var warm in shop.Sent().Where(s => s.Step == "warm").Where((_, i) => i % 2 == 0))
        {
            shop.Order(warm.Customer, 1.5);
        }

        await shop.RunAsync(1.8);
        Come(shop, "two", 2);
        Come(shop, "four", 4.5);
        await shop.RunAsync(5);
        Assert.Equal(variantsAtTwo, VariantsOf(shop, "two"));
        Assert.Equal(variantsAtFour, VariantsOf(shop, "four"));
        if (variantsAtFour == 1)
        {
            Assert.All(shop.Sent().Where(s => s.Customer.StartsWith("four", StringComparison.Ordinal)), s => Assert.Equal("warm", s.Step));
            Assert.Equal("tone:warm", shop.Sends("four0")[0].Variant);
            Assert.Equal("warm", Assert.Single((await shop.Catalog.CurrentAsync(TestContext.Current.CancellationToken)).Winners).Value);
        }
    }

    private static void Come(TestShop shop, string group, double day)
    {
        for (var c = 0; c < 20; c++)
        {
            shop.Order($"{group}{c}", day - 0.1).Event($"{group}{c}", day, "go");
        }
    }

    private static int VariantsOf(TestShop shop, string group) =>
        shop.Sent().Where(s => s.Customer.StartsWith(group, StringComparison.Ordinal)).Select(s => s.Step).Distinct().Count();
}
