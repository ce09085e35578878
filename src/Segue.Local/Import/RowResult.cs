namespace Segue.Local.Import;

/// <summary>A good row with the length of what it holds besides the plain fields.</summary>
internal readonly record struct RowResult(StagedRow Row, int Extra);
