using System.Diagnostics.Metrics;

namespace Segue.Tests.Support;

/// <summary>
/// What the product measures while a test runs. Instruments are one for the whole process, so that other tests measure at the
/// same time: only what this test's own flow of execution causes is taken.
/// </summary>
internal sealed class Measured : IDisposable
{
    private static readonly AsyncLocal<Measured?> Current = new();
    private readonly MeterListener _listener = new();
    private readonly List<(string Name, double Value, IReadOnlyDictionary<string, object?> Tags)> _all = [];

    private Measured()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == Telemetry.Name)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Take(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Take(instrument, value, tags));
        _listener.Start();
    }

    /// <summary>Begins to listen, in the calling method and all that it calls.</summary>
    public static Measured Begin() => Current.Value = new();

    /// <summary>The measurements of one instrument, as values and one tag's text.</summary>
    public IReadOnlyList<(double Value, string? Tag)> Of(string name, string tag)
    {
        lock (_all)
        {
            return [.. _all.Where(m => m.Name == name).Select(m => (m.Value, m.Tags.GetValueOrDefault(tag)?.ToString()))];
        }
    }

    public void Dispose() => _listener.Dispose();

    private void Take(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (ReferenceEquals(Current.Value, this))
        {
            lock (_all)
            {
                _all.Add((instrument.Name, value, new Dictionary<string, object?>(tags.ToArray())));
            }
        }
    }
}
