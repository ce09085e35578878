using System.Globalization;
using System.Runtime.CompilerServices;
using FsCheck;
using FsCheck.Fluent;
using Segue.Storage;

namespace Segue.Tests.Support;

/// <summary>
/// Runs property tests. Their inputs follow from the test's name and <c>SEGUE_PROPERTY_SEED</c> (0 unless set), so a run says the
/// same twice; another number explores other inputs, and <c>SEGUE_PROPERTY_TESTS</c> multiplies how many of them.
/// </summary>
internal static class Properties
{
    private static readonly string Seed = Environment.GetEnvironmentVariable("SEGUE_PROPERTY_SEED") ?? "0";

    private static readonly int Times =
        int.TryParse(Environment.GetEnvironmentVariable("SEGUE_PROPERTY_TESTS"), CultureInfo.InvariantCulture, out var n) && n > 0 ? n : 1;

    /// <summary>Fails with the smallest input found for which the property does not hold.</summary>
    /// <param name="property">What should hold.</param>
    /// <param name="tests">How many inputs to try.</param>
    /// <param name="file">The test's file; found by the compiler.</param>
    /// <param name="member">The test's name; found by the compiler.</param>
    public static void Holds(this Property property, int tests = 100, [CallerFilePath] string file = "", [CallerMemberName] string member = "")
    {
        var seed = Word("seed");
        property.Check(Config.QuickThrowOnFailure.WithMaxTest(tests * Times).WithReplay(seed, Word("gamma") | 1));

        ulong Word(string part) => (ulong)(Draw.Of(part, $"{Seed} {Path.GetFileName(file)} {member}") * (1UL << 52));
    }
}
