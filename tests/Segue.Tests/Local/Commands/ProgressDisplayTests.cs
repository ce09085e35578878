using Segue.Local.Commands;

namespace Segue.Tests.Local.Commands;

public sealed class ProgressDisplayTests : IDisposable
{
    private readonly ManualClock _clock = new(new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly StringWriter _error = new();

    public void Dispose() => _error.Dispose();

    [Fact]
    public async Task Lines_OnNoTerminal_ComeEveryTwoSecondsAndWithEachNewPart()
    {
        var display = new ProgressDisplay(new(TextWriter.Null, _error, TextReader.Null), _clock);

        var result = await display.RunAsync(progress =>
        {
            for (var i = 1; i <= 45; i++)
            {
                progress.Report(new("Reading", i * 100, 4500));
                _clock.Advance(TimeSpan.FromMilliseconds(100));
            }

            progress.Report(new("Writing", 7, null));
            return Task.FromResult(42);
        });

        Assert.Equal(42, result);
        Assert.Equal(
            ["Reading: 100 of 4,500 (2 %)", "Reading: 2,100 of 4,500 (47 %)", "Reading: 4,100 of 4,500 (91 %)", "Writing: 7"],
            _error.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task Bar_OnATerminal_RunsTheWork()
    {
        var display = new ProgressDisplay(new(TextWriter.Null, _error, TextReader.Null, ErrorIsTerminal: true), TimeProvider.System);

        Assert.Equal("done", await display.RunAsync(async progress =>
        {
            progress.Report(new("Reading [x]", 1, null));
            progress.Report(new("Reading [x]", 50, 100));
            progress.Report(new("Writing", 1, 2));
            await Task.Yield();
            return "done";
        }));
    }
}
