using Segue.Files;
using Segue.Segmentation;

namespace Segue.Tests.Segmentation;

public sealed class RuleErrorTests
{
    private const string Rest = "a comparison such as '>= 2', a range such as '1..3', a list, or 'not' before one of these.";

    private const string Forms = "a value is a literal, a list of values (any of them), a comparison such as '>= 2', a range such as "
        + "'10..20', or 'not' before one of these.";

    [Theory]
    [InlineData("ordrs: 1", "ordrs", "Unknown field 'ordrs'. Did you mean 'orders'?")]
    [InlineData("attribute.: 1", "attribute.", "Unknown field 'attribute.'.*")]
    [InlineData("segment: new", "segment", "Unknown field 'segment'.*")]
    [InlineData("nonsense: 1", "nonsense", "Unknown field 'nonsense'. Known are: stage, recency, *all, any, not.")]
    [InlineData("events: viewed", "events", "Found 'viewed'; expected a mapping with name, on, from, to, product, category, where, within, count.")]
    [InlineData("events: { count: 1 }", "events.name", "'name' is missing; expected the event, such as viewed, or a list of them.")]
    [InlineData("events: { name: [] }", "events.name", "Found a list; expected a text or a list of texts.")]
    [InlineData("events: { name: 1st }", "events.name", "Found '1st'; expected the name of an event, such as viewed or added-to-cart.")]
    [InlineData("events: { name: order }", "events.name", "Found 'order'; orders are no events: use fields such as 'orders' and 'daysSinceLastOrder'.")]
    [InlineData("events: { name: viewed, on: saterday }", "events.on", "Found 'saterday'; that is no day. Did you mean 'saturday'?")]
    [InlineData("events: { name: viewed, from: '25:00' }", "events.from", "Found '25:00'; expected a time of day in quotes, such as \"18:00\".")]
    [InlineData("events: { name: viewed, within: 90 }", "events.within", "Found '90'; expected a length of time*")]
    [InlineData("events: { name: viewed, count: many }", "events.count", "Found 'many'; 'events.count' takes a whole number from 0 up, " + Rest)]
    [InlineData("events: { name: viewed, count: '>= 201' }", "events.count", "Found '>= 201'; a rule counts up to 200 events.")]
    [InlineData("events: { name: viewed, where: {} }", "events.where", "Found a mapping; expected a mapping of the event's attributes, such as { rating: \">= 4\" }.")]
    [InlineData("events: { name: viewed, tims: 3 }", "events.tims", "Unknown key 'tims'.*")]
    [InlineData("subscriptionEndsIn: 14d", "subscriptionEndsIn", "Found '14d'; 'subscriptionEndsIn' takes a whole number of days from 0 up, " + Rest)]
    [InlineData("spend: above averag", "spend", "Found 'above averag'; 'spend' takes a rank such as 'top 10%'.*")]
    [InlineData("an: []", "an", "Unknown field 'an'. Did you mean 'any'?")]
    [InlineData("orders: many", "orders", "Found 'many'; 'orders' takes a whole number from 0 up, " + Rest)]
    [InlineData("orders: 1.5", "orders", "Found '1.5'; 'orders' takes a whole number*")]
    [InlineData("orders: -1", "orders", "Found '-1'; 'orders' takes a whole number from 0 up*")]
    [InlineData("orders: '>= x'", "orders", "Found '>= x'; 'orders' takes a whole number*")]
    [InlineData("orders: '>='", "orders", "Found '>='; 'orders' takes a whole number*")]
    [InlineData("orders: '= 3'", "orders", "Found '= 3'; 'orders' takes a whole number*")]
    [InlineData("orders: 3..", "orders", "Found '3..'; 'orders' takes a whole number*")]
    [InlineData("orders: 5..2", "orders", "Found '5..2'; a range goes from the smaller to the larger: '2..5'.")]
    [InlineData("orders: not", "orders", "Found 'not' with nothing after it; write what must not hold, such as 'not 2'.")]
    [InlineData("orders: 'not [1,]'", "orders", "Found '[1,]' after 'not'; a list names one value or more, parted by commas.")]
    [InlineData("orders: 'not [1, x]'", "orders", "Found 'x'; 'orders' takes a whole number*")]
    [InlineData("orders: []", "orders", "Found an empty list; a list names the values of which any may hold.")]
    [InlineData("orders: [1, [2]]", "orders[1]", "Found a list inside a list; a list holds plain values.")]
    [InlineData("orders: [1, x]", "orders", "Found 'x'; 'orders' takes a whole number*")]
    [InlineData("orders: ", "orders", "Found nothing; " + Forms)]
    [InlineData("orders: ~", "orders", "Found '~'; " + Forms)]
    [InlineData("orders: { min: 1 }", "orders", "Found a mapping; " + Forms)]
    [InlineData("totalSpend: 1,000", "totalSpend", "Found '1,000'; 'totalSpend' takes an amount such as 49.90, " + Rest)]
    [InlineData("categoryShare: 60", "categoryShare", "Found '60'; 'categoryShare' takes a share from 0 to 1, or from 0% to 100%, " + Rest)]
    [InlineData("frequency: 4..6", "frequency", "Found '4..6'; 'frequency' takes a score from 1 to 5, " + Rest)]
    [InlineData("daysSinceLastOrder: '>= 60d'", "daysSinceLastOrder", "Found '>= 60d'; 'daysSinceLastOrder' takes a whole number of days from 0 up, " + Rest)]
    [InlineData("daysSinceLastOrder: top 10%", "daysSinceLastOrder", "Found 'top 10%'; 'daysSinceLastOrder' has no ranks. It takes a whole number of days*")]
    [InlineData("spend: 100", "spend", "Found '100'; 'spend' takes a rank such as 'top 10%'. For an amount use 'totalSpend'.")]
    [InlineData("spend: top 10", "spend", "Found 'top 10'; a rank is written 'top 10%' or 'top 10% of new'.")]
    [InlineData("spend: top 10% new", "spend", "Found 'top 10% new'; a rank is written 'top 10%' or 'top 10% of new'.")]
    [InlineData("spend: top 0%", "spend", "Found 'top 0%'; a rank's percentage is over 0 and under 100.")]
    [InlineData("spend: top 100%", "spend", "Found 'top 100%'; a rank's percentage is over 0 and under 100.")]
    [InlineData("spend: top ten%", "spend", "Found 'top ten%'; a rank's percentage is over 0 and under 100.")]
    [InlineData("spend: top 10% of nwe", "spend", "Found 'top 10% of nwe'; 'nwe' is no group that 'spend' is ranked in. Did you mean 'new'?")]
    [InlineData("spend: top 10% of first orders", "spend", "*'first orders' is no group that 'spend' is ranked in. Known are: churned, won back, new, at risk, active.")]
    [InlineData("firstOrderAmount: top 10% of first order", "firstOrderAmount", "*Did you mean 'first orders'?")]
    [InlineData("stage: won-back", "stage", "Found 'won-back'; that is no lifecycle stage. Did you mean 'won back'?")]
    [InlineData("stage: '> new'", "stage", "Found '> new'; that is no lifecycle stage.*")]
    [InlineData("channel: '>= 2'", "channel", "Found '>= 2'; 'channel' takes a text, a list of texts, or 'not' before one of these.")]
    [InlineData("channel: top 10%", "channel", "Found 'top 10%'; 'channel' takes a text, a list of texts, or 'not' before one of these.")]
    [InlineData("attribute.age: '>= x'", "attribute.age", "Found '>= x'; 'attribute.age' takes a number, " + Rest)]
    [InlineData("attribute.age: top 5%", "attribute.age", "Found 'top 5%'; 'attribute.age' has no ranks. It takes a number, a comparison or a range.")]
    [InlineData("reachable: 'yes'", "reachable", "Found 'yes'; 'reachable' is 'true' or 'false'.")]
    [InlineData("tag: silnt", "tag", "Found 'silnt'; there is no such tag. Did you mean 'silent'?")]
    [InlineData("tag: '> silent'", "tag", "Found '> silent'; there is no such tag.*")]
    [InlineData("all: { orders: 1 }", "all", "Found a mapping; 'all' takes a list of rules.")]
    [InlineData("any: []", "any", "Found an empty list; 'any' takes a list of rules.")]
    [InlineData("any: [ orders ]", "any[0]", "Found 'orders'; a rule is a mapping of fields, such as '{ orders: \">= 2\" }', or of 'all', 'any' and 'not'.")]
    [InlineData("not: [ { orders: 1 } ]", "not", "Found a list; a rule is a mapping of fields*")]
    [InlineData("not: {}", "not", "Found a rule without fields; name at least one, such as 'orders: \">= 1\"'.")]
    public void Parse_WrongRule_SaysWhatIsWrongAndWhatIsRight(string rule, string field, string message)
    {
        var errors = new FileErrors();

        // A line before, so that the line is not always the first.
        Assert.Null(RuleParser.Parse(YamlValue.Parse("s.yaml", "# comment\n" + rule, errors)!, ["silent"], errors));

        var error = Assert.Single(errors.Errors);
        Assert.Equal(("s.yaml", 2, field), (error.File, error.Line, error.Field));
        AssertLike(message, error.Message);
    }

    [Fact]
    public void Parse_SeveralFaults_NamesEachWithItsLine()
    {
        var errors = new FileErrors();
        Assert.Null(RuleParser.Parse(YamlValue.Parse("s.yaml", "all:\n  - ordrs: 1\n  - not:\n      stage: nwe\n  - orders: 1\n", errors)!, [], errors));
        Assert.Equal([(2, "all[0].ordrs"), (4, "all[1].not.stage")], errors.Errors.Select(e => (e.Line, e.Field)));
    }

    [Fact]
    public void Parse_RuleThatNestsTooDeep_IsRefused()
    {
        var errors = new FileErrors();
        var yaml = string.Concat(Enumerable.Repeat("{ not: ", RuleParser.MaxDepth)) + "{ orders: 1 }" + string.Concat(Enumerable.Repeat(" }", RuleParser.MaxDepth));
        Assert.Null(RuleParser.Parse(YamlValue.Parse("s.yaml", yaml, errors)!, [], errors));
        Assert.Equal("Rules nest deeper than 32 levels; write it flatter, or with tags.", Assert.Single(errors.Errors).Message);
    }

    [Fact]
    public void Parse_SegmentInAJourney_SuggestsAKnownOne()
    {
        var errors = new FileErrors();
        Assert.Null(RuleParser.Parse(YamlValue.Parse("j.yaml", "segment: nwe", errors)!, [], errors, ["new", "prospect"]));
        Assert.Equal("Found 'nwe'; there is no such segment. Did you mean 'new'?", Assert.Single(errors.Errors).Message);
    }

    /// <summary>A star stands for any text.</summary>
    private static void AssertLike(string expected, string actual)
    {
        var parts = expected.Split('*');
        Assert.StartsWith(parts[0], actual, StringComparison.Ordinal);
        Assert.EndsWith(parts[^1], actual, StringComparison.Ordinal);
        Assert.True(parts.Length > 1 || expected == actual, actual);
    }
}
