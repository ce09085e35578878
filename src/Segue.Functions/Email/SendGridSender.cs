using Microsoft.Extensions.Options;
using Segue.Email;
using Segue.Ports;
using SendGrid;

namespace Segue.Functions.Email;

/// <summary>Hands e-mails to SendGrid, each once: a second try could be a second copy, so nothing on the way tries again.</summary>
public sealed class SendGridSender(IHttpClientFactory clients, IOptions<SendGridSettings> settings, TimeProvider clock) : IEmailSender
{
    /// <summary>Name of the HTTP client that it takes.</summary>
    public const string ClientName = "SendGrid";

    private static readonly TimeSpan UntilAKeyIsSet = TimeSpan.FromMinutes(15);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The send id is none.</exception>
    public async Task<SendAnswer> SendAsync(RenderedEmail email, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(email);
        if (email.SendId.Length == 0 || !email.SendId.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
        {
            throw new ArgumentException($"'{email.SendId}' is no send id: letters, digits, '-' and '_'.", nameof(email));
        }

        cancellation.ThrowIfCancellationRequested();
        RenderedEmail mail;
        try
        {
            mail = MailHeaders.Checked(email);
        }
        catch (FormatException e)
        {
            return new SendAnswer.Rejected(e.Message);
        }

        var chosen = settings.Value;
        return string.IsNullOrWhiteSpace(chosen.ApiKey)
            ? new SendAnswer.TryAfter(UntilAKeyIsSet, "SendGrid__ApiKey is not set.")
            : await SendAsync(mail, chosen, cancellation);
    }

    /// <inheritdoc/>
    /// <remarks>SendGrid can't be asked by send id; its signed events, which carry it, tell.</remarks>
    public Task<bool?> WasAcceptedAsync(string sendId, CancellationToken cancellation = default) => Task.FromResult<bool?>(null);

    private async Task<SendAnswer> SendAsync(RenderedEmail email, SendGridSettings chosen, CancellationToken cancellation)
    {
        var client = new SendGridClient(
            clients.CreateClient(ClientName), new SendGridClientOptions { ApiKey = chosen.ApiKey, Host = chosen.Host.AbsoluteUri });
        try
        {
            var answer = await client.SendEmailAsync(SendGridMail.Of(email, chosen), cancellation);
            return SendGridAnswers.Of(answer.StatusCode, answer.Headers, clock.GetUtcNow());
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Whoever gave up must not take this for an answer: the claim stays and is settled as unknown.
            throw;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or IOException)
        {
            return SendGridAnswers.Of(e);
        }
    }
}
