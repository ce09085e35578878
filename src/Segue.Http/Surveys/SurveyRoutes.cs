using Microsoft.AspNetCore.Http;
using Segue.Http.Pages;
using Segue.Ports;

namespace Segue.Http.Surveys;

/// <summary>
/// <c>GET /survey/{token}</c> asks whether this is the answer, and changes nothing: mail scanners open every link that they see.
/// <c>POST</c> takes it.
/// </summary>
internal static class SurveyRoutes
{
    public static Task<IResult> GetAsync(string token, HttpContext context, ISurveys surveys, CancellationToken cancellation) =>
        AnswerAsync(context, async () => await surveys.FindAsync(token, cancellation) is { } subject
            ? await Page.RenderAsync<ConfirmAnswerPage>(context, new() { [nameof(ConfirmAnswerPage.Subject)] = subject })
            : await NotValidAsync(context));

    public static Task<IResult> PostAsync(string token, HttpContext context, ISurveys surveys, CancellationToken cancellation) =>
        AnswerAsync(context, async () => await surveys.AnswerAsync(token, cancellation) is { } subject
            ? await Page.MessageAsync(context, StatusCodes.Status200OK, "Thank you", subject.Thanks)
            : await NotValidAsync(context));

    private static Task<IResult> NotValidAsync(HttpContext context) => Page.MessageAsync(
        context, StatusCodes.Status404NotFound, "This link is not valid", "It may have been cut off, or the survey is over.");

    private static async Task<IResult> AnswerAsync(HttpContext context, Func<Task<IResult>> call)
    {
        try
        {
            return await call();
        }
        catch (PortUnavailableException e)
        {
            return await Page.UnavailableAsync(context, e);
        }
    }
}
