using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Segue.Tests.Fuzzing;

/// <summary>
/// One target's cases: <c>SEGUE_FUZZ_CASES</c> over all targets (4,000 unless set), drawn from <c>SEGUE_FUZZ_SEED</c> (0). Each has a time
/// and a room of memory in which it must end.
/// </summary>
internal sealed class FuzzRun
{
    private const long MostBytes = 512L * 1024 * 1024;
    private static readonly int All = Number("SEGUE_FUZZ_CASES", 4000);
    private static readonly int Seed = Number("SEGUE_FUZZ_SEED", 0);

    // Far more than any case takes, on a machine that does other things besides.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly string _target;
    private readonly Stopwatch _watch = Stopwatch.StartNew();

    public FuzzRun(string target, int percent)
    {
        (_target, Cases) = (target, Math.Max(1, (int)((long)All * percent / 100)));
        Random = new(target.Aggregate(Seed, (hash, c) => unchecked((hash * 31) + c)));
    }

    public int Cases { get; }

    public Random Random { get; }

    public TimeSpan Longest { get; private set; }

    public long Largest { get; private set; }

    public SortedDictionary<string, int> Outcomes { get; } = new(StringComparer.Ordinal);

    /// <summary>Runs one case.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="input">What it is given, for whoever must look at it.</param>
    /// <param name="run">Runs it; answers its outcome in a word, or what is wrong behind an exclamation mark.</param>
    public async Task CaseAsync(int number, byte[] input, Func<Task<string>> run)
    {
        var (start, bytes) = (Stopwatch.GetTimestamp(), GC.GetTotalAllocatedBytes());
        string outcome;
        try
        {
            outcome = await Task.Run(run).WaitAsync(Patience, TestContext.Current.CancellationToken);
        }
        catch (TimeoutException)
        {
            outcome = $"!it did not end within {Patience}";
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            outcome = $"!{e}";
        }

        (Longest, Largest) = (Max(Longest, Stopwatch.GetElapsedTime(start)), Math.Max(Largest, GC.GetTotalAllocatedBytes() - bytes));
        if (Largest > MostBytes)
        {
            outcome = $"!it took {Largest:N0} bytes";
        }

        Assert.False(outcome.StartsWith('!'), $"{_target}, case {number} of seed {Seed}: {outcome[1..]}\n{Show(input)}");
        Outcomes[outcome] = Outcomes.GetValueOrDefault(outcome) + 1;
    }

    /// <summary>Says what was run.</summary>
    public void Tell() => TestContext.Current.SendDiagnosticMessage(
        "{0}: {1:N0} cases of seed {2} in {3:N1} s, the longest {4:N0} ms, the largest {5:N0} KiB: {6}", _target, Cases, Seed, _watch.Elapsed.TotalSeconds, Longest.TotalMilliseconds, Largest / 1024,
        string.Join(", ", Outcomes.Select(o => $"{o.Value} {o.Key}")));

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;

    private static string Show(byte[] input) => $"as text: {Cut(Encoding.UTF8.GetString(input), 3000)}\nas Base64: {Cut(Convert.ToBase64String(input), 8000)}";

    private static string Cut(string text, int most) => text.Length > most ? text[..most] + "…" : text;

    private static int Number(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.Integer, CultureInfo.InvariantCulture, out var n) ? n : otherwise;
}
