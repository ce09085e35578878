using Microsoft.AspNetCore.Http;
using Segue.Http.Pages;
using Segue.Ports;

namespace Segue.Http.Unsubscribe;

/// <summary>
/// <c>POST /unsubscribe/{token}</c>: unsubscribes. Mail programs post <c>List-Unsubscribe=One-Click</c> without cookies or
/// referrer (RFC 8058), people the page's button; the link alone says who and what, so the body is not needed.
/// </summary>
internal static class PostUnsubscribe
{
    public static async Task<IResult> HandleAsync(
        string token, HttpContext context, IUnsubscribe unsubscribe, CancellationToken cancellation)
    {
        try
        {
            return await unsubscribe.UnsubscribeAsync(token, cancellation)
                ? await Page.MessageAsync(context, 200, "You are unsubscribed", "You will get no more of these mails. Mails about your orders still reach you.")
                : await Page.MessageAsync(context, 404, "This link is not valid", "It may have been cut off. Please use the link in your newest mail.");
        }
        catch (PortUnavailableException e)
        {
            return await Page.UnavailableAsync(context, e);
        }
    }
}
