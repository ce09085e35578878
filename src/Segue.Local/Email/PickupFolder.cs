using System.Text;
using Segue.Ports;

namespace Segue.Local.Email;

/// <summary>
/// "Sends" e-mails by writing each as <c>{send id}.eml</c>, with <c>{send id}.html</c> beside it to look at. The
/// <c>.eml</c> appears whole or not at all, so its presence says whether the e-mail was accepted.
/// </summary>
/// <param name="folder">Where; made with the first e-mail.</param>
/// <param name="time">For the Date header.</param>
public sealed class PickupFolder(string folder, TimeProvider time) : IEmailSender
{
    private const int IdLength = 200;
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMinutes(1);

    private readonly string folder = Path.GetFullPath(folder);
    private long stagedFiles;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The send id is none: it must not leave the folder.</exception>
    public async Task<SendAnswer> SendAsync(RenderedEmail email, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(email);
        var file = FileOf(email.SendId);
        if (File.Exists(file))
        {
            return new SendAnswer.Accepted(email.SendId);
        }

        string message;
        try
        {
            message = MimeMessage.Write(email, time.GetUtcNow());
        }
        catch (FormatException e)
        {
            return new SendAnswer.Rejected(e.Message);
        }

        string staged;
        try
        {
            Directory.CreateDirectory(folder);
            var page = Path.ChangeExtension(file, ".html");
            File.Move(await StageAsync(page, email.Html, cancellation), page, overwrite: true);
            staged = await StageAsync(file, message, cancellation);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or OperationCanceledException)
        {
            // The file has not got its name yet: that is a definite no.
            return TryAfter(e);
        }

        return Publish(staged, file);
    }

    /// <inheritdoc/>
    public Task<bool?> WasAcceptedAsync(string sendId, CancellationToken cancellation = default) =>
        Task.FromResult<bool?>(File.Exists(FileOf(sendId)));

    private SendAnswer Publish(string staged, string file)
    {
        try
        {
            File.Move(staged, file, overwrite: true);
            return new SendAnswer.Accepted(Path.GetFileNameWithoutExtension(file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            TryDelete(staged);
            if (File.Exists(file))
            {
                return new SendAnswer.Accepted(Path.GetFileNameWithoutExtension(file));
            }

            // Where the folder itself is out of sight (a share that went away), whether the file is in it is too.
            return Directory.Exists(folder) ? TryAfter(e) : new SendAnswer.Unknown(Reason(e));
        }
    }

    private SendAnswer.TryAfter TryAfter(Exception e) => new(RetryDelay, Reason(e));

    private string Reason(Exception e) => $"The pick-up folder {folder} can't be written to: {e.Message}";

    /// <summary>Writes the content to disk under a name that is no e-mail's, and returns that name.</summary>
    private async Task<string> StageAsync(string file, string content, CancellationToken cancellation)
    {
        // In the same folder, for only there a rename is atomic; a name of its own, for the same id may be sent twice at once.
        var staged = $"{file}.{Environment.ProcessId}-{Interlocked.Increment(ref stagedFiles)}.tmp";
        try
        {
            await using var stream = new FileStream(staged, FileMode.Create, FileAccess.Write, FileShare.None);
            await stream.WriteAsync(Encoding.UTF8.GetBytes(content), cancellation);
            stream.Flush(flushToDisk: true);
            return staged;
        }
        catch
        {
            TryDelete(staged);
            throw;
        }
    }

    private static void TryDelete(string file)
    {
        try
        {
            File.Delete(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It is no e-mail by its name; the reason why it can't be written is the one to tell.
        }
    }

    private string FileOf(string sendId) =>
        sendId is { Length: > 0 and <= IdLength } && sendId.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')
            ? Path.Combine(folder, sendId + ".eml")
            : throw new ArgumentException($"'{sendId}' is no send id: 1 to {IdLength} letters, digits, '-' and '_'.", nameof(sendId));
}
