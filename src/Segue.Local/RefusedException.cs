namespace Segue.Local;

/// <summary>The input was refused: its message goes to standard error as it is, and the exit code is 1.</summary>
public sealed class RefusedException(string message, Exception? inner = null) : Exception(message, inner);
