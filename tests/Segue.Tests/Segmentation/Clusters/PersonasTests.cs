using Segue.Customers;
using Segue.Segmentation.Clusters;
using Segue.Tests.Support;
using static Segue.Tests.Support.TestShop;

namespace Segue.Tests.Segmentation.Clusters;

public sealed class PersonasTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task MakeAsync_OfSegments_ShowsDistributionsWithWhatTheyRestOn()
    {
        var shop = await OpenAsync(new TestCampaigns { Segments = "segments: [ { id: big, name: Big, when: { totalSpend: '>= 50' } }, { id: small, name: Small } ]" });
        for (var c = 0; c < 20; c++)
        {
            var attributes = new Dictionary<string, string> { ["gender"] = c % 4 == 0 ? "m" : "f", ["note"] = $"text {c}" };
            if (c >= 10)
            {
                attributes["age"] = $"{20 + c}";
            }

            await shop.Engine.Import.ImportAsync($"c{c}", new CustomerFacts { Attributes = attributes }, [], Cancellation);
            shop.Order($"c{c}", 1, c < 5 ? 10 : 60 + c);
        }

        await shop.RunAsync(2);
        var personas = await Personas.MakeAsync(shop.Store, await shop.Catalog.CurrentAsync(Cancellation), shop.Now, Cancellation);
        Assert.Empty(personas.Clusters);
        Assert.Equal([("big", "Big", 15), ("small", "Small", 5)], personas.Segments.Select(p => (p.Id, p.Name, p.Customers)));

        var traits = personas.Segments[0].Traits.ToDictionary(t => t.Name);
        Assert.Equal([new TraitValue("f", 12), new TraitValue("m", 3)], traits["attribute.gender"].Values);
        Assert.Equal((10, 34m, 32m, 37m), (traits["attribute.age"].Known, traits["attribute.age"].Median!.Value, traits["attribute.age"].Low!.Value, traits["attribute.age"].High!.Value));
        Assert.Equal((15, 72m), (traits["totalSpend"].Known, traits["totalSpend"].Median));
        Assert.Empty(traits["totalSpend"].Values);
        Assert.Equal(5, traits["attribute.note"].Values.Count);
        Assert.DoesNotContain("attribute.age", personas.Segments[1].Traits.Select(t => t.Name));
    }

    [Fact]
    public void Counter_WhatHasATextForEverybody_IsNoTrait()
    {
        var counter = new PersonaCounter("a", "A");
        for (var c = 0; c < 600; c++)
        {
            counter.Add(new() { Attributes = new Dictionary<string, string> { ["token"] = $"t{c}", ["number"] = $"{c}" } });
        }

        var persona = counter.ToPersona();
        Assert.Equal([("attribute.number", 600, 299m)], persona.Traits.Select(t => (t.Name, t.Known, t.Median!.Value)));
    }
}
