using Microsoft.AspNetCore.Http;
using Segue.Customers;
using Segue.Http.Pages;
using Segue.Ports;

namespace Segue.Http.Unsubscribe;

/// <summary>
/// <c>POST /unsubscribe/{token}</c>: does what is said. Mail programs post <c>List-Unsubscribe=One-Click</c> without cookies or
/// referrer (RFC 8058), which ends the mail's topic; people post the page's forms. The link alone says who it is.
/// </summary>
internal static class PostUnsubscribe
{
    private const string More = "Choose what you get";
    private const string Orders = "Mails about your orders still reach you.";

    public static async Task<IResult> HandleAsync(
        string token, HttpContext context, IUnsubscribe unsubscribe, CancellationToken cancellation)
    {
        try
        {
            return await PreferencesForm.ReadAsync(context.Request, cancellation) is not { } form
                    ? await Page.MessageAsync(context, StatusCodes.Status413PayloadTooLarge, "That was too much", "Please load the page of your link again.")
                : !form.TryGetValue(PreferencesForm.Choose, out var choice) ? await EndAsync(context, token, unsubscribe, all: false, cancellation)
                : choice == "none" ? await EndAsync(context, token, unsubscribe, all: true, cancellation)
                : choice == "topics" ? await unsubscribe.ChooseAsync(token, ChosenPreferences.Of(form), cancellation) is { } ? await SavedAsync(context) : await NotOursAsync(context)
                : await Page.MessageAsync(context, StatusCodes.Status400BadRequest, "That can't be chosen", "Please load the page of your link again.", More);
        }
        catch (PortUnavailableException e)
        {
            return await Page.UnavailableAsync(context, e);
        }
    }

    private static async Task<IResult> EndAsync(HttpContext context, string token, IUnsubscribe unsubscribe, bool all, CancellationToken cancellation) =>
        await unsubscribe.UnsubscribeAsync(token, all, cancellation) switch
        {
            null => await NotOursAsync(context),
            { Topic: { } topic } when !all => await Page.MessageAsync(
                context, StatusCodes.Status200OK, "You are unsubscribed", $"You will get no more of these: {topic.Name}. {Orders}", More),
            _ => await Page.MessageAsync(context, StatusCodes.Status200OK, "You are unsubscribed", $"You will get no more marketing mails. {Orders}", More),
        };

    private static Task<IResult> SavedAsync(HttpContext context) =>
        Page.MessageAsync(context, StatusCodes.Status200OK, "Your choice is saved", $"It holds from the next mail on. {Orders}", More);

    private static Task<IResult> NotOursAsync(HttpContext context) => Page.MessageAsync(
        context, StatusCodes.Status404NotFound, "This link is not valid", "It may have been cut off. Please use the link in your newest mail.");
}
