using Microsoft.AspNetCore.Http;
using Segue.Campaigns;
using Segue.Ports;

namespace Segue.Http.Journeys;

/// <summary>How what stands against a journey's call is answered.</summary>
internal static class JourneyAnswers
{
    /// <summary>The call's answer; 404 for no such journey, 409 for one that can't be switched so, 503 while the store is away.</summary>
    public static async Task<IResult> OfAsync(HttpContext context, Func<Task<IResult>> call)
    {
        try
        {
            return await call();
        }
        catch (JourneyNotFoundException e)
        {
            return Problems.NotFound(e.Message);
        }
        catch (JourneySwitchException e)
        {
            return Problems.Conflict(e.Message);
        }
        catch (PortUnavailableException e)
        {
            return Problems.Unavailable(context, e);
        }
    }
}
