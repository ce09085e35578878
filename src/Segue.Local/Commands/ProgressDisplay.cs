using System.Globalization;
using Spectre.Console;

namespace Segue.Local.Commands;

/// <summary>Shows how far a long command has come: a bar on a terminal, elsewhere a line now and then.</summary>
internal sealed class ProgressDisplay(CommandStreams streams, TimeProvider clock)
{
    /// <summary>The pause between two lines.</summary>
    public static readonly TimeSpan LineEvery = TimeSpan.FromSeconds(2);

    /// <summary>Runs the work and shows what it reports, on standard error.</summary>
    public Task<T> RunAsync<T>(Func<IProgress<WorkDone>, Task<T>> work) => streams.ErrorIsTerminal
        ? Printer.ConsoleOn(streams.Error, terminal: true).Progress().AutoClear(true)
            .Columns(new SpinnerColumn(), new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(context => work(new Bars(context)))
        : work(new Lines(streams.Error, clock));

    private sealed class Bars(ProgressContext context) : IProgress<WorkDone>
    {
        private readonly Lock _lock = new();
        private ProgressTask? _task;

        public void Report(WorkDone value)
        {
            lock (_lock)
            {
                var name = Markup.Escape(value.Doing);
                if (_task?.Description != name)
                {
                    if (_task is { } before)
                    {
                        before.IsIndeterminate = false;
                        before.Value = before.MaxValue;
                        before.StopTask();
                    }

                    _task = context.AddTask(name);
                }

                _task.IsIndeterminate = value.Total is null;
                _task.MaxValue = Math.Max(1, value.Total ?? 1);
                _task.Value = value.Total is null ? 0 : value.Done;
            }
        }
    }

    private sealed class Lines(TextWriter writer, TimeProvider clock) : IProgress<WorkDone>
    {
        private readonly Lock _lock = new();
        private string? _doing;
        private long _printedAt;

        public void Report(WorkDone value)
        {
            lock (_lock)
            {
                if (_doing == value.Doing && clock.GetElapsedTime(_printedAt) < LineEvery)
                {
                    return;
                }

                _doing = value.Doing;
                _printedAt = clock.GetTimestamp();
                writer.WriteLine(value.Total is { } total
                    ? string.Create(CultureInfo.InvariantCulture, $"{value.Doing}: {value.Done:N0} of {total:N0} ({100.0 * value.Done / Math.Max(1, total):0} %)")
                    : string.Create(CultureInfo.InvariantCulture, $"{value.Doing}: {value.Done:N0}"));
            }
        }
    }
}
