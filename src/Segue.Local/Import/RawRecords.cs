namespace Segue.Local.Import;

/// <summary>A run of whole, well-formed records, or one that is not.</summary>
/// <param name="Bytes">The bytes, valid until the next run is asked for; of a bad record, its beginning.</param>
/// <param name="Line">1-based line where it starts.</param>
/// <param name="Fault">What is wrong with the one record; null for a run of good ones.</param>
internal readonly record struct RawRecords(ReadOnlyMemory<byte> Bytes, long Line, string? Fault);
