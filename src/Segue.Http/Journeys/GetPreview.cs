using Microsoft.AspNetCore.Http;
using Segue.Email;
using Segue.Ports;

namespace Segue.Http.Journeys;

/// <summary>
/// <c>GET /api/journeys/{id}/steps/{step}/preview?customer=ID</c>: the step's mail as the customer would get it now. JSON, or with
/// <c>&amp;format=html</c> the mail itself, in a sandbox. 404 says which of the three there is none of.
/// </summary>
internal static class GetPreview
{
    public static async Task<IResult> HandleAsync(
        string id, string step, string? customer, string? format, HttpContext context, IMailPreviews previews, CancellationToken cancellation)
    {
        if (string.IsNullOrWhiteSpace(customer) || format is not (null or "json" or "html"))
        {
            return Problems.Faults("The request is not right", "customer is a customer's id; format is json or html.", []);
        }

        try
        {
            var mail = await previews.PreviewAsync(id, step, customer, cancellation);
            if (format != "html")
            {
                return Results.Json(new MailPreview(mail.From, mail.FromName, mail.ReplyTo, mail.To, mail.Subject, mail.Html, mail.Text));
            }

            context.Response.Headers.ContentSecurityPolicy = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src https: data:";
            context.Response.Headers.XContentTypeOptions = "nosniff";
            return Results.Content(mail.Html, "text/html; charset=utf-8");
        }
        catch (PreviewException e)
        {
            return Problems.NotFound(e.Message);
        }
        catch (PortUnavailableException e)
        {
            return Problems.Unavailable(context, e);
        }
    }
}

/// <summary>A mail as a customer would get it.</summary>
internal sealed record MailPreview(string From, string? FromName, string? ReplyTo, string To, string Subject, string Html, string Text);
