namespace Segue.Functions.Email;

/// <summary>The section <c>SendGrid</c> of the app's settings.</summary>
public sealed class SendGridSettings
{
    /// <summary>The API key, with the right to send mail and no other. Empty: nothing is sent, and mails wait.</summary>
    public string? ApiKey { get; set; }

    /// <summary>The service's address; <c>https://api.eu.sendgrid.com</c> keeps mail in the EU.</summary>
    public Uri Host { get; set; } = new("https://api.sendgrid.com");

    /// <summary>SendGrid checks each mail and delivers none.</summary>
    public bool Sandbox { get; set; }

    /// <summary>
    /// A dynamic template of SendGrid that every mail is poured into, given <c>subject</c>, <c>html</c> and <c>text</c>; null
    /// sends mails as Segue rendered them.
    /// </summary>
    public string? TemplateId { get; set; }

    /// <summary>After which time without an answer a mail's state is unknown.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);
}
