namespace Segue.Local.Import;

/// <summary>How far an import is.</summary>
/// <param name="Bytes">Bytes read.</param>
/// <param name="TotalBytes">Bytes of the file, where the stream knows.</param>
/// <param name="Rows">Rows read, good and bad.</param>
/// <param name="BadRows">Rows refused.</param>
/// <param name="Grouped">Good rows handed on, once all are read.</param>
public sealed record ImportProgress(long Bytes, long? TotalBytes, long Rows, long BadRows, long Grouped);
