using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Segue.Email.Reports;
using Segue.Ports;

namespace Segue.Http.Webhooks.SendGrid;

/// <summary>
/// <c>POST /api/sendgrid/events</c>: what became of mails. Needs no key of ours: SendGrid signs each call, with the key whose public
/// half is the setting <c>SendGrid:WebhookPublicKey</c>. Without that setting every call is refused.
/// </summary>
internal static class PostSendGridEvents
{
    private const string Source = "sendgrid";

    public static async Task<IResult> HandleAsync(
        HttpContext context, IMailReports reports, IConfiguration configuration, TimeProvider clock, CancellationToken cancellation)
    {
        var (body, refusal) = await SignedCall.ReadAsync(context, Source, cancellation);
        if (refusal is not null)
        {
            return refusal;
        }

        var headers = context.Request.Headers;
        var (why, call) = SendGridSignature.Check(
            configuration["SendGrid:WebhookPublicKey"], headers[SendGridSignature.SignatureHeader], headers[SendGridSignature.TimestampHeader], body.Span, clock.GetUtcNow());
        if (why is not null)
        {
            return SignedCall.Refuse(context, Source, why);
        }

        var (events, fault) = SendGridEvents.Read(body);
        if (fault is not null)
        {
            SignedCall.Note(context, Source, SignedCall.Unreadable);
            return Problems.Faults("The events can't be read", fault, []);
        }

        try
        {
            var receipt = await reports.TakeAsync(Source, call, events, cancellation);
            if (receipt.Replayed)
            {
                SignedCall.Replayed(context, Source);
            }

            return Results.Json(receipt);
        }
        catch (PortUnavailableException e)
        {
            return Problems.Unavailable(context, e);
        }
    }
}
