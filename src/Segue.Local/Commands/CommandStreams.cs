namespace Segue.Local.Commands;

/// <summary>Where a command prints and asks.</summary>
/// <param name="Output">Results.</param>
/// <param name="Error">Progress, logs and what went wrong.</param>
/// <param name="Input">Answers to questions.</param>
/// <param name="OutputIsTerminal">Whether a person sees the results as they come.</param>
/// <param name="ErrorIsTerminal">Whether a person sees the progress as it comes.</param>
/// <param name="InputIsTerminal">Whether a person can answer.</param>
public sealed record CommandStreams(
    TextWriter Output,
    TextWriter Error,
    TextReader Input,
    bool OutputIsTerminal = false,
    bool ErrorIsTerminal = false,
    bool InputIsTerminal = false)
{
    /// <summary>The process's own.</summary>
    public static CommandStreams OfProcess() => new(
        Console.Out, Console.Error, Console.In,
        !Console.IsOutputRedirected, !Console.IsErrorRedirected, !Console.IsInputRedirected);
}
