using Microsoft.AspNetCore.Http;
using Segue.Http.Pages;
using Segue.Ports;

namespace Segue.Http.Unsubscribe;

/// <summary>
/// <c>GET /unsubscribe/{token}</c>: shows what there is to choose, and changes nothing: mail scanners open every link that they see.
/// </summary>
internal static class GetUnsubscribe
{
    public static async Task<IResult> HandleAsync(
        string token, HttpContext context, IUnsubscribe unsubscribe, CancellationToken cancellation)
    {
        try
        {
            return await unsubscribe.FindAsync(token, cancellation) is { } preferences
                ? await Page.RenderAsync<PreferencesPage>(context, new() { [nameof(PreferencesPage.Preferences)] = preferences })
                : await Page.MessageAsync(context, 404, "This link is not valid", "It may have been cut off. Please use the link in your newest mail.");
        }
        catch (PortUnavailableException e)
        {
            return await Page.UnavailableAsync(context, e);
        }
    }
}
