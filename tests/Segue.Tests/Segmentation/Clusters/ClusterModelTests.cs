using System.Text.Json;
using Segue.Customers;
using Segue.Segmentation;
using Segue.Segmentation.Clusters;
using Segue.Tests.Segmentation.Predictions;

namespace Segue.Tests.Segmentation.Clusters;

public sealed class ClusterModelTests
{
    private static readonly DateTimeOffset Now = Given.Start.AddDays(400);

    [Fact]
    public void Of_ThreeKindsOfCustomers_FindsAndNamesThem()
    {
        var calibration = Calibrate(Kinds(1));
        var model = calibration.Clusters!;
        Assert.Equal((3, 3), (model.K, model.Clusters.Count));
        Assert.Equal([3, 4, 5, 6, 7, 8], model.Table.Select(t => t.K));
        Assert.Equal(model.Table.MaxBy(t => t.Silhouette)!.K, model.K);
        Assert.Equal(1, model.Clusters.Sum(c => c.Share), 3);
        Assert.Equal(3, model.Clusters.Select(c => c.Name).Distinct().Count());
        var rich = model.Clusters.MaxBy(c => c.Typical["averageOrder"])!;
        Assert.InRange(rich.Typical["averageOrder"], 350, 450);
        Assert.Contains("arge orders", rich.Name, StringComparison.Ordinal);
        Assert.Equal("3", string.Join("", Kinds(1).Where(k => k.Kind == 2).Select(k => ClusterModel.Of(k.Customer, calibration)).Distinct().Select(id => id == rich.Id ? "3" : id)));
        Assert.Equal(2, model.Map!.Axes.Count);
        Assert.Equal(1, model.Map.Shares.Sum(), 0.35);
        Assert.Equal(400, model.Map.Points.Count);
    }

    [Fact]
    public void Of_TheNextMonth_KeepsTheIdsOfGroupsThatAreTheSame()
    {
        var first = Calibrate(Kinds(1));
        var again = Calibrate(Kinds(2, [100, 300, 200], 30), Now.AddDays(30), first);
        Assert.Equal(Now.AddDays(30), again.Clusters!.MadeAt);
        Assert.NotEqual(first.Clusters!.Clusters.Select(c => c.Id), again.Clusters.Clusters.Select(c => c.Id));
        for (var kind = 0; kind < 3; kind++)
        {
            Assert.Equal(ClusterModel.Of(Kinds(2).First(k => k.Kind == kind).Customer, first), ClusterModel.Of(Kinds(2, null, 30).First(k => k.Kind == kind).Customer, again));
        }

        Assert.Equal(first.Clusters.NextId, again.Clusters.NextId);
    }

    [Fact]
    public void Of_AGroupThatGivesWayToAnother_HasANewId()
    {
        var three = new ClusterSettings { From = 3, To = 3 };
        var first = Calibrate(Kinds(1), settings: three);
        var later = Calibrate([.. Kinds(3, null, 30).Select(k => k.Kind == 2 ? k with { Customer = Customer(0.4, 2, 8, 30) } : k)], Now.AddDays(30), first, three);
        var gone = ClusterModel.Of(Kinds(1).First(k => k.Kind == 2).Customer, first);
        Assert.DoesNotContain(gone, later.Clusters!.Clusters.Select(c => c.Id));
        Assert.Contains("4", later.Clusters.Clusters.Select(c => c.Id));
        Assert.Equal(ClusterModel.Of(Kinds(1).First(k => k.Kind == 1).Customer, first), ClusterModel.Of(Kinds(3, null, 30).First(k => k.Kind == 1).Customer, later));
    }

    [Fact]
    public void Of_ACalibrationWithinAMonth_PutsCustomersIntoTheClustersThereAre()
    {
        var first = Calibrate(Kinds(1));
        var soon = Calibrate(Kinds(2, [300, 10, 10]), Now.AddDays(27), first);
        Assert.Equal(JsonSerializer.Serialize(first.Clusters), JsonSerializer.Serialize(soon.Clusters));
        var asked = Calibrate(Kinds(2), Now.AddDays(7), first, new() { Features = ["orders", "averageOrder"] });
        Assert.Equal(Now.AddDays(7), asked.Clusters!.MadeAt);
        var named = Calibrate(Kinds(2), Now.AddDays(7), first, new() { Names = new Dictionary<string, string> { ["2"] = "Luxury seekers" } });
        Assert.Equal("Luxury seekers", named.Clusters!.Clusters.Single(c => c.Id == "2").Name);
    }

    [Fact]
    public void Of_TooFewCustomers_SaysSo()
    {
        var calibration = Calibrate(Kinds(1, [20, 20, 19]));
        Assert.Null(calibration.Clusters);
        Assert.Contains("Clusters need 60 customers who are not churned; there are 59.", calibration.Remarks);
    }

    [Fact]
    public void Of_CustomersWhoAreAllAlike_SaysSo()
    {
        var calibration = Calibrate([.. Enumerable.Range(0, 300).Select(i => new Member($"c{i}", 0, Customer(30, 3, 10)))]);
        Assert.Null(calibration.Clusters);
        Assert.Contains(calibration.Remarks, r => r.StartsWith("There are no clusters.", StringComparison.Ordinal));
    }

    [Fact]
    public void Of_OneCloud_PublishesNone()
    {
        var random = new Random(4);
        var calibration = Calibrate([.. Enumerable.Range(0, 600).Select(i => new Member(
            $"c{i}", 0, new() { Attributes = Enumerable.Range(0, 6).ToDictionary(a => $"a{a}", _ => random.Next(1000).ToString(null as IFormatProvider)), Purchases = Customer(30, 3, 10).Purchases }))],
            settings: new() { Features = [.. Enumerable.Range(0, 6).Select(a => $"attribute.a{a}")] });
        Assert.Equal((0, 6, 1), (calibration.Clusters!.Clusters.Count, calibration.Clusters.Table.Count, calibration.Clusters.NextId));
        Assert.Contains(calibration.Remarks, r => r.StartsWith("Customers fall into no clear groups", StringComparison.Ordinal));
        Assert.False(Given.Holds("cluster: [1, 2, 3]", Customer(30, 3, 10), calibration));
    }

    [Fact]
    public void ClusterOf_TheChurnedAndTheUnknown_IsNone()
    {
        var calibration = Calibrate(Kinds(1));
        Assert.Null(ClusterModel.Of(Customer(200, 3, 10), calibration));
        Assert.Null(ClusterModel.Of(new(), calibration));
        Assert.Null(ClusterModel.Of(Buyers.Of((450, 10)), calibration));
        Assert.Null(ClusterModel.Of(Customer(30, 3, 10), null));
    }

    [Fact]
    public void ClusterOf_WhoHoldsOne_IsThatUntilTheNextCalibration()
    {
        var calibration = Calibrate(Kinds(1));
        var member = Kinds(1).First(k => k.Kind == 0).Customer;
        Assert.Equal("7", ClusterModel.Of(member with { Held = new("c", "7", null) }, calibration));
        Assert.Null(ClusterModel.Of(member with { Held = new("c", null, null) }, calibration));
        Assert.Equal(ClusterModel.Of(member, calibration), ClusterModel.Of(member with { Held = new("before", "7", null) }, calibration));
        Assert.True(Given.Holds("cluster: 7", member with { Held = new("c", "7", null) }, calibration));
    }

    [Fact]
    public void Sample_OfAShard_IsTheSameWhateverTheOrder()
    {
        var customers = Kinds(5, [200, 200, 200]).Select(k => new SampledCustomer(CustomerSample.DrawOf(k.Id), Stage.Active, BuyerFactsOf(k), [])).ToArray();
        var (one, other) = (new CustomerSample(), new CustomerSample());
        Array.ForEach(customers, c => Offer(one, c));
        new Random(1).Shuffle(customers);
        Array.ForEach(customers, c => Offer(other, c));
        Assert.Equal(CustomerSample.OfShard, one.Customers.Count);
        Assert.Equal(one.Customers.Select(c => c.Draw), other.Customers.Select(c => c.Draw));
        Assert.Equal(customers.Select(c => c.Draw).Order().Take(CustomerSample.OfShard), one.Customers.Select(c => c.Draw));

        static void Offer(CustomerSample sample, SampledCustomer customer)
        {
            if (sample.Wants(customer.Draw))
            {
                sample.Add(customer);
            }
        }
    }

    private static Segue.Segmentation.Predictions.BuyerFacts BuyerFactsOf(Member member) =>
        Segue.Segmentation.Predictions.BuyerFacts.Of(member.Customer.Purchases)!;

    private static Calibration Calibrate(
        IReadOnlyList<Member> members, DateTimeOffset? at = null, Calibration? previous = null, ClusterSettings? settings = null)
    {
        var evaluator = new Evaluator(Given.Segments("segments: [ { id: a } ]"), new(), new(), settings);
        return Buyers.Merged(Buyers.Shards(evaluator, members.Select(m => (m.Id, m.Customer)), at ?? Now)).ToCalibration("c", at ?? Now, false, previous);
    }

    /// <summary>Those who bought lately and little, those who buy often, and those who buy for much.</summary>
    private static List<Member> Kinds(int seed, int[]? sizes = null, int later = 0)
    {
        var random = new Random(seed);
        int[] of = sizes ?? [300, 200, 100];
        return
        [
            .. Enumerable.Range(0, 3).SelectMany(kind => Enumerable.Range(0, of[kind]).Select(i => new Member($"{kind}-{i}", kind, kind switch
            {
                0 => Customer(random.Next(20, 30), 1, random.Next(9, 12), later),
                1 => Customer(random.Next(2, 5), random.Next(18, 22), random.Next(18, 22), later),
                _ => Customer(random.Next(25, 35), random.Next(2, 4), random.Next(380, 420), later),
            }))),
        ];
    }

    /// <summary>Silent for so many days, with so many orders of such an amount.</summary>
    private static CustomerSummary Customer(double silence, int orders, decimal each, int later = 0) =>
        Buyers.Of([.. Enumerable.Range(0, orders).Select(i => (399.5 + later - silence - (8.0 * (orders - 1 - i)), each))]);

    private sealed record Member(string Id, int Kind, CustomerSummary Customer);
}
