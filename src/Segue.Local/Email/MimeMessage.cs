using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Segue.Email;
using Segue.Ports;

namespace Segue.Local.Email;

/// <summary>Writes an e-mail as a file that mail programs open (RFC 5322, MIME multipart/alternative).</summary>
internal static class MimeMessage
{
    // A header's line has 998 characters at most (RFC 5322, 2.1.1).
    private const int LongestAddress = 900;

    /// <summary>The whole message, ASCII with CRLF.</summary>
    /// <exception cref="FormatException">An address is none, or a header's text would break out of its line.</exception>
    public static string Write(RenderedEmail email, DateTimeOffset date)
    {
        var from = MailHeaders.Address(email.From, "The sender");

        // Derived, so that writing the same e-mail again gives the same file. Base64 holds no '=_', so no body holds it.
        var boundary = "=_" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(email.SendId)).AsSpan(0, 16));
        var message = new StringBuilder();
        Header("From", MimeHeader.Mailbox(email.FromName, email.From, "The sender"));
        Header("To", MimeHeader.Mailbox(email.ToName, email.To, "The recipient"));
        if (email.ReplyTo is not null)
        {
            Header("Reply-To", MimeHeader.Mailbox(null, email.ReplyTo, "The reply-to address"));
        }

        Header("Subject", MimeHeader.Text(email.Subject, "The subject"));
        Header("Date", date.ToUniversalTime().ToString("ddd, dd MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture));
        Header("Message-ID", $"<{email.SendId}@{from[(from.LastIndexOf('@') + 1)..]}>");
        Header("X-Segue-Send-Id", email.SendId);
        if (email.Categories.Count > 0)
        {
            Header("X-Segue-Categories", MimeHeader.Text(string.Join(", ", email.Categories), "A category"));
        }

        if (email.UnsubscribeUrl is { } unsubscribe)
        {
            Header("List-Unsubscribe", $"<{Web(unsubscribe)}>");
            Header("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        }

        Header("MIME-Version", "1.0");
        Header("Content-Type", $"multipart/alternative;\r\n boundary=\"{boundary}\"");
        message.Append("\r\n");

        // The last part is the one that mail programs prefer.
        Part("text/plain", email.Text);
        Part("text/html", email.Html);
        return message.Append("--").Append(boundary).Append("--\r\n").ToString();

        void Header(string name, string value) => message.Append(name).Append(": ").Append(value).Append("\r\n");

        void Part(string type, string content) => message
            .Append("--").Append(boundary).Append("\r\n")
            .Append("Content-Type: ").Append(type).Append("; charset=utf-8\r\n")
            .Append("Content-Transfer-Encoding: base64\r\n\r\n")
            .Append(Lines(Encoding.UTF8.GetBytes(content)))
            .Append("\r\n");
    }

    private static string Lines(byte[] bytes) => Convert.ToBase64String(bytes, Base64FormattingOptions.InsertLineBreaks);

    private static string Web(Uri address) =>
        address.IsAbsoluteUri && address.Scheme is "https" or "http"
            && address.AbsoluteUri.Length <= LongestAddress
            ? address.AbsoluteUri
            : throw new FormatException($"The unsubscribe address is no web address of up to {LongestAddress} characters.");
}
