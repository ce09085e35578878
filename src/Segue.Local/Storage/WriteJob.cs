namespace Segue.Local.Storage;

/// <summary>Something to write, waiting for the writer's thread.</summary>
internal abstract class WriteJob
{
    /// <summary>Why this job alone was refused, once it ran.</summary>
    public Exception? Refusal { get; set; }

    /// <summary>Does the writing, inside a transaction that others share.</summary>
    public abstract void Run(SqliteWriter writer);

    /// <summary>Tells the caller that it is on disk, or that it was refused.</summary>
    public abstract void Complete();

    /// <summary>Tells the caller that it may not be on disk.</summary>
    public abstract void Fail(Exception exception);
}

/// <summary>A job with an answer.</summary>
internal sealed class WriteJob<T>(Func<SqliteWriter, T> write) : WriteJob
{
    // The writer's thread must not run the callers' code.
    private readonly TaskCompletionSource<T> source = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? answer;

    public Task<T> Task => source.Task;

    public override void Run(SqliteWriter writer) => answer = write(writer);

    public override void Complete()
    {
        if (Refusal is { } refusal)
        {
            source.TrySetException(refusal);
        }
        else
        {
            source.TrySetResult(answer!);
        }
    }

    public override void Fail(Exception exception) => source.TrySetException(Refusal ?? exception);
}
