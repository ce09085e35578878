using Segue.Measurement.Statistics;

namespace Segue.Tests.Measurement.Statistics;

/// <summary>A winner is one whenever one looks, and tests of nothing seldom get any.</summary>
public sealed class WinnerRuleTests
{
    [Fact]
    public void Of_ArmsThatAreAlike_SeldomWinsHoweverOftenOneLooks()
    {
        // 300 tests of three arms that all convert at 10 %, looked at after each 100 customers an arm up to 4,000: at each look by itself a
        // 5 % test would be wrong in many more of them than one in twenty.
        var (wrong, naive) = (0, 0);
        for (var test = 0; test < 300; test++)
        {
            var random = new Random(test);
            var (arms, declared, fooled) = (new[] { ArmSums.None, ArmSums.None, ArmSums.None }, false, false);
            for (var look = 0; look < 40; look++)
            {
                for (var a = 0; a < arms.Length; a++)
                {
                    arms[a] += Customers(random, 100, 0.1);
                }

                declared |= WinnerRule.Of(Named(arms)) is not null;
                fooled |= Uplift.Between(arms[0], arms[1]) is { Lower: > 0 } or { Upper: < 0 };
            }

            wrong += declared ? 1 : 0;
            naive += fooled ? 1 : 0;
        }

        Assert.InRange(wrong, 0, 15);
        Assert.True(naive > 60, $"Looking at each interval by itself was wrong in {naive} of 300.");
    }

    [Fact]
    public void Of_OneArmThatIsBetter_IsFoundAndIsTheRightOne()
    {
        var found = 0;
        for (var test = 0; test < 50; test++)
        {
            var random = new Random(test);
            var arms = new[] { Customers(random, 6000, 0.10), Customers(random, 6000, 0.14), Customers(random, 6000, 0.10) };
            var winner = WinnerRule.Of(Named(arms));
            Assert.True(winner is null or "b");
            found += winner == "b" ? 1 : 0;
        }

        Assert.InRange(found, 40, 50);
    }

    [Fact]
    public void Of_TooFewOrEmptyArms_HasNoWinner()
    {
        var random = new Random(1);
        Assert.Null(WinnerRule.Of(Named([Customers(random, 199, 0.1), Customers(random, 5000, 0.9)])));
        Assert.Null(WinnerRule.Of(Named([ArmSums.None, Customers(random, 5000, 0.9)])));
        Assert.Null(WinnerRule.Of(Named([Customers(random, 5000, 0.9)])));
    }

    private static Dictionary<string, ArmSums> Named(ArmSums[] arms) => arms.Select((a, i) => (a, i)).ToDictionary(x => $"{(char)('a' + x.i)}", x => x.a);

    private static ArmSums Customers(Random random, int number, double rate)
    {
        var converted = Enumerable.Range(0, number).Count(_ => random.NextDouble() < rate);
        return new(number, number, number, converted, converted, converted);
    }
}
