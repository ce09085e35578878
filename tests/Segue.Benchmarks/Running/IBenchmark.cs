namespace Segue.Benchmarks.Running;

/// <summary>One measurement that can be asked for by name.</summary>
internal interface IBenchmark
{
    /// <summary>Its name on the command line.</summary>
    string Name { get; }

    /// <summary>Measures; null where something that it needs is not there, which it then says on standard error.</summary>
    Task<Finding?> RunAsync(Settings settings, CancellationToken cancellation);
}
