using Segue.Customers;
using Segue.Journeys;
using Segue.Storage;

namespace Segue.Browser.Tests;

public sealed class ExperimentsTests(ServedShop shop)
{
    [Fact]
    public async Task AtAGlance_ListsTheExperimentsOfTheApi()
    {
        await using var screen = await shop.OpenAsync();
        await screen.GoAsync("/dashboard/experiments");
        var told = (await shop.GetAsync("/api/reports/experiments")).GetProperty("journeys").EnumerateArray()
            .SelectMany(j => j.GetProperty("experiments").EnumerateArray().Select(e => (Journey: j, Experiment: e))).ToList();
        var shown = await screen.TableAsync("Experiments");

        Assert.NotEmpty(told);
        Assert.Equal(told.Count, shown.Count);
        Assert.All(told.Zip(shown), pair =>
        {
            Assert.Equal(pair.First.Journey.GetProperty("name").GetString() + pair.First.Experiment.GetProperty("name").GetString(), pair.Second[0]);
            Assert.Equal(pair.First.Experiment.GetProperty("arms").EnumerateArray().Sum(a => a.GetProperty("customers").GetDecimal()), Screen.Number(pair.Second[2]));
        });
    }

    [Fact]
    public async Task Arms_OfAHoldout_CountTheCustomersOfTheRows()
    {
        await using var screen = await shop.OpenAsync();
        await screen.GoAsync($"/dashboard/journeys/{Views.Journey}");
        var runs = shop.Rows().Where(r => r.Table == Tables.Customers && (r.Row.Key.StartsWith(CustomerRows.Enrolments, StringComparison.Ordinal)
                || r.Row.Key.StartsWith(CustomerRows.EndedEnrolments, StringComparison.Ordinal)))
            .Select(r => (Customer: r.Row.Partition, Run: RowJson.Unpack(r.Row, SegueJson.Default.Enrolment)))
            .Where(r => r.Run.Journey == Views.Journey && r.Run.Reachable).ToList();
        var arms = (await screen.TableAsync("Arms of Let in against held out")).ToDictionary(r => r[0].Split(' ')[0] + r[0].Split(' ')[1], r => r);

        Assert.Equal(runs.Where(r => !r.Run.HeldOut).DistinctBy(r => r.Customer).Count(), Screen.Number(arms.Single(a => a.Key.StartsWith("Let", StringComparison.Ordinal)).Value[1]));
        Assert.Equal(runs.Where(r => r.Run.HeldOut).DistinctBy(r => r.Customer).Count(), arms.Where(a => a.Key.StartsWith("Held", StringComparison.Ordinal)).Sum(a => Screen.Number(a.Value[1])));
    }
}
