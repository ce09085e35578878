using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Segue.Tests.Support;

/// <summary>Keeps every line that is logged, with its exception's whole text.</summary>
internal sealed class RecordedLog : ILoggerProvider, ILoggerFactory
{
    private readonly ConcurrentQueue<(LogLevel Level, string Category, EventId Id, string Text)> _lines = new();

    public IReadOnlyCollection<(LogLevel Level, string Category, EventId Id, string Text)> Lines => _lines;

    /// <summary>Lines of the product's own.</summary>
    public IEnumerable<string> Own => Lines.Where(l => l.Category.StartsWith("Segue", StringComparison.Ordinal)).Select(l => l.Text);

    public ILogger CreateLogger(string categoryName) => new Category(this, categoryName);

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public void Clear() => _lines.Clear();

    public void Dispose()
    {
    }

    private sealed class Category(RecordedLog log, string name) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            log._lines.Enqueue((logLevel, name, eventId, exception is null ? formatter(state, exception) : $"{formatter(state, exception)}\n{exception}"));
    }
}
