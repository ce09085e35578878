using Segue.Local.Commands;

namespace Segue.Local.Shop;

/// <summary>Passes one kind of progress on as another, in the caller's thread.</summary>
internal sealed class ProgressMap<T>(IProgress<WorkDone> to, Func<T, WorkDone> map) : IProgress<T>
{
    public void Report(T value) => to.Report(map(value));
}
